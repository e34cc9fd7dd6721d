package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.scim.ScimConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many accounts, and a server that is far away. */
@Tag("long")
class ScimSpeedTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private static List<Map<String, Object>> people(int count) {
        List<Map<String, Object>> people = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            people.add(Lifecycle.person(i));
        }
        return people;
    }

    private static Reconciler reconciler(ScimConnector connector, List<Map<String, Object>> people) {
        List<UserRecord> records = people.stream().map(UserRecord::of).toList();
        return Reconciler.builder(
                        Source.of(records).active("record.enabled"),
                        Lifecycle.ACCOUNTS,
                        AccountTarget.of("scim", connector))
                .guardrails(Guardrails.defaults().maxModify(Limit.none()).maxAttributeChange(Limit.none()))
                .build();
    }

    /** Applies, and returns how many milliseconds that took. */
    private static long applied(Reconciler reconciler, ChangeKind kind, int count) {
        try (Plan plan = reconciler.plan()) {
            assertThat(plan.counts().of(kind)).isEqualTo(count);
            long start = System.nanoTime();
            try (Outcomes outcomes = reconciler.apply(plan)) {
                assertThat(outcomes.isComplete())
                        .as(outcomes.failures().toString())
                        .isTrue();
            }
            return (System.nanoTime() - start) / 1_000_000;
        }
    }

    @Test
    void five_thousand_accounts_are_made_changed_and_found_as_they_should_be() {
        List<Map<String, Object>> people = people(5000);
        try (ScriptedScim server = new ScriptedScim(Quirk.ETAGS, Quirk.BULK, Quirk.TWENTY_AT_MOST);
                ScimConnector connector = server.connector(
                        settings -> {}, ConnectorContext.defaults().executor(threads))) {
            applied(reconciler(connector, people), ChangeKind.CREATE, 5000);
            assertThat(server.users.all()).hasSize(5000);
            people.subList(0, 50).forEach(person -> person.put("last", "Married"));
            applied(reconciler(connector, people), ChangeKind.MODIFY, 50);
            try (Plan again = reconciler(connector, people).plan()) {
                assertThat(again.isEmpty()).isTrue();
                assertThat(again.unchanged()).isEqualTo(5000);
            }
        }
    }

    @Test
    void beside_one_after_the_other_it_is_at_least_four_times_as_fast_where_each_answer_takes_20_milliseconds() {
        long alone = create(400, ConnectorContext.defaults());
        long beside = create(400, ConnectorContext.defaults().executor(threads));
        long bulk = create(400, ConnectorContext.defaults(), Quirk.BULK);
        System.out.printf("400 accounts: alone %d ms, beside each other %d ms, in bulk %d ms%n", alone, beside, bulk);
        assertThat(beside).isLessThan(alone / 4);
        assertThat(bulk).isLessThan(alone / 4);
    }

    private static long create(int count, ConnectorContext context, Quirk... quirks) {
        try (ScriptedScim server = new ScriptedScim(quirks).latency(20);
                ScimConnector connector = server.connector(settings -> {}, context)) {
            return applied(reconciler(connector, people(count)), ChangeKind.CREATE, count);
        }
    }

    @Test
    void writes_beside_each_other_keep_to_the_rate() {
        try (ScriptedScim server = new ScriptedScim();
                ScimConnector connector = server.connector(
                        settings -> settings.set("requestsPerSecond", dev.rollcall.connector.Value.of(100)),
                        ConnectorContext.defaults().executor(threads))) {
            long took = applied(reconciler(connector, people(200)), ChangeKind.CREATE, 200);
            assertThat(took).isGreaterThan(1900);
        }
    }
}
