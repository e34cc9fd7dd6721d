package dev.rollcall.integration.changing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.rest.GenericRestProvider;
import dev.rollcall.scim.ScimProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs on an application that changes while it is read, through the connectors and over HTTP: in every way of paging, with
 * pages fetched ahead and one by one, as REST and as SCIM. A user who was there all the time keeps the account where the
 * application reports a total or can be asked by key.
 */
class ChangingApplicationTest {
    private static final ExecutorService threads = Executors.newFixedThreadPool(4);

    private static ChangingApplication application;
    private static PeopleDirectory directory;

    /** What can be held against a list. */
    private enum Evidence {
        TOTAL,
        LOOK_UP,
        NEITHER
    }

    @BeforeAll
    static void start() throws Exception {
        application = new ChangingApplication();
        directory = new PeopleDirectory(
                IntStream.range(0, 35).mapToObj("p%03d"::formatted).toList());
    }

    @AfterAll
    static void stop() {
        directory.close();
        application.close();
        threads.shutdownNow();
    }

    private static Stream<Arguments> shapes() {
        Map<String, Map<String, ?>> pagings = Map.of(
                "page", Map.of("type", "page", "parameter", "at"),
                "offset", Map.of("type", "offset", "parameter", "at", "hasMore", "/more"),
                "cursor", Map.of("type", "cursor", "parameter", "at", "next", "/next"),
                "after", Map.of("type", "cursor", "parameter", "at", "next", "/next"),
                "next-url", Map.of("type", "next-url", "next", "/next"),
                "link", Map.of("type", "link"));
        Stream<Arguments> rest = pagings.keySet().stream()
                .sorted()
                .flatMap(name -> Arrays.stream(Evidence.values())
                        .flatMap(evidence -> (name.equals("page") ? Stream.of(0, 3) : Stream.of(0))
                                .map(ahead -> Arguments.of(
                                        name + (ahead > 0 ? " ahead" : ""),
                                        evidence,
                                        rest(name, pagings.get(name), evidence, ahead)))));
        return Stream.concat(rest, Stream.of(Arguments.of("SCIM", Evidence.LOOK_UP, scim())));
    }

    private static Connector rest(String name, Map<String, ?> paging, Evidence evidence, int ahead) {
        Map<String, Object> pages = new LinkedHashMap<>(paging);
        if (evidence == Evidence.TOTAL) {
            pages.put("total", "/total");
        }
        if (name.equals("page")) {
            pages.put("ahead", ahead);
        }
        Map<String, Object> endpoint = new LinkedHashMap<>(Map.of(
                "name", "users", "url", application.url() + "/list/" + name, "records", "/data", "paging", pages));
        if (evidence == Evidence.LOOK_UP) {
            endpoint.put("one", Map.of("url", application.url() + "/users/${key}"));
        }
        return open(new GenericRestProvider(), Map.of("primaryKey", "id", "endpoints", List.of(endpoint)));
    }

    private static Connector scim() {
        return open(
                new ScimProvider(),
                Map.of("settings", Map.of("baseUrl", application.url() + "/scim"), "primaryKey", "id"));
    }

    private static Connector open(ConnectorProvider provider, Map<String, ?> settings) {
        return provider.create(
                Settings.of((Value.Fields) Value.from(settings)),
                ConnectorContext.defaults().executor(threads));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("shapes")
    void never_costs_somebody_the_account_who_was_there_all_the_time(
            String name, Evidence evidence, Connector connector) {
        readings(name, evidence, connector, 60);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("shapes")
    @Tag("long")
    void never_does_in_ten_thousand_runs_of_all_shapes(String name, Evidence evidence, Connector connector) {
        readings(name, evidence, connector, 460);
    }

    private static void readings(String name, Evidence evidence, Connector connector, int seeds) {
        List<String> wrong = new ArrayList<>();
        int harmless = 0;
        int whole = 0;
        int leavers = 0;
        try (connector) {
            for (int seed = 0; seed < seeds; seed++) {
                ChangingApplication.Change change = application.begin(new Random(seed), evidence == Evidence.TOTAL);
                boolean lies = change == ChangingApplication.Change.STABLE_LIE
                        || change == ChangingApplication.Change.SHIFTING_LIE;
                if (lies && evidence == Evidence.NEITHER) {
                    continue; // a list that skips somebody without a word, and nothing to hold against it
                }
                harmless += lies ? 0 : 1;
                try (Plan plan = reconciler(connector).plan()) {
                    List<String> ended = ended(plan);
                    leavers += ended.size();
                    whole += !lies && plan.source().isComplete() ? 1 : 0;
                    Set<String> always = application.always();
                    if (ended.stream().anyMatch(always::contains)) {
                        wrong.add(name + ", seed " + seed + ", " + change + ": " + ended + " of " + plan.source());
                    }
                }
            }
        }
        if (evidence == Evidence.NEITHER) {
            assertThat(wrong).as("of %d leavers", leavers).hasSizeLessThanOrEqualTo(leavers / 10_000);
        } else {
            assertThat(wrong).isEmpty();
        }
        assertThat(leavers).as("people who left and are found out").isGreaterThan(seeds / 2);
        assertThat(whole * 100 / harmless)
                .as("percent of %d harmless changes that give a whole read", harmless)
                .isGreaterThan(75);
    }

    private static List<String> ended(Plan plan) {
        return plan.changes()
                .filter(change -> change.kind() == ChangeKind.DISABLE || change.kind() == ChangeKind.DELETE)
                .map(Change::key)
                .toList();
    }

    private static Reconciler reconciler(Connector connector) {
        ReconcilerBuilder builder =
                Reconciler.builder(Source.of(connector), PeopleDirectory.MAPPING, directory.directory());
        for (GuardrailName guardrail : GuardrailName.values()) {
            builder = builder.allow(guardrail);
        }
        return builder.build();
    }
}
