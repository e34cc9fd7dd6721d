package dev.rollcall.integration.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds in a domain alone. */
interface DomainLife {
    Firm firm() throws Exception;

    @Test
    default void a_logon_name_is_not_taken_from_any_object_of_the_domain() throws Exception {
        try (Firm firm = firm()) {
            String group = firm.addGroup("alovelace");
            firm.ground.raw.modify(group, new Modification(ModificationType.REPLACE, "sAMAccountName", "ALovelace"));
            firm.directory(directory -> directory.searchBase(firm.base));
            firm.account = Optional.of(AttributeRule.unique("${record.login}"));
            firm.hire("1", "Ada", "north", "login", "alovelace").hire("2", "Al", "north", "login", "alovelace");
            firm.runs("create 2");

            assertThat(firm.entry("1").getAttributeValue("sAMAccountName")).isEqualTo("alovelace2");
            assertThat(firm.entry("2").getAttributeValue("sAMAccountName")).isEqualTo("alovelace3");
        }
    }

    @Test
    default void a_privileged_group_gets_members_only_if_it_is_named() throws Exception {
        try (Firm firm = firm()) {
            String group = firm.addGroup("operators");
            firm.ground.raw.modify(group, new Modification(ModificationType.REPLACE, "adminCount", "1"));
            firm.rules = mapping -> mapping.group(group);
            firm.hire("1", "Ada", "north");
            try (Plan plan = firm.reconciler().plan()) {
                assertThat(plan.conflicts())
                        .extracting(Conflict::situation)
                        .containsExactly(Situation.GROUP_UNAVAILABLE);
                assertThat(plan.counts()).hasToString("create 1");
            }
        }
        try (Firm firm = firm()) {
            String group = firm.addGroup("operators");
            firm.ground.raw.modify(group, new Modification(ModificationType.REPLACE, "adminCount", "1"));
            firm.rules = mapping -> mapping.group(group);
            firm.directory(directory -> directory.allowPrivileged(group));
            firm.hire("1", "Ada", "north").runs("create 1, groupAdd 1");
            assertThat(firm.members(group)).containsExactly("1");
        }
    }

    @Test
    default void an_account_made_without_a_password_is_no_conflict_until_somebody_disables_it() throws Exception {
        try (Firm firm = firm()) {
            firm.passwords = false;
            firm.hire("1", "Ada", "north").runs("create 1");
            assertThat(firm.state("1")).isEqualTo(AccountState.DISABLED);
            firm.edit("1", "title", "Engineer").runs("modify 1");

            String ada = firm.dn("1").toString();
            byte[] password = "\"Pa55word-of-Ada\"".getBytes(StandardCharsets.UTF_16LE);
            firm.ground.raw.modify(ada, new Modification(ModificationType.REPLACE, "unicodePwd", password));
            firm.ground.raw.modify(ada, new Modification(ModificationType.REPLACE, "userAccountControl", "512"));
            firm.hasNothingToDo();

            firm.ground.raw.modify(ada, new Modification(ModificationType.REPLACE, "userAccountControl", "514"));
            try (Plan plan = firm.reconciler().plan()) {
                assertThat(plan.conflicts())
                        .extracting(Conflict::situation)
                        .containsExactly(Situation.DISABLED_ELSEWHERE);
            }
        }
    }

    /** Active Directory gives at most 1,500 members in one answer. */
    @Test
    @Tag("long") // half a minute in memory, minutes on Samba
    default void a_group_of_more_members_than_one_answer_holds_is_read_whole() throws Exception {
        try (Firm firm = firm()) {
            String group = firm.addGroup("everyone");
            String[] members = new String[1_600];
            for (int id = 1; id <= members.length; id++) {
                firm.hire(Integer.toString(id), "Person " + id, "north");
                members[id - 1] = "cn=Person " + id + ",ou=north," + firm.base;
            }
            firm.runs("create 1600");
            firm.ground.raw.modify(group, new Modification(ModificationType.ADD, "member", members));

            firm.rules = mapping -> mapping.group(group, "record.site == 'north'");
            firm.hasNothingToDo();
            firm.edit("7", "site", "south").edit("1599", "site", "south").runs("move 2, groupRemove 2");
        }
    }
}
