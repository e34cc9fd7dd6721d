package dev.rollcall.provisioning.internal.apply;

import static dev.rollcall.provisioning.internal.apply.InMemoryPeople.change;
import static dev.rollcall.provisioning.internal.apply.InMemoryPeople.dn;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.guardrail.FailureLimit;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.EntryReference;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplierTest {
    private final InMemoryPeople people = new InMemoryPeople();

    @AfterEach
    void stop() {
        people.close();
    }

    @Nested
    class an_entry {
        @Test
        void is_made_with_its_attributes_and_its_id_is_told() {
            List<Outcome> seen = new ArrayList<>();
            SettingsToTest settings = SettingsToTest.standard();
            settings.listener(seen::add);

            Outcomes outcomes = people.apply(settings, people.create("ada", change("mail", "", "ada@example.test")));

            assertThat(outcomes.failures()).isEmpty();
            assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(1);
            ReadOnlyEntry entry = people.read("ada");
            assertThat(entry.getAttributeValue("mail")).isEqualTo("ada@example.test");
            assertThat(seen)
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.createdId()).contains(people.directory.id(entry)));
        }

        @Test
        void keeps_the_values_that_are_not_named() {
            people.person("ada", "mail: old@example.test", "mail: other@example.test");

            Outcomes outcomes = people.apply(people.modify(
                    "ada",
                    change("mail", "old@example.test|other@example.test", "new@example.test|other@example.test")));

            assertThat(outcomes.isComplete()).isTrue();
            assertThat(people.read("ada").getAttributeValues("mail"))
                    .containsExactlyInAnyOrder("new@example.test", "other@example.test");
        }

        @Test
        void may_get_a_value_that_differs_by_case_only() {
            people.person("ada", "givenName: ada");

            Outcomes outcomes = people.apply(people.modify("ada", change("givenName", "ada", "Ada")));

            assertThat(outcomes.failures()).isEmpty();
            assertThat(people.read("ada").getAttributeValue("givenName")).isEqualTo("Ada");
        }

        @Test
        void after_entry_goes_through_one_window() throws Exception {
            Change[] changes = IntStream.range(0, 300)
                    .mapToObj(i -> people.create("u" + i))
                    .toArray(Change[]::new);

            Outcomes outcomes = people.apply(changes);

            assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(300);
            assertThat(people.server.countEntriesBelow(InMemoryPeople.PEOPLE)).isEqualTo(301);
        }

        @Test
        void that_is_there_already_is_a_failure_of_its_own() {
            people.person("ada");

            Outcomes outcomes = people.apply(people.create("ada"), people.create("bob"));

            assertThat(outcomes.failures())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.code()).isEqualTo("entryAlreadyExists"));
            assertThat(outcomes.changes()).map(Change::key).containsExactly("bob");
        }
    }

    @Nested
    class an_entry_whose_password_is_refused {
        @Test
        void is_not_there_afterwards_so_that_the_next_run_makes_it_again(@TempDir Path folder) throws Exception {
            Path file = folder.resolve("passwords.csv");
            SettingsToTest settings = SettingsToTest.standard();
            settings.passwords(
                    PasswordPolicy.generate(20, PasswordDelivery.file(file)).forceChange(false));

            // the server in memory knows no Password Modify
            Outcomes outcomes = people.apply(settings, people.create("ada"));

            assertThat(outcomes.failures())
                    .singleElement()
                    .extracting(Outcome::status)
                    .isEqualTo(Outcome.Status.FAILED);
            assertThat(people.server.entryExists(dn("ada").toString())).isFalse();
            assertThat(Files.readAllLines(file).get(1)).startsWith("cancelled,").endsWith(" ");
        }
    }

    @Nested
    class an_entry_that_changed_since_the_plan {
        @Test
        void keeps_the_value_that_someone_else_wrote() throws Exception {
            people.person("ada", "mail: old@example.test");
            DirectoryChange change = people.modify("ada", change("mail", "old@example.test", "new@example.test"));
            people.server.modify(
                    "dn: " + dn("ada"), "changetype: modify", "replace: mail", "mail: theirs@example.test");

            Outcomes outcomes = people.apply(change);

            assertThat(outcomes.failures())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(Outcome.Status.STALE));
            assertThat(people.read("ada").getAttributeValue("mail")).isEqualTo("theirs@example.test");
        }

        @Test
        void keeps_a_value_where_there_was_none() throws Exception {
            people.person("ada");
            DirectoryChange change = people.modify("ada", change("mail", "", "new@example.test"));
            people.server.modify("dn: " + dn("ada"), "changetype: modify", "add: mail", "mail: theirs@example.test");

            Outcomes outcomes = people.apply(change);

            assertThat(outcomes.failures()).hasSize(1);
            assertThat(people.read("ada").getAttributeValues("mail")).containsExactly("theirs@example.test");
        }

        @Test
        void is_not_deleted() throws Exception {
            people.person("ada");
            DirectoryChange.Builder draft = people.draft(ChangeKind.DELETE, "ada");
            draft.stage(DirectoryChange.Stage.DELETES);
            people.server.modify("dn: " + dn("ada"), "changetype: modify", "replace: sn", "sn: Lovelace");

            Outcomes outcomes = people.apply(draft.build());

            assertThat(outcomes.failures())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(Outcome.Status.STALE));
            assertThat(people.directory.exists(dn("ada"))).isTrue();
        }

        @Test
        void is_not_renamed_if_another_one_has_its_name_by_now() throws Exception {
            people.person("ada");
            DirectoryChange.Builder draft = people.draft(ChangeKind.RENAME, "ada");
            draft.stage(DirectoryChange.Stage.NAMES);
            draft.newDn(dn("lovelace"));
            people.server.delete(dn("ada").toString());
            people.person("ada");

            assertThat(people.apply(draft.build()).failures()).hasSize(1);
            assertThat(people.directory.exists(dn("ada"))).isTrue();
        }
    }

    @Nested
    class names {
        @Test
        void change_by_rename_and_the_changes_after_it_find_the_entry() {
            people.person("ada");
            DirectoryChange.Builder rename = rename("ada", "lovelace");
            DirectoryChange.Builder modify = people.draft(ChangeKind.MODIFY, "ada");
            DirectoryChange.Builder moved = DirectoryChange.builder(ChangeKind.MODIFY, "ada", dn("lovelace"));
            moved.id(modify.build().id().orElseThrow());
            moved.attributes(List.of(change("sn", "ada", "Lovelace")));

            Outcomes outcomes = people.apply(rename.build(), moved.build());

            assertThat(outcomes.failures()).isEmpty();
            assertThat(people.read("lovelace").getAttributeValue("sn")).isEqualTo("Lovelace");
        }

        @Test
        void are_swapped_through_a_temporary_one() {
            people.person("a", "mail: a@example.test");
            people.person("b", "mail: b@example.test");
            DirectoryChange.Builder away = rename("a", "temporary");
            away.temporary(true);
            DirectoryChange.Builder first = rename("b", "a");
            first.waits(true);
            DirectoryChange.Builder second = rename("a", "b");
            DirectoryChange.Builder back = DirectoryChange.builder(ChangeKind.RENAME, "a", dn("temporary"));
            back.id(second.build().id().orElseThrow());
            back.fingerprint(second.build().fingerprint());
            back.newDn(dn("b"));
            back.stage(DirectoryChange.Stage.NAMES);
            back.waits(true);

            Outcomes outcomes = people.apply(away.build(), first.build(), back.build());

            assertThat(outcomes.failures()).isEmpty();
            assertThat(outcomes.counts().of(ChangeKind.RENAME)).isEqualTo(2);
            assertThat(people.read("a").getAttributeValue("mail")).isEqualTo("b@example.test");
            assertThat(people.read("b").getAttributeValue("mail")).isEqualTo("a@example.test");
        }

        private DirectoryChange.Builder rename(String from, String to) {
            DirectoryChange.Builder draft = people.draft(ChangeKind.RENAME, from);
            draft.newDn(dn(to));
            draft.stage(DirectoryChange.Stage.NAMES);
            return draft;
        }
    }

    @Test
    void managers_in_a_cycle_who_are_all_new_get_each_other() {
        Outcomes outcomes = people.apply(
                people.create(
                        "a",
                        AttributeChange.references(
                                "manager", List.of(), List.of(new EntryReference("b", "", true)), "test")),
                people.create(
                        "b",
                        AttributeChange.references(
                                "manager",
                                List.of(),
                                List.of(new EntryReference("a", dn("a").toString(), true)),
                                "test")));

        assertThat(outcomes.failures()).isEmpty();
        assertThat(people.read("a").getAttributeValue("manager")).isEqualTo(dn("b").toString());
        assertThat(people.read("b").getAttributeValue("manager")).isEqualTo(dn("a").toString());
    }

    @Test
    void a_member_who_is_one_already_or_is_none_any_more_is_no_failure() throws Exception {
        people.person("a");
        people.person("b");
        String group = "cn=g,dc=example,dc=test";
        people.server.add("dn: " + group, "objectClass: groupOfNames", "cn: g", "member: " + dn("a"));

        Outcomes outcomes = people.apply(
                member(ChangeKind.GROUP_ADD, "a", group),
                member(ChangeKind.GROUP_ADD, "b", group),
                member(ChangeKind.GROUP_REMOVE, "a", group),
                member(ChangeKind.GROUP_REMOVE, "a", group));

        assertThat(outcomes.failures()).isEmpty();
        assertThat(people.server.getEntry(group).getAttributeValues("member")).containsExactly(dn("b").toString());
    }

    private DirectoryChange member(ChangeKind kind, String uid, String group) throws Exception {
        DirectoryChange.Builder draft = people.draft(kind, uid);
        draft.group(new DN(group));
        draft.stage(DirectoryChange.Stage.GROUPS);
        return draft.build();
    }

    @Nested
    class a_run_stops {
        @Test
        void when_too_many_changes_fail() {
            SettingsToTest settings = SettingsToTest.standard();
            settings.failures(new FailureLimit(2, 100, 3));
            settings.window(1);
            people.person("x");
            Change[] changes =
                    IntStream.range(0, 10).mapToObj(i -> people.create("x")).toArray(Change[]::new);

            Outcomes outcomes = people.apply(settings, changes);

            assertThat(outcomes.stopped()).contains(StopReason.TOO_MANY_FAILURES);
            assertThat(outcomes.failures()).hasSizeBetween(3, 4);
            assertThat(outcomes.notTried() + outcomes.failures().size()).isEqualTo(10);
        }

        @Test
        void when_it_is_cancelled() {
            SettingsToTest settings = SettingsToTest.standard();
            settings.cancelled(() -> people.directory.exists(dn("u3")));
            settings.window(1);
            Change[] changes =
                    IntStream.range(0, 20).mapToObj(i -> people.create("u" + i)).toArray(Change[]::new);

            Outcomes outcomes = people.apply(settings, changes);

            assertThat(outcomes.stopped()).contains(StopReason.CANCELLED);
            assertThat(outcomes.notTried()).isPositive();
        }

        @Test
        void when_the_directory_dies() {
            SettingsToTest settings = SettingsToTest.standard();
            settings.listener(outcome -> {
                if (outcome.change().key().equals("u50")) {
                    people.server.shutDown(true);
                }
            });
            people.person("x");
            AttributeChange waits = AttributeChange.references(
                    "manager", List.of(), List.of(new EntryReference("u400", "", true)), "test");
            Change[] changes = Stream.concat(
                            Stream.of(people.modify("x", waits)),
                            IntStream.range(0, 500).mapToObj(i -> people.create("u" + i)))
                    .toArray(Change[]::new);

            Outcomes outcomes = people.apply(settings, changes);

            assertThat(outcomes.stopped()).contains(StopReason.DIRECTORY_LOST);
            assertThat(outcomes.cause()).containsInstanceOf(DirectoryException.class);
            assertThat(outcomes.notTried()).isGreaterThan(300);
            assertThat(outcomes.counts().of(ChangeKind.CREATE)).isGreaterThanOrEqualTo(51);
            assertThat(outcomes.failures()).extracting(Outcome::status).containsOnly(Outcome.Status.UNKNOWN);
            assertThat(outcomes.notTried()
                            + outcomes.failures().size()
                            + outcomes.counts().of(ChangeKind.CREATE))
                    .isEqualTo(501);
        }
    }

    @Test
    void a_gate_may_wait_until_the_server_closes_the_connection() {
        SettingsToTest settings = SettingsToTest.standard();
        settings.longWait(Duration.ofNanos(1));
        settings.gate(change -> {
            // Nothing is on its way yet.
            if (change.key().equals("u1")) {
                people.server.closeAllConnections(false);
                return ChangeGate.Decision.HOLD;
            }
            return ChangeGate.Decision.ALLOW;
        });

        Outcomes outcomes = people.apply(settings, people.create("u1"), people.create("u2"), people.create("u3"));

        assertThat(outcomes.failures()).isEmpty();
        assertThat(outcomes.stopped()).isEmpty();
        assertThat(people.directory.exists(dn("u3"))).isTrue();
    }

    @Test
    void a_gate_may_wait_until_the_server_is_gone() {
        SettingsToTest settings = SettingsToTest.standard();
        settings.longWait(Duration.ofNanos(1));
        settings.gate(change -> {
            if (change.key().equals("u1")) {
                people.server.shutDown(true);
                return ChangeGate.Decision.HOLD;
            }
            return ChangeGate.Decision.ALLOW;
        });

        Outcomes outcomes = people.apply(settings, people.create("u1"), people.create("u2"), people.create("u3"));

        assertThat(outcomes.stopped()).contains(StopReason.DIRECTORY_LOST);
        assertThat(outcomes.held() + outcomes.notTried()).isEqualTo(3);
    }

    @Test
    void a_gate_holds_and_refuses() {
        SettingsToTest settings = SettingsToTest.standard();
        settings.gate(change -> switch (change.key()) {
            case "a" -> ChangeGate.Decision.HOLD;
            case "b" -> ChangeGate.Decision.REFUSE;
            default -> ChangeGate.Decision.ALLOW;
        });

        Outcomes outcomes = people.apply(settings, people.create("a"), people.create("b"), people.create("c"));

        assertThat(outcomes.held()).isEqualTo(1);
        assertThat(outcomes.refused()).isEqualTo(1);
        assertThat(outcomes.changes()).map(Change::key).containsExactly("c");
    }
}
