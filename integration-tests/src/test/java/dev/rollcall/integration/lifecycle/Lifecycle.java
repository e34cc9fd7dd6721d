package dev.rollcall.integration.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.mapping.DnRule;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The life of accounts, the same on every server; after each step a second run finds nothing to do. */
interface Lifecycle {
    Firm firm() throws Exception;

    @Test
    default void accounts_are_made_changed_renamed_moved_disabled_enabled_and_deleted() throws Exception {
        try (Firm firm = firm()) {
            firm.hire("1", "Ada", "north", "manager", "2")
                    .hire("2", "Bob", "north", "manager", "3")
                    .hire("3", "Cyd", "south", "manager", "1")
                    .hire("4", "Dan", "south", "manager", "1");
            firm.runs("create 4");
            assertThat(firm.state("4")).isEqualTo(AccountState.ENABLED);
            assertThat(firm.managerOf("1")).isEqualTo("2");
            assertThat(firm.managerOf("3")).isEqualTo("1");
            Map<String, String> ids = firm.ids();

            firm.edit("1", "title", "Countess").runs("modify 1");
            firm.edit("1", "title", "countess").runs("modify 1");
            firm.edit("1", "name", "Augusta").runs("rename 1");
            firm.edit("1", "name", "AUGUSTA").runs("rename 1");
            assertThat(firm.place("1")).isEqualTo("AUGUSTA in north");
            firm.edit("2", "site", "south").runs("move 1");
            firm.edit("2", "site", "north", "name", "Rob").runs("move 1");
            assertThat(firm.place("2")).isEqualTo("Rob in north");
            assertThat(firm.managerOf("1")).isEqualTo("2");
            firm.edit("4", "manager", "2").runs("modify 1");

            firm.dismiss("4").runs("disable 1");
            assertThat(firm.state("4")).isEqualTo(AccountState.DISABLED);
            firm.hire("4", "Dan", "south", "manager", "2").runs("enable 1");
            assertThat(firm.state("4")).isEqualTo(AccountState.ENABLED);
            assertThat(firm.ids()).isEqualTo(ids);

            firm.leavers = Leavers.delete();
            firm.dismiss("4").runs("delete 1");
            assertThat(firm.ids()).containsOnlyKeys("1", "2", "3");
        }
    }

    @Test
    default void an_account_that_was_there_before_is_linked_by_its_mail_and_keeps_its_id() throws Exception {
        try (Firm firm = firm()) {
            firm.addByHand("Eve", "north", "mail: eve@example.test", "sn: S5");
            String id = firm.directory()
                    .id(firm.directory()
                            .find(new DN("cn=Eve,ou=north," + firm.base), java.util.Set.of())
                            .orElseThrow());
            firm.hire("5", "Eve", "north", "mail", "eve@example.test");
            firm.runs(firm.ground.isActiveDirectory() ? "link 1, modify 1" : "link 1");

            assertThat(firm.ids()).isEqualTo(Map.of("5", id));
        }
    }

    @Test
    default void mail_addresses_change_and_are_cleared() throws Exception {
        try (Firm firm = firm()) {
            firm.hire("1", "Ada", "north", "mail", "ada@example.test").hire("2", "Bob", "north");
            firm.runs("create 2");
            firm.edit("1", "mail", "countess@example.test").edit("2", "mail", "bob@example.test");
            firm.runs("modify 2");
            firm.edit("1", "mail", "").runs("modify 1");
            assertThat(firm.entry("1").hasAttribute("mail")).isFalse();
        }
    }

    @Test
    default void names_are_swapped_and_go_round_and_references_follow() throws Exception {
        try (Firm firm = firm()) {
            firm.hire("1", "Ada", "north", "manager", "2")
                    .hire("2", "Bob", "north", "manager", "1")
                    .hire("3", "Cyd", "north", "manager", "1")
                    .hire("4", "Dan", "south", "manager", "3");
            firm.runs("create 4");
            Map<String, String> ids = firm.ids();

            firm.edit("1", "name", "Bob").edit("2", "name", "Ada").runs("rename 2");
            assertThat(firm.place("1")).isEqualTo("Bob in north");
            assertThat(firm.managerOf("1")).isEqualTo("2");
            assertThat(firm.managerOf("2")).isEqualTo("1");
            assertThat(firm.managerOf("3")).isEqualTo("1");

            firm.edit("1", "name", "Ada").edit("2", "name", "Cyd").edit("3", "name", "Bob");
            firm.runs("rename 3");
            assertThat(firm.managerOf("3")).isEqualTo("1");
            assertThat(firm.managerOf("4")).isEqualTo("3");
            assertThat(firm.ids()).isEqualTo(ids);
        }
    }

