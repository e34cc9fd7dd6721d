package dev.rollcall.provisioning.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.directory.DirectoryType;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.EntryReference;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same writes on each kind of server: they differ in nearly every result code. */
@Tag("real")
class WritesOnRealServersTest {
    @Nested
    class OpenLdap extends Writes {
        OpenLdap() {
            super(DirectoryType.OPENLDAP);
        }
    }

    @Nested
    class DirectoryServer389 extends Writes {
        DirectoryServer389() {
            super(DirectoryType.GENERIC);
        }
    }

    @Nested
    class ActiveDirectory extends Writes {
        ActiveDirectory() {
            super(DirectoryType.ACTIVE_DIRECTORY);
        }
    }

    abstract static class Writes extends ServerToWrite {
        Writes(DirectoryType type) {
            super(type);
        }

        @Test
        void an_entry_is_made_changed_renamed_moved_and_deleted_and_keeps_its_id() throws LDAPException {
            DN dn = created("Ada");
            ReadOnlyEntry first = read(dn);
            String id = directory.id(first);

            done(modify(dn, change("sn", "", "Lovelace", first), change("title", "", "Countess", first)));
            done(modify(dn, change("title", "Countess", "countess")));
            assertThat(read(dn).getAttributeValue("title")).isEqualTo("countess");
            done(modify(dn, change("title", "countess", "")));
            assertThat(read(dn).getAttributeValue("title")).isNull();

            DN renamed = new DN(new RDN(dn.getRDN().getAttributeNames()[0], "Augusta"), dn.getParent());
            done(rename(dn, renamed));
            DN moved = new DN(dn.getRDN(), new DN(other));
            done(rename(renamed, moved));
            assertThat(directory.id(read(moved))).isEqualTo(id);

            DirectoryChange.Builder delete = draft(ChangeKind.DELETE, moved);
            delete.stage(DirectoryChange.Stage.DELETES);
            done(delete.build());
            assertThat(directory.exists(moved)).isFalse();
        }

        @Test
        void an_account_is_disabled_and_enabled_and_nothing_else_of_it_changes() throws LDAPException {
            DN dn = created("Switched");
            if (type == DirectoryType.ACTIVE_DIRECTORY) { // without a password it is made disabled
                assertThat(read(dn).getAttributeValue("userAccountControl")).isEqualTo("514");
                done(state(ChangeKind.ENABLE, dn, directory.enableModifications(read(dn))));
            }
            ReadOnlyEntry before = read(dn);

            done(state(ChangeKind.DISABLE, dn, directory.disableModifications(before, LocalDate.EPOCH)));
            assertThat(directory.state(read(dn))).isEqualTo(AccountState.DISABLED);
            assertThat(directory.disableModifications(read(dn), LocalDate.EPOCH))
                    .isEmpty();
            done(state(ChangeKind.ENABLE, dn, directory.enableModifications(read(dn))));

            assertThat(directory.state(read(dn))).isEqualTo(AccountState.ENABLED);
            assertThat(read(dn).getAttributeValue("userAccountControl"))
                    .isEqualTo(before.getAttributeValue("userAccountControl"));
        }

        @Test
        void what_someone_else_wrote_since_the_plan_stays() throws Exception {
            DN dn = created("Stale");
            done(modify(dn, change("title", "", "Baker")));
            DirectoryChange replaced = modify(dn, change("title", "Baker", "Cook"));
            DirectoryChange added = modify(dn, change("employeeType", "", "ours"));
            raw.modify("dn: " + dn, "changetype: modify", "replace: title", "title: Smith");
            raw.modify("dn: " + dn, "changetype: modify", "add: employeeType", "employeeType: theirs");

            assertThat(apply(replaced).failures())
                    .singleElement()
                    .extracting(Outcome::status)
                    .isEqualTo(Outcome.Status.STALE);
            assertThat(read(dn).getAttributeValue("title")).isEqualTo("Smith");
            Outcomes second = apply(added);
            if (type != DirectoryType.GENERIC) { // several values are allowed there, and no assertion control
                assertThat(second.failures())
                        .singleElement()
                        .extracting(Outcome::status)
                        .isEqualTo(Outcome.Status.STALE);
            }
            assertThat(read(dn).getAttributeValues("employeeType")).contains("theirs");
        }

        @Test
        void an_entry_that_was_moved_since_the_plan_is_left_alone() throws LDAPException {
            DN dn = created("Moved Away");
            DirectoryChange rename = rename(dn, new DN(new RDN("cn", "Nobody"), dn.getParent()));
            DirectoryChange modify = modify(dn, change("title", "", "Baker"));
            raw.getConnection().modifyDN(dn.toString(), dn.getRDN().toString(), true, other);

            assertThat(apply(rename).failures()).extracting(Outcome::status).containsExactly(Outcome.Status.STALE);
            assertThat(apply(modify).failures()).extracting(Outcome::status).containsExactly(Outcome.Status.STALE);
        }

