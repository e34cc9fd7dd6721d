package dev.rollcall.integration.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The first run over a domain whose people have no key yet. */
interface FirstRun {
    Firm firm() throws Exception;

    @Test
    default void of_500_records_480_are_linked_15_created_and_5_left_alone() throws Exception {
        try (Firm firm = firm()) {
            fiveHundred(firm);
            Map<String, Integer> before = byMail(firm);
            assertThat(before).hasSize(485);

            Reconciler reconciler = firm.reconciler();
            try (Plan plan = reconciler.plan()) {
                assertThat(plan.situations())
                        .containsEntry(Situation.MATCHED, 480)
                        .containsEntry(Situation.ABSENT, 15)
                        .containsEntry(Situation.AMBIGUOUS, 5)
                        .containsEntry(Situation.UNLINKED, 10);
                Outcomes outcomes = reconciler.apply(plan);
                assertThat(outcomes.failures()).isEmpty();
                assertThat(outcomes.counts()).hasToString("create 15, link 480, modify 480");
            }

            Map<String, Integer> after = byMail(firm);
            assertThat(after).hasSize(500);
            before.forEach((mail, count) -> assertThat(after).containsEntry(mail, count));
            assertThat(firm.ids()).hasSize(495);
            try (Plan again = firm.reconciler().plan()) {
                assertThat(again.isEmpty()).isTrue();
                assertThat(again.conflicts()).hasSize(5);
            }
        }
    }

    @Test
    default void without_a_rule_that_matches_nobody_is_doubled() throws Exception {
        try (Firm firm = firm()) {
            firm.linksByMail = false;
            fiveHundred(firm);
            Map<String, Integer> before = byMail(firm);

            try (Plan plan = firm.reconciler().plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.guardrails().passed()).isFalse();
                assertThat(plan.guardrails().tripped())
                        .extracting(Guardrail::label)
                        .contains("unlinkedEntries");
            }
            assertThat(byMail(firm)).isEqualTo(before);
        }
    }

    /** 480 with a mail address of their own, five pairs that share one, and nobody for the last 15 records. */
    private static void fiveHundred(Firm firm) throws Exception {
        for (int i = 1; i <= 500; i++) {
            firm.hire("" + i, "Person " + i, "north", "mail", "p" + i + "@example.test");
            if (i <= 485) {
                firm.addByHand("Person " + i, "north", "mail: P" + i + "@Example.test");
            }
            if (i > 480 && i <= 485) {
                firm.addByHand("Person " + i, "south", "mail: p" + i + "@example.test");
            }
        }
    }

    private static Map<String, Integer> byMail(Firm firm) throws Exception {
        Map<String, Integer> counts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        SearchRequest request = new SearchRequest(firm.base, SearchScope.SUB, "(mail=*)", "mail");
        request.addControl(new SimplePagedResultsControl(1000));
        for (SearchResultEntry entry : firm.ground.raw.search(request).getSearchEntries()) {
            counts.merge(entry.getAttributeValue("mail"), 1, Integer::sum);
        }
        return counts;
    }
}
