package dev.rollcall.integration.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.rule.ValuesPolicy;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import org.junit.jupiter.api.Test;

/** What other people do with accounts is respected. */
interface Interventions {
    Firm firm() throws Exception;

    @Test
    default void somebody_else_disables_an_account_and_it_stays_disabled() throws Exception {
        try (Firm firm = firm()) {
            firm.hire("1", "Ada", "north").hire("2", "Bob", "north").runs("create 2");
            Modification[] disable =
                    firm.directory().disableModifications(firm.entry("1"), java.time.LocalDate.EPOCH).stream()
                            .filter(one -> !one.getAttributeName().equalsIgnoreCase("employeeType"))
                            .toArray(Modification[]::new);
            firm.ground.raw.modify(firm.entry("1").getDN(), disable);
            firm.edit("1", "title", "Countess").edit("2", "title", "Baker");

            conflicts(firm, Situation.DISABLED_ELSEWHERE, "modify 1");
            assertThat(firm.state("1")).isEqualTo(AccountState.DISABLED);
            assertThat(firm.entry("1").hasAttribute("title")).isFalse();
        }
    }

    @Test
    default void somebody_else_moves_an_entry_out_of_the_base_and_it_stays_there_alone() throws Exception {
        try (Firm firm = firm()) {
            firm.hire("1", "Ada", "north").hire("2", "Bob", "north").runs("create 2");
            String id = firm.ids().get("1");
            firm.byHand(firm.entry("1").getDN(), "cn=Ada", firm.ground.top);
            firm.places.add("cn=Ada," + firm.ground.top);

            conflicts(firm, Situation.ELSEWHERE, "");
            assertThat(firm.directory().id(firm.entry("1"))).isEqualTo(id);
            assertThat(firm.ids()).containsOnlyKeys("2");
        }
    }

    @Test
    default void somebody_else_edits_an_attribute_between_plan_and_apply_and_only_that_change_fails() throws Exception {
        try (Firm firm = firm()) {
            firm.hire("1", "Ada", "north", "title", "Lady").hire("2", "Bob", "north", "title", "Cook");
            firm.hire("3", "Cyd", "north").runs("create 3");
            firm.edit("1", "title", "Countess").edit("2", "title", "Baker").edit("3", "name", "Cid");
            Reconciler reconciler = firm.reconciler();
            try (Plan plan = reconciler.plan()) {
                firm.ground.raw.modify(
                        firm.entry("1").getDN(), new Modification(ModificationType.REPLACE, "title", "Duchess"));
                firm.ground.raw.modify(
                        firm.entry("3").getDN(), new Modification(ModificationType.REPLACE, "title", "Smith"));

                Outcomes outcomes = reconciler.apply(plan);

                assertThat(outcomes.failures())
                        .extracting(failure -> failure.change().key() + " " + failure.status())
                        .containsExactlyInAnyOrder("1 " + Outcome.Status.STALE, "3 " + Outcome.Status.STALE);
                assertThat(outcomes.counts()).hasToString("modify 1");
            }
            assertThat(firm.entry("1").getAttributeValue("title")).isEqualTo("Duchess");
            assertThat(firm.place("3")).isEqualTo("Cyd in north");
            assertThat(firm.entry("2").getAttributeValue("title")).isEqualTo("Baker");
            // By the next plan it has been seen, and the mapping owns the attribute.
            firm.runs("modify 1, rename 1");
        }
    }

    @Test
    default void somebody_new_gets_the_name_of_a_leaver_between_plan_and_apply_and_is_not_disabled() throws Exception {
        try (Firm firm = firm()) {
            firm.hire("1", "Ada", "north").hire("2", "Bob", "north").runs("create 2");
            firm.dismiss("1");
            Reconciler reconciler = firm.reconciler();
            try (Plan plan = reconciler.plan()) {
                String account = firm.entry("1").getDN();
                firm.ground.raw.delete(account);
                firm.hire("3", "Ada", "north").runs("create 1");

                assertThat(reconciler.apply(plan).failures())
                        .extracting(Outcome::status)
                        .containsExactly(Outcome.Status.STALE);
            }
            assertThat(firm.state("3")).isEqualTo(AccountState.ENABLED);
        }
    }

    @Test
    default void somebody_else_adds_a_value_to_a_list_that_is_merged_and_it_stays() throws Exception {
        try (Firm firm = firm()) {
            boolean mail = firm.ground.isActiveDirectory();
            String list = mail ? "proxyAddresses" : "labeledURI";
            String theirs = mail ? "x500:/o=firm/cn=ada" : "https://elsewhere.test/ada";
            firm.rules = mapping -> mapping.attribute(
                    list,
                    AttributeRule.format(mail ? "SMTP:${record.address}" : "mailto:${record.address}")
                            .values(mail ? ValuesPolicy.mailAddresses() : ValuesPolicy.merge("mailto:.*")));
            firm.hire("1", "Ada", "north", "address", "ada@example.test").runs("create 1");
            firm.ground.raw.modify(firm.entry("1").getDN(), new Modification(ModificationType.ADD, list, theirs));
            firm.hasNothingToDo();

            firm.edit("1", "address", "countess@example.test").runs("modify 1");
            assertThat(firm.entry("1").getAttributeValues(list))
                    .contains(theirs, mail ? "SMTP:countess@example.test" : "mailto:countess@example.test");
        }
    }

    @Test
    default void somebody_else_adds_a_member_and_it_stays() throws Exception {
        try (Firm firm = firm()) {
            String choir = firm.addGroup("choir");
            firm.rules = mapping -> mapping.group(choir, "record.sings == 'yes'");
            firm.addByHand("Guest", "north");
            firm.ground.raw.modify(
                    choir, new Modification(ModificationType.ADD, "member", "cn=Guest,ou=north," + firm.base));
            firm.hire("1", "Ada", "north", "sings", "yes").runs("create 1, groupAdd 1");
            firm.edit("1", "sings", "no").runs("groupRemove 1");

            assertThat(firm.ground.raw.getEntry(choir, "member").getAttributeValues("member"))
                    .anyMatch(
                            member -> member.toLowerCase(java.util.Locale.ROOT).startsWith("cn=guest,"));
        }
    }

    private static void conflicts(Firm firm, Situation situation, String rest) {
        Reconciler reconciler = firm.reconciler();
        try (Plan plan = reconciler.plan()) {
            assertThat(plan.conflicts())
                    .singleElement()
                    .extracting(Conflict::situation, Conflict::key)
                    .containsExactly(situation, "1");
            assertThat(plan.counts()).hasToString(rest.isEmpty() ? "nothing" : rest);
            assertThat(reconciler.apply(plan).failures()).isEmpty();
        }
    }
}
