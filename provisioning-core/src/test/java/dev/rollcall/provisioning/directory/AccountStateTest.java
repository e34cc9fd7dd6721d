package dev.rollcall.provisioning.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What disables an account, where a mapping, other values or somebody else have to do with it. */
class AccountStateTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    @Nested
    class In_active_directory {
        In_active_directory() {
            roll.type = Directory::activeDirectory;
        }

        @Test
        void a_new_account_without_password_is_disabled_whatever_flags_are_mapped() {
            roll.mapping =
                    Roll.mapping().attribute("userAccountControl", "66048").build();
            roll.people(1).sync().close();

            assertThat(roll.values("uid=flast1", "userAccountControl")).containsExactly("66050");
        }

        @Test
        void a_leaver_without_account_is_told_and_the_others_go_on() {
            roll.account("contact", "employeeNumber: 77");
            roll.people(2);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("create 1 uid=flast1", "create 2 uid=flast2");
                assertThat(Roll.conflicts(plan)).containsExactly("INVALID 77");
            }
        }

        @Test
        void a_leaver_who_never_changed_the_password_comes_back() {
            roll.directorySettings = builder -> builder.mark("employeeType", "rollcall:crm");
            roll.account(
                    "aone",
                    "employeeNumber: 1",
                    "userAccountControl: 514",
                    "pwdLastSet: 0",
                    "employeeType: rollcall:crm;disabled=2026-11-01");
            roll.person(1, "A", "One");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).contains("enable 1 uid=aone");
            }
        }
    }

    @Nested
    class On_a_generic_server {
        @Test
        void a_disable_leaves_the_other_values_of_its_attribute() {
            roll.type = Directory::generic;
            roll.directorySettings = builder -> builder.disable("nsRoleDN", "cn=disabled,dc=example,dc=test", "");
            roll.account("aone", "employeeNumber: 1", "nsRoleDN: cn=staff,dc=example,dc=test");
            roll.person(2, "B", "Two").sync().close();

            assertThat(roll.values("uid=aone", "nsRoleDN"))
                    .containsExactlyInAnyOrder("cn=staff,dc=example,dc=test", "cn=disabled,dc=example,dc=test");
            roll.without(2).person(1, "A", "One").person(2, "B", "Two");
            roll.policies = builder -> builder.enable(Enabling.ALWAYS);
            roll.sync().close();
            assertThat(roll.values("uid=aone", "nsRoleDN")).containsExactly("cn=staff,dc=example,dc=test");
        }

        @Test
        void a_mapping_cannot_write_what_disables() {
            roll.type = Directory::generic;
            roll.directorySettings = builder -> builder.disable("loginShell", "/sbin/nologin", "/bin/bash");
            roll.mapping = Roll.mapping().attribute("LoginShell", "/bin/bash").build();

            assertThatThrownBy(roll::plan)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(
                            "mapping.attributes.LoginShell: the mapping writes LoginShell, which disables accounts");
        }
    }

    @Nested
    class Of_a_leaver_who_is_moved {
        @Test
        void is_followed_by_leaving_the_groups_under_the_new_name() {
            roll.directorySettings = builder -> builder.base("dc=example,dc=test");
            roll.entry("dn: ou=gone,dc=example,dc=test", "objectClass: organizationalUnit", "ou: gone");
            group("all");
            group("veterans");
            roll.mapping = Roll.mapping()
                    .group("cn=all," + Roll.GROUPS)
                    .groupToAddOnly("cn=veterans," + Roll.GROUPS, "record.last is present")
                    .build();
            roll.people(40).sync().close();
            roll.without(2);
            roll.policies = builder -> builder.leavers(
                    Leavers.disableAndMove("ou=gone,dc=example,dc=test").groups(Leavers.Groups.REMOVE_OWNED));
            roll.sync().close();

            assertThat(members("all")).hasSize(40).noneMatch(member -> member.startsWith("uid=flast2,"));
            assertThat(members("veterans")).contains("uid=flast2,ou=gone,dc=example,dc=test");
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        @Test
        void is_not_allowed_above_the_base() {
            roll.policies = builder -> builder.leavers(Leavers.disableAndMove("dc=example,dc=test"));

            assertThatThrownBy(roll::plan)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be moved to a container above the managed base");
        }

        private void group(String name) {
            roll.entry(
                    "dn: cn=" + name + "," + Roll.GROUPS,
                    "objectClass: groupOfNames",
                    "cn: " + name,
                    "member: cn=x,dc=example,dc=test");
        }

        private List<String> members(String name) {
            return List.of(roll.read("cn=" + name + "," + Roll.GROUPS).getAttributeValues("member"));
        }
    }
}