    @Test
    default void a_manager_who_is_renamed_and_replaced_at_once_is_replaced() throws Exception {
        try (Firm firm = firm()) {
            firm.hire("1", "Ada", "north")
                    .hire("2", "Bob", "north")
                    .hire("3", "Cyd", "north", "manager", "1")
                    .hire("4", "Dan", "north", "manager", "1");
            firm.runs("create 4");

            firm.edit("1", "name", "Bob").edit("2", "name", "Ada").edit("3", "manager", "2");
            firm.runs("modify 1, rename 2");
            assertThat(firm.managerOf("3")).isEqualTo("2");
            assertThat(firm.managerOf("4")).isEqualTo("1");
        }
    }

    @Test
    default void members_come_and_go_and_stay_when_they_are_renamed() throws Exception {
        try (Firm firm = firm()) {
            String choir = firm.addGroup("choir");
            firm.rules = mapping -> mapping.group(choir, "record.sings == 'yes'");
            firm.hire("1", "Ada", "north", "sings", "yes")
                    .hire("2", "Bob", "north", "sings", "no")
                    .hire("3", "Cyd", "north", "sings", "yes");
            firm.runs("create 3, groupAdd 2");
            assertThat(firm.members(choir)).containsExactly("1", "3");

            firm.edit("1", "sings", "no").edit("2", "sings", "yes").runs("groupAdd 1, groupRemove 1");
            assertThat(firm.members(choir)).containsExactly("2", "3");

            firm.edit("2", "name", "Cyd").edit("3", "name", "Bob").runs("rename 2");
            assertThat(firm.members(choir)).containsExactly("2", "3");

            firm.edit("3", "name", "Eve", "sings", "no").edit("1", "site", "south", "sings", "yes");
            firm.runs("rename 1, move 1, groupAdd 1, groupRemove 1");
            assertThat(firm.members(choir)).containsExactly("1", "2");

            firm.leavers = Leavers.disable().groups(Leavers.Groups.REMOVE_OWNED);
            firm.dismiss("2").runs("disable 1, groupRemove 1");
            assertThat(firm.members(choir)).containsExactly("1");
        }
    }

    @Test
    default void a_leaver_makes_room_for_somebody_of_the_same_name() throws Exception {
        try (Firm firm = firm()) {
            firm.leavers = Leavers.delete();
            firm.hire("1", "Ada", "north").hire("2", "Bob", "north").runs("create 2");
            String id = firm.ids().get("2");

            firm.dismiss("1").edit("2", "name", "Ada").runs("rename 1, delete 1");
            assertThat(firm.ids()).containsExactly(Map.entry("2", id));
        }
    }

    @Test
    default void a_leaver_is_disabled_and_moved_and_comes_back() throws Exception {
        try (Firm firm = firm()) {
            String gone = "ou=gone," + firm.base;
            firm.ground.raw.add("dn: " + gone, "objectClass: organizationalUnit", "ou: gone");
            firm.leavers = Leavers.disableAndMove(gone);
            firm.hire("1", "Ada", "north").hire("2", "Bob", "north").runs("create 2");
            Map<String, String> ids = firm.ids();

            firm.dismiss("1").runs("move 1, disable 1");
            assertThat(firm.place("1")).isEqualTo("Ada in gone");
            assertThat(firm.state("1")).isEqualTo(AccountState.DISABLED);
            firm.hire("1", "Ada", "north").runs("move 1, enable 1");
            assertThat(firm.place("1")).isEqualTo("Ada in north");
            assertThat(firm.ids()).isEqualTo(ids);
        }
    }

    @Test
    default void containers_that_are_missing_are_made_if_so_told() throws Exception {
        try (Firm firm = firm()) {
            firm.rules = mapping -> mapping.dn(DnRule.format("cn=${cn},ou=${record.site},ou=sites," + firm.base)
                    .createParents());
            firm.hire("1", "Ada", "west").hire("2", "Bob", "west").runs("create 2");
            assertThat(firm.dn("2")).isEqualTo(new DN("cn=Bob,ou=west,ou=sites," + firm.base));
            firm.edit("1", "site", "east").runs("move 1");
            assertThat(firm.dn("1")).isEqualTo(new DN("cn=Ada,ou=east,ou=sites," + firm.base));
        }
    }
}
