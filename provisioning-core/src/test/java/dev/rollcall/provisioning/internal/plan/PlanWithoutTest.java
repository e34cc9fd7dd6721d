package dev.rollcall.provisioning.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.UserSource;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlanWithoutTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    private void names_are_in_the_dn() {
        roll.directorySettings = builder -> builder.base("dc=example,dc=test");
        roll.mapping = Roll.byName()
                .attribute("manager", AttributeRule.reference("${record.manager}"))
                .build();
        roll.policies = builder -> builder.guardrails(Guardrails.defaults().maxModify(Limit.none()));
    }

    private void rename(int id, String first, String... more) {
        roll.without(id).person(id, first, "L", more);
    }

    private List<String> left(Predicate<Change> unwanted) {
        try (Plan plan = roll.plan();
                Plan rest = plan.without(unwanted)) {
            return Roll.changes(rest);
        }
    }

    private Outcomes applied(Predicate<Change> unwanted) {
        Reconciler reconciler = roll.reconciler(UserSource.of(roll.records));
        try (Plan plan = reconciler.plan();
                Plan rest = plan.without(unwanted)) {
            return reconciler.apply(rest);
        }
    }

    private static Predicate<Change> changes(ChangeKind kind, String key) {
        return change -> change.kind() == kind && change.key().equals(key);
    }

    @Test
    void a_link_is_without_anything_else_for_that_entry() {
        roll.mapping = Roll.mapping().match("mail", "${record.email | lower}").build();
        roll.policies = builder -> builder.categories(Categories.all());
        roll.account("boss", "mail: ada.love@example.test");
        roll.person(1, "Ada", "Love");

        assertThat(left(changes(ChangeKind.LINK, "1"))).isEmpty();
    }

    @Nested
    class Somebody_who_is_not_made_after_all {
        @Test
        void becomes_no_member() {
            String group = "cn=all," + Roll.GROUPS;
            roll.entry("dn: " + group, "objectClass: groupOfNames", "cn: all", "member: cn=x,dc=example,dc=test");
            roll.mapping = Roll.mapping().group(group).build();
            roll.people(2);

            assertThat(left(changes(ChangeKind.CREATE, "1")))
                    .containsExactly("create 2 uid=flast2", "groupAdd 2 uid=flast2");
        }

        @Test
        void becomes_no_manager() {
            roll.people(1).sync();
            roll.without(1).person(1, "First1", "Last1", "manager", "2").person(2, "First2", "Last2");

            assertThat(left(changes(ChangeKind.CREATE, "2"))).isEmpty();
        }
    }

    @Nested
    class Somebody_who_is_not_renamed_after_all {
        @Test
        void is_referred_to_where_the_entry_is() {
            names_are_in_the_dn();
            roll.person(1, "A", "L").person(2, "B", "L").sync();
            rename(1, "C");
            rename(2, "B", "manager", "1");

            assertThat(applied(changes(ChangeKind.RENAME, "1")).isComplete()).isTrue();
            assertThat(roll.values("cn=B", "manager")).containsExactly("cn=A," + Roll.PEOPLE);
        }

        @Test
        void keeps_the_name_from_the_entry_that_was_to_get_it() {
            names_are_in_the_dn();
            roll.person(1, "A", "L").person(2, "B", "L").sync();
            rename(1, "C");
            rename(2, "A");
            roll.person(3, "B", "L");

            assertThat(left(changes(ChangeKind.RENAME, "1"))).isEmpty();
        }

        @Test
        void keeps_everybody_in_a_ring_of_names_where_they_are() {
            names_are_in_the_dn();
            roll.person(1, "A", "L").person(2, "B", "L").person(3, "C", "L").sync();
            rename(1, "B");
            rename(2, "C");
            rename(3, "A");

            for (String key : List.of("1", "2", "3")) {
                assertThat(left(changes(ChangeKind.RENAME, key))).isEmpty();
            }
        }

        @Test
        void is_not_mistaken_for_somebody_else_with_the_same_key() {
            roll.entry("dn: ou=gone,dc=example,dc=test", "objectClass: organizationalUnit", "ou: gone");
            roll.directorySettings = builder -> builder.base("dc=example,dc=test");
            roll.policies = builder -> builder.leavers(Leavers.disableAndMove("ou=gone,dc=example,dc=test"));
            roll.people(5);
            roll.account("s1", "employeeNumber: 0").account("s2", "employeeNumber: 0");

            assertThat(left(change -> change.kind() == ChangeKind.MOVE))
                    .contains("disable 0 uid=s1", "disable 0 uid=s2");
        }
    }
}
