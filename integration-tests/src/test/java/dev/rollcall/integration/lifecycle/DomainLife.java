package dev.rollcall.integration.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.Conflict;
import dev.rollcall.provisioning.Plan;
import dev.rollcall.provisioning.Situation;
import java.util.Optional;
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
}
