package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An account that must end is ended, is ended already, or is named in a conflict. */
class EveryEndTest {
    private static final String FORMER = "ou=former,dc=example,dc=test";
    private static final String MARK = "rollcall:hr";

    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    private void marked() {
        roll.directorySettings = builder -> builder.mark("employeeType", MARK);
    }

    private void active() {
        roll.sourceSettings = source -> source.active("(record.gone ?? false) == false");
    }

    private void leaves(int id) {
        roll.without(id);
        roll.records.add(
                Roll.record(id, "First" + id, "Last" + id, "gone", "true").with("gone", Value.of(true)));
    }

    private void move(String uid) {
        if (roll.read(FORMER) == null) {
            roll.entry("dn: " + FORMER, "objectClass: organizationalUnit", "ou: former");
        }
        roll.move(uid, FORMER);
    }

    private static List<String> details(Plan plan) {
        return plan.conflicts().stream().map(Conflict::detail).toList();
    }

    @Nested
    class An_entry_that_was_moved_out_of_the_base {
        @Test
        void is_named_once_its_person_is_inactive() {
            active();
            roll.people(5).sync().close();
            move("flast3");
            leaves(3);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.conflicts(plan)).containsExactly("ELSEWHERE 3");
                assertThat(details(plan)).first().asString().startsWith("uid=flast3," + FORMER);
            }
        }

        @Test
        void is_named_once_its_person_is_missing_if_it_has_our_mark() {
            marked();
            roll.people(5).sync().close();
            move("flast3");
            roll.without(3);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.conflicts(plan)).containsExactly("ELSEWHERE 3");
                assertThat(details(plan)).first().asString().startsWith("uid=flast3," + FORMER);
            }
        }

        @Test
        void is_not_named_once_it_is_disabled() {
            marked();
            active();
            roll.people(5).sync().close();
            move("flast3");
            move("flast4");
            for (String uid : List.of("flast3", "flast4")) {
                roll.modify(
                        "dn: uid=" + uid + "," + FORMER,
                        "changetype: modify",
                        "add: pwdAccountLockedTime",
                        "pwdAccountLockedTime: 000001010000Z");
            }
            roll.without(3);
            leaves(4);

            try (Plan plan = roll.plan()) {
                assertThat(plan.conflicts()).isEmpty();
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        @Test
        void is_not_named_where_another_data_source_with_the_mark_manages_it() {
            roll.directorySettings =
                    builder -> builder.mark("employeeType", MARK).otherBases(FORMER);
            roll.people(5).sync().close();
            move("flast3");
            roll.without(3);

            try (Plan plan = roll.plan()) {
                assertThat(plan.conflicts()).isEmpty();
            }
        }

        @Test
        void costs_a_run_about_some_keys_no_search_for_marks() {
            marked();
            roll.people(5).sync().close();
            move("flast3");
            roll.policies = builder -> builder.keys(List.of("1"));

            try (Plan plan = roll.plan()) {
                assertThat(plan.conflicts()).isEmpty();
            }
        }
    }

    @Nested
    class An_entry_that_the_filter_no_longer_finds {
        @Test
        void is_named_once_its_person_is_missing() {
            roll.directorySettings =
                    builder -> builder.mark("employeeType", MARK).filter("(title=staff)");
            roll.mapping = Roll.mapping()
                    .attribute("title", dev.rollcall.mapping.AttributeRule.format("staff"))
                    .build();
            roll.people(5).sync().close();
            roll.modify("dn: uid=flast3," + Roll.PEOPLE, "changetype: modify", "replace: title", "title: other");
            roll.without(3);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.conflicts(plan)).containsExactly("ELSEWHERE 3");
            }
        }

        @Test
        void is_named_once_its_person_is_inactive() {
            active();
            roll.directorySettings = builder -> builder.filter("(title=staff)");
            roll.mapping = Roll.mapping()
                    .attribute("title", dev.rollcall.mapping.AttributeRule.format("staff"))
                    .build();
            roll.people(5).sync().close();
            roll.modify("dn: uid=flast3," + Roll.PEOPLE, "changetype: modify", "replace: title", "title: other");
            leaves(3);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.conflicts(plan)).containsExactly("ELSEWHERE 3");
            }
        }
    }

    @Nested
    class A_protected_entry {
        @Test
        void is_named_once_its_person_is_missing() {
            roll.people(5).sync().close();
            roll.directorySettings = builder -> builder.protect("uid=flast3," + Roll.PEOPLE);
            roll.reopen();
            roll.without(3);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.conflicts(plan)).containsExactly("ELSEWHERE 3");
                assertThat(details(plan)).first().asString().contains("must end (SOURCE_MISSING), and is protected");
            }
        }

        @Test
        void of_active_directory_is_named_too() {
            roll.type = Directory::activeDirectory;
            roll.account("admin", "employeeNumber: 9", "userAccountControl: 512", "adminCount: 1");
            roll.people(3);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.conflicts(plan)).containsExactly("ELSEWHERE 9");
            }
        }
    }

    @Nested
    class An_entry_with_our_mark_and_without_key {
        @Test
        void is_named() {
            marked();
            roll.account("lost", "employeeType: " + MARK);
            roll.people(3);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.conflicts(plan)).containsExactly("INVALID ");
                assertThat(details(plan)).first().asString().startsWith("uid=lost," + Roll.PEOPLE + " has our mark");
            }
        }

        @Test
        void gets_no_second_account_beside_it() {
            marked();
            roll.people(3).sync().close();
            roll.modify("dn: uid=flast2," + Roll.PEOPLE, "changetype: modify", "delete: employeeNumber");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).contains("AMBIGUOUS 2");
            }
            roll.policies = builder -> builder.keys(List.of("2"));
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("AMBIGUOUS 2");
            }
        }

        @Test
        void is_not_named_once_it_is_disabled() {
            marked();
            roll.account("lost", "employeeType: " + MARK, "pwdAccountLockedTime: 000001010000Z");
            roll.people(3);

            try (Plan plan = roll.plan()) {
                assertThat(plan.conflicts()).isEmpty();
            }
        }
    }

    @Nested
    class Somebody_inactive_under_every_reading {
        @Test
        void is_disabled_although_scope_has_no_answer() {
            roll.sourceSettings =
                    source -> source.active("(record.gone ?? false) == false").scope("record.department == 'Sales'");
            roll.account("one", "employeeNumber: 1");
            roll.records.add(
                    Roll.record(1, "A", "One").with("gone", Value.of(true)).with("department", Value.ofNull()));

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).contains("disable 1 uid=one");
            }
        }

        @Test
        void is_left_alone_if_people_out_of_scope_are_ignored() {
            roll.policies = builder -> builder.leavers(Leavers.disable().outOfScope(Leavers.Action.IGNORE));
            roll.sourceSettings =
                    source -> source.active("(record.gone ?? false) == false").scope("record.department == 'Sales'");
            roll.account("one", "employeeNumber: 1");
            roll.records.add(
                    Roll.record(1, "A", "One").with("gone", Value.of(true)).with("department", Value.ofNull()));

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("INVALID 1");
            }
        }

        @Test
        void is_disabled_although_a_part_of_the_record_could_not_be_read() {
            roll.sourceSettings = source -> source.active("record.gone == false");
            roll.account("one", "employeeNumber: 1").account("two", "employeeNumber: 2");
            roll.records.add(
                    Roll.record(1, "A", "One").with("gone", Value.of(true)).faulty("details: 503"));
            roll.records.add(Roll.record(2, "A", "Two").faulty("details: 503"));

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("disable 1 uid=one");
                assertThat(Roll.conflicts(plan)).contains("INVALID 2");
            }
        }

        @Test
        void is_disabled_although_there_are_two_records() {
            active();
            roll.account("one", "employeeNumber: 1").account("two", "employeeNumber: 2");
            roll.people(1);
            leaves(1);
            roll.records.add(roll.records.get(0));
            roll.person(2, "A", "Two");
            roll.records.add(Roll.record(2, "A", "Two").with("gone", Value.of(true)));

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("disable 1 uid=one");
                assertThat(Roll.conflicts(plan)).containsExactly("DUPLICATE_KEY 1", "DUPLICATE_KEY 2");
            }
        }
    }

    @Nested
    class An_account_that_is_disabled {
        Plan enabled(String... lines) {
            roll.type = Directory::activeDirectory;
            roll.account("one", lines);
            roll.person(1, "A", "One");
            return roll.plan();
        }

        @Test
        void for_want_of_a_password_is_not_said_to_be_somebody_elses_doing() {
            roll.policies = builder -> builder.passwords(PasswordPolicy.generate(20, PasswordDelivery.discard()));
            try (Plan plan = enabled("employeeNumber: 1", "userAccountControl: 514", "pwdLastSet: 0")) {
                assertThat(Roll.conflicts(plan)).containsExactly("DISABLED_ELSEWHERE 1");
                assertThat(details(plan))
                        .first()
                        .asString()
                        .contains("has no password")
                        .doesNotContain("someone else");
            }
        }

        @Test
        void for_want_of_a_password_is_not_enabled_even_if_all_are() {
            roll.policies = builder -> builder.enable(Enabling.ALWAYS);
            try (Plan plan = enabled("employeeNumber: 1", "userAccountControl: 514", "pwdLastSet: 0")) {
                assertThat(plan.counts().of(ChangeKind.ENABLE)).isZero();
                assertThat(details(plan)).first().asString().contains("has no password");
            }
        }

        @Test
        void without_a_mark_is_not_said_to_be_somebody_elses_doing() {
            try (Plan plan = enabled("employeeNumber: 1", "userAccountControl: 514", "pwdLastSet: 1")) {
                assertThat(details(plan))
                        .first()
                        .asString()
                        .contains("directory.mark")
                        .doesNotContain("someone else");
            }
        }

        @Test
        void a_second_time_by_an_administrator_stays_so_although_no_record_could_be_mapped_between() {
            marked();
            roll.people(40).sync().close();
            UserRecord two = roll.records.remove(1);
            roll.sync().close();
            roll.modify("dn: uid=flast2," + Roll.PEOPLE, "changetype: modify", "delete: pwdAccountLockedTime");
            roll.records.add(UserRecord.of(Map.of("id", 2)));
            roll.sync().close();
            assertThat(roll.values("uid=flast2", "employeeType")).containsExactly(MARK);
            roll.modify(
                    "dn: uid=flast2," + Roll.PEOPLE,
                    "changetype: modify",
                    "add: pwdAccountLockedTime",
                    "pwdAccountLockedTime: 000001010000Z");
            roll.without(2).records.add(two);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.conflicts(plan)).containsExactly("DISABLED_ELSEWHERE 2");
            }
        }

        @Test
        void a_second_time_stays_so_where_runs_modify_nothing() {
            marked();
            roll.people(40).sync().close();
            UserRecord two = roll.records.remove(1);
            roll.sync().close();
            roll.modify("dn: uid=flast2," + Roll.PEOPLE, "changetype: modify", "delete: pwdAccountLockedTime");
            roll.records.add(two);
            roll.policies = builder -> builder.categories(Categories.of("enable", "disable"));
            roll.sync().close();

            assertThat(roll.values("uid=flast2", "employeeType")).containsExactly(MARK);
        }
    }

    @Nested
    class Leavers_of_one_name {
        private void bothLeave() {
            roll.entry("dn: " + FORMER, "objectClass: organizationalUnit", "ou: former");
            roll.mapping = Roll.byName().build();
            roll.directorySettings = builder -> builder.mark("employeeType", MARK);
            roll.policies = builder -> builder.leavers(Leavers.disableAndMove(FORMER))
                    .guardrails(Guardrails.defaults().maxDisableOrDelete(Limit.of(100, 100)));
            active();
            roll.person(1, "Ada", "L").person(3, "Eve", "L").sync().close();
            roll.without(1).records.add(Roll.record(1, "Ada", "L").with("gone", Value.of(true)));
            roll.sync().close();
            roll.person(2, "Ada", "L").sync().close();
            roll.without(2).records.add(Roll.record(2, "Ada", "L").with("gone", Value.of(true)));
            roll.sync().close();
        }

        @Test
        void are_both_moved() {
            bothLeave();
            assertThat(roll.read("cn=Ada," + FORMER)).isNotNull();
            assertThat(roll.read("cn=Ada (2)," + FORMER)).isNotNull();
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts()).isEmpty();
            }
        }

        @Test
        void come_back_one_after_the_other() {
            bothLeave();
            roll.without(1).person(1, "Ada", "L").sync().close();
            assertThat(roll.values("cn=Ada", "employeeNumber")).containsExactly("1");
            assertThat(roll.values("cn=Ada", "pwdAccountLockedTime")).isEmpty();
            roll.without(2).person(2, "Ada", "L").sync().close();

            var second = roll.read("cn=Ada (2)," + FORMER);
            assertThat(second.hasAttribute("pwdAccountLockedTime")).isFalse();
            try (Plan plan = roll.plan()) {
                assertThat(Roll.conflicts(plan)).containsExactly("DN_TAKEN 2");
            }
        }
    }

    @Nested
    class Somebody_who_is_to_be_deleted {
        private void deleting(Leavers leavers) {
            roll.policies = builder -> builder.leavers(leavers)
                    .categories(Categories.all())
                    .guardrails(Guardrails.defaults().maxDisableOrDelete(Limit.of(10, 100)));
            roll.people(5).sync().close();
            roll.entry("dn: cn=phones,uid=flast3," + Roll.PEOPLE, "objectClass: device", "cn: phones")
                    .entry("dn: cn=one,cn=phones,uid=flast3," + Roll.PEOPLE, "objectClass: device", "cn: one");
            roll.without(3);
        }

        @Test
        void and_has_entries_below_is_disabled_and_named() {
            deleting(Leavers.delete());
            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("disable 3 uid=flast3");
                assertThat(details(plan))
                        .first()
                        .asString()
                        .contains("cannot be deleted")
                        .contains("deleteTree");
            }
            roll.sync().close();
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts()).hasSize(1);
            }
        }

        @Test
        void is_deleted_with_them_if_the_policy_says_so() {
            deleting(Leavers.delete().deleteTree());
            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan))
                        .containsExactly(
                                "delete 3 cn=one,cn=phones,uid=flast3",
                                "delete 3 cn=phones,uid=flast3",
                                "delete 3 uid=flast3");
            }
            assertThat(roll.sync().failures()).isEmpty();
            assertThat(roll.read("uid=flast3," + Roll.PEOPLE)).isNull();
        }

        @Test
        void is_disabled_if_a_person_is_below() {
            deleting(Leavers.delete().deleteTree());
            roll.account("child", "employeeNumber: 77").move("child", "uid=flast3," + Roll.PEOPLE);
            roll.person(77, "C", "Child");

            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.DELETE)).isZero();
                assertThat(Roll.changes(plan)).contains("disable 3 uid=flast3");
            }
        }
    }

    @Nested
    class The_DN_of_a_deleted_manager {
        @Test
        void makes_nobody_the_manager_of_others() {
            for (int i = 2; i <= 4; i++) {
                roll.account("p" + i, "employeeNumber: " + i, "manager: uid=gone," + Roll.PEOPLE);
            }
            for (int i = 2; i <= 3; i++) {
                roll.records.add(Roll.record(i, "P", "P" + i, "manager", "99"));
            }
            roll.policies = builder -> builder.allow("maxModify").allow("maxAttributeChange");
            roll.person(4, "P", "P4").person(5, "G", "One").sync().close();

            assertThat(roll.read("uid=gone," + Roll.PEOPLE)).isNotNull();
            assertThat(roll.values("uid=p2", "manager")).isEmpty();
            assertThat(roll.values("uid=p3", "manager")).isEmpty();
            assertThat(roll.values("uid=p4", "manager")).isEmpty();
        }

        @Test
        void takes_no_group_of_theirs_along() {
            String group = "cn=sales," + Roll.GROUPS;
            roll.entry(
                    "dn: " + group,
                    "objectClass: groupOfNames",
                    "cn: sales",
                    "member: cn=nobody",
                    "member: uid=gone," + Roll.PEOPLE);
            roll.mapping =
                    Roll.mapping().group(group, "record.department == 'Sales'").build();
            roll.person(5, "G", "One", "department", "HR").sync().close();

            assertThat(roll.read(group).getAttributeValues("member")).containsExactly("cn=nobody");
        }
    }

    @Nested
    class The_first_run_where_every_account_has_the_key {
        @Test
        void leaves_accounts_alone_that_it_did_not_make() {
            roll.mapping = Mappings.byUid();
            for (int i = 0; i < 3; i++) {
                roll.account("service" + i);
            }
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.DISABLE)).isZero();
                assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
                    assertThat(conflict.situation()).isEqualTo(Situation.SOURCE_MISSING);
                    assertThat(conflict.detail()).contains("3 entries", "uid=service2", "directory.mark");
                });
            }
        }

        @Test
        void ends_them_if_the_policy_says_so() {
            roll.mapping = Mappings.byUid();
            roll.account("service");
            roll.policies = builder -> builder.leavers(Leavers.disable().endNeverSeen());
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.DISABLE)).isOne();
            }
        }
    }

    private static final class Mappings {
        static dev.rollcall.mapping.Mapping byUid() {
            return dev.rollcall.mapping.Mapping.builder()
                    .key("id", "uid")
                    .dn("uid=${uid}," + Roll.PEOPLE)
                    .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                    .attribute("sn", "${record.last}")
                    .attribute("cn", "${record.first}")
                    .build();
        }
    }
}