        @Test
        void two_names_are_swapped() throws LDAPException {
            DN a = created("Swap A");
            DN b = created("Swap B");
            String idOfA = directory.id(read(a));
            DirectoryChange.Builder away = draft(ChangeKind.RENAME, a);
            DN temporary = new DN(new RDN("cn", "rollcall-temporary"), a.getParent());
            away.newDn(temporary);
            away.temporary(true);
            away.stage(DirectoryChange.Stage.NAMES);
            DirectoryChange.Builder first = draft(ChangeKind.RENAME, b);
            first.newDn(a);
            first.waits(true);
            first.stage(DirectoryChange.Stage.NAMES);
            DirectoryChange.Builder back = DirectoryChange.builder(ChangeKind.RENAME, key(a), temporary);
            back.id(away.build().id().orElseThrow());
            back.newDn(b);
            back.waits(true);
            back.stage(DirectoryChange.Stage.NAMES);

            done(away.build(), first.build(), back.build());

            assertThat(directory.id(read(b))).isEqualTo(idOfA);
        }

        @Test
        void members_come_and_go_and_may_be_there_or_gone_already() throws Exception {
            DN one = created("Member One");
            DN two = created("Member Two");
            DN group = new DN("cn=Choir," + people);
            if (type == DirectoryType.ACTIVE_DIRECTORY) {
                raw.add("dn: " + group, "objectClass: group", "cn: Choir", "member: " + one);
            } else {
                raw.add("dn: " + group, "objectClass: groupOfNames", "cn: Choir", "member: " + one);
            }

            done(
                    member(ChangeKind.GROUP_ADD, one, group),
                    member(ChangeKind.GROUP_ADD, two, group),
                    member(ChangeKind.GROUP_REMOVE, one, group));
            done(member(ChangeKind.GROUP_REMOVE, one, group));

            String[] members = raw.getEntry(group.toString(), "member").getAttributeValues("member");
            assertThat(members).hasSize(1);
            assertThat(new DN(members[0])).isEqualTo(two);
        }

        @Test
        void a_new_account_gets_a_password_that_binds_and_that_only_the_file_knows(@TempDir Path folder)
                throws Exception {
            Path file = folder.resolve("passwords.csv");
            PasswordPolicy passwords =
                    PasswordPolicy.generate(20, PasswordDelivery.file(file)).forceChange(false);
            DN dn = name("With Password");

            Outcomes outcomes = apply(passwords, create(dn));

            assertThat(outcomes.failures()).isEmpty();
            String line = Files.readAllLines(file).get(1);
            assertThat(line).startsWith("confirmed,");
            String password = line.substring(line.lastIndexOf(",\"") + 2, line.length() - 1);
            assertThat(raw.getConnection()
                            .bind(dn.toString(), password)
                            .getResultCode()
                            .intValue())
                    .isZero();
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        }

        @Test
        void hostile_names_come_back_as_they_were() throws LDAPException {
            for (String hostile : List.of(
                    "O'Brien, \"Bob\" + <b>; = \\",
                    "*)(uid=*",
                    "cn=admin,dc=example",
                    "# leading",
                    "\u202eright to left\u202c",
                    "party \ud83c\udf89 popper",
                    "\u738b\u5c0f\u660e")) {
                DN dn = name(hostile);
                DirectoryChange create = create(dn, change("title", "", hostile));
                done(create);

                assertThat(read(dn).getAttributeValue("title")).isEqualTo(hostile);
                assertThat(directory.findByKeys("cn", List.of(hostile), Set.of("title")))
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.getParsedDN()).isEqualTo(dn));
            }
        }

        @Test
        void managers_in_a_cycle_get_each_other() throws LDAPException {
            DN a = name("Cycle A");
            DN b = name("Cycle B");
            DirectoryChange first = create(
                    a,
                    AttributeChange.references(
                            "manager", List.of(), List.of(new EntryReference(key(b), "", true)), "test"));
            DirectoryChange second = create(
                    b,
                    AttributeChange.references(
                            "manager", List.of(), List.of(new EntryReference(key(a), "", true)), "test"));

            done(first, second);

            assertThat(new DN(read(a).getAttributeValue("manager"))).isEqualTo(b);
            assertThat(new DN(read(b).getAttributeValue("manager"))).isEqualTo(a);
        }

        @Test
        void a_name_that_is_taken_fails_alone_and_says_why() throws LDAPException {
            DN dn = created("Taken");

            Outcomes outcomes = apply(create(dn), create(name("Free")));

            assertThat(outcomes.failures())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.code()).isEqualTo("entryAlreadyExists"));
            assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(1);
        }
    }
}
