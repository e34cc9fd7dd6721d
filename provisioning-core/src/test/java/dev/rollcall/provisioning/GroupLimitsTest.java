package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Memberships that a server or Active Directory's own rules do not let a run change. */
class GroupLimitsTest {
    private static final String INNER = "cn=inner," + Roll.GROUPS;
    private static final String OUTER = "cn=outer," + Roll.GROUPS;
    private static final String TOP = "cn=top," + Roll.GROUPS;

    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    @Nested
    class A_group_nested_in_a_privileged_one {
        A_group_nested_in_a_privileged_one() {
            roll.type = Directory::activeDirectory;
            roll.entry("dn: " + TOP, "objectClass: group", "cn: top", "adminCount: 1", "member: " + OUTER)
                    .entry("dn: " + OUTER, "objectClass: group", "cn: outer", "memberOf: " + TOP, "member: " + INNER)
                    .entry(
                            "dn: " + INNER,
                            "objectClass: group",
                            "cn: inner",
                            "memberOf: " + OUTER,
                            "memberOf: " + INNER);
            roll.mapping = Roll.mapping().group(INNER).build();
            roll.person(1, "Ada", "Lovelace");
        }

        @Test
        void takes_no_members() {
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.GROUP_ADD)).isZero();
                assertThat(plan.conflicts())
                        .singleElement()
                        .extracting(Conflict::detail)
                        .asString()
                        .contains("nested in " + TOP, "adminCount is 1");
            }
        }

        @Test
        void takes_members_if_it_or_the_privileged_one_is_allowed() {
            roll.directorySettings = builder -> builder.allowPrivileged(TOP);
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.GROUP_ADD)).isOne();
            }
            roll.directorySettings = builder -> builder.allowPrivileged(INNER);
            roll.reopen();
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.GROUP_ADD)).isOne();
            }
        }
    }

    @Nested
    class A_primary_group {
        A_primary_group() throws Exception {
            roll.type = Directory::activeDirectory;
            roll.entry("dn: " + INNER, "objectClass: group", "cn: inner");
            byte[] sid = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 1, 2, 0, 0};
            roll.server.modify(INNER, new Modification(ModificationType.ADD, "objectSid", sid));
            roll.account("one", "employeeNumber: 1", "userAccountControl: 512", "primaryGroupID: 513");
            roll.person(1, "A", "One");
        }

        @Test
        void gets_nobody_added_who_is_in_it() {
            roll.mapping = Roll.mapping().group(INNER).build();
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.GROUP_ADD)).isZero();
                assertThat(plan.conflicts()).isEmpty();
            }
        }

        @Test
        void is_reported_if_somebody_should_leave_it() {
            roll.mapping = Roll.mapping().group(INNER, "record.first == 'B'").build();
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.GROUP_REMOVE)).isZero();
                assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
                    assertThat(conflict.situation()).isEqualTo(Situation.GROUP_UNAVAILABLE);
                    assertThat(conflict.detail()).contains("primary group", "uid=one");
                });
            }
        }
    }

    /** Ada would be called Bob, which another is and stays; so Ada's name is not free for the new one. */
    @Test
    void whoever_does_not_get_the_name_that_was_wanted_is_not_counted_as_leaving() {
        String ada = "cn=Ada," + Roll.PEOPLE;
        String bob = "cn=Bob," + Roll.PEOPLE;
        roll.entry("dn: " + ada, "objectClass: inetOrgPerson", "cn: Ada", "sn: A", "employeeNumber: 1")
                .entry("dn: " + bob, "objectClass: inetOrgPerson", "cn: Bob", "sn: B", "employeeNumber: 3")
                .entry("dn: " + INNER, "objectClass: groupOfNames", "cn: inner", "member: " + ada, "member: " + bob);
        roll.mapping = Roll.byName().group(INNER, "record.last == 'member'").build();
        roll.person(1, "Bob", "A").person(2, "Ada", "C").person(3, "Bob", "B");

        try (Plan plan = roll.plan()) {
            assertThat(plan.conflicts()).extracting(Conflict::situation).containsOnly(Situation.DN_TAKEN);
            assertThat(plan.counts().of(ChangeKind.GROUP_REMOVE)).isOne();
        }
    }
}
