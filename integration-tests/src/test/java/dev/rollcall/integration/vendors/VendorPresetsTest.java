package dev.rollcall.integration.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.apollo.ApolloProvider;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.elmo.ElmoProvider;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import dev.rollcall.integration.vendors.GeneratedValues.Dose;
import dev.rollcall.pipedrive.PipedriveProvider;
import dev.rollcall.rest.RestProvider;
import dev.rollcall.rest.WebhookDefinition;
import dev.rollcall.rest.WebhookResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every endpoint and webhook that comes with a connector, against the shapes of the vendor's own description of its API:
 * no unknown parameter or property, no null, the required ones there, types right; and what comes back is read.
 */
class VendorPresetsTest {
    private static final int SEEDS = 3;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
    private static final String HEX = "6095a710bd01d100a506d4a1";

    @SuppressWarnings(
            "ImmutableEnumChecker") // its maps and lists are made by Map.of and List.of, and providers have no state
    enum Vendor {
        APOLLO(
                new ApolloProvider(),
                Map.of("type", "api-key", "value", Secret.of("k3y")),
                Map.of(),
                List.of(new Listing("/api/v1/users/search", "users"))),
        PIPEDRIVE(
                new PipedriveProvider(),
                Map.of("type", "api-key", "value", Secret.of("k3y")),
                Map.of("roleId", 2),
                List.of(
                        new Listing(
                                "/api/v1/users",
                                "users",
                                "roles",
                                "permission-sets",
                                "role-assignments",
                                "permissions"),
                        new Listing("/api/v2/persons", "persons"))),
        ELMO(
                new ElmoProvider(),
                Map.of("clientId", "rollcall", "clientSecret", Secret.of("k3y")),
                Map.of(),
                List.of(new Listing(
                        "/core/v1/users",
                        "users",
                        "positions",
                        "departments",
                        "locations",
                        "managers",
                        "legal-entities",
                        "employees")));

        private final RestProvider provider;
        private final Map<String, ?> authorization;
        private final Map<String, ?> settings;
        private final List<Listing> listings;

        Vendor(RestProvider provider, Map<String, ?> authorization, Map<String, ?> settings, List<Listing> listings) {
            this.provider = provider;
            this.authorization = authorization;
            this.settings = settings;
            this.listings = listings;
        }

        ApiDescription description() {
            return ApiDescription.of(name().toLowerCase(Locale.ROOT));
        }

        String key() {
            return provider.descriptor().primaryKey().orElseThrow();
        }

        DescribedApplication application(Dose dose, long seed) throws IOException {
            return new DescribedApplication(description(), new GeneratedValues(seed, dose, key()));
        }

        Settings settings(DescribedApplication application, String key, List<String> endpoints) {
            Value.Fields own = (Value.Fields) Value.from(settings);
            return Settings.of((Value.Fields) Value.from(Map.of(
                    "settings", own.with("baseUrl", Value.of(application.url().toString())),
                    "authorization", authorization,
                    "primaryKey", key,
                    "endpoints", endpoints)));
        }
    }

    /** Endpoints that are read together, and where the first has its records. */
    record Listing(String path, List<String> endpoints) {
        Listing(String path, String... endpoints) {
            this(path, List.of(endpoints));
        }
    }

    static Stream<Arguments> doses() {
        return Stream.of(Vendor.values())
                .flatMap(vendor -> Stream.of(Dose.values()).map(dose -> Arguments.of(vendor, dose)));
    }

    private static List<UserRecord> fetch(Connector connector, UserQuery query) {
        List<UserRecord> users = new ArrayList<>();
        try (PageIterator<UserRecord> pages = connector.fetchUsers(query)) {
            while (pages.hasNext()) {
                users.addAll(pages.next().items());
            }
        }
        return users;
    }

    private static List<String> texts(List<UserRecord> users, String column) {
        return users.stream()
                .map(user -> user.value(column).text().orElseThrow())
                .toList();
    }

    private static List<String> faults(Vendor vendor, DescribedApplication application) {
        return application.requests().stream()
                .flatMap(request -> vendor.description().faults(request).stream())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void every_endpoint_of_the_descriptor_is_checked(Vendor vendor) {
        assertThat(vendor.listings.stream().flatMap(listing -> listing.endpoints().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        vendor.provider.descriptor().endpoints());
    }

    @ParameterizedTest
    @MethodSource("doses")
    void endpoints_ask_as_described_and_read_the_records_by_their_key(Vendor vendor, Dose dose) throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            for (Listing listing : vendor.listings) {
                try (DescribedApplication application = vendor.application(dose, seed);
                        Connector connector = vendor.provider.create(
                                vendor.settings(application, vendor.key(), listing.endpoints()),
                                ConnectorContext.defaults())) {
                    List<UserRecord> users = fetch(connector, UserQuery.all());

                    List<ObjectNode> served = application.served(listing.path());
                    assertThat(texts(users, vendor.key()))
                            .isNotEmpty()
                            .containsExactlyElementsOf(served.stream()
                                    .map(user -> user.get(vendor.key()).asText())
                                    .toList());
                    assertThat(faults(vendor, application)).isEmpty();
                    assertThat(users)
                            .as("a side list that could not be read is unknown")
                            .allSatisfy(user -> assertThat(user.fields().asMap().values())
                                    .noneMatch(Value.Unknown.class::isInstance));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void one_user_is_asked_for_as_described(Vendor vendor, String key) throws IOException {
        try (DescribedApplication application = vendor.application(Dose.ALL, 1);
                Connector connector = vendor.provider.create(
                        vendor.settings(application, key, List.of("users")), ConnectorContext.defaults())) {
            List<UserRecord> all = fetch(connector, UserQuery.all());
            String sought = texts(all, key).get(1);

            assertThat(texts(fetch(connector, UserQuery.byKeys(List.of(sought))), key))
                    .containsExactly(sought);
            assertThat(faults(vendor, application)).isEmpty();
        }
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of(Vendor.PIPEDRIVE, "id"),
                Arguments.of(Vendor.PIPEDRIVE, "email"),
                Arguments.of(Vendor.ELMO, "id"),
                Arguments.of(Vendor.ELMO, "email"));
    }

    /** What a webhook is rendered from: users as they are read, entries, and what an earlier call found. */
    private static List<Map<String, Value.Fields>> scopes(Vendor vendor, List<UserRecord> users) {
        Map<String, ?> found = Map.of("id", vendor == Vendor.APOLLO ? HEX : 17);
        List<Map<String, Value.Fields>> scopes = new ArrayList<>();
        for (UserRecord user : users) {
            scopes.add(Map.of("record", user.fields(), "result", fields(found)));
            scopes.add(Map.of("record", user.fields()));
            scopes.add(Map.of(
                    "record",
                    user.fields()
                            .with("contact_id", Value.of(HEX))
                            .with("account_id", Value.of(HEX))
                            .with("company", Value.of("Acme \"Ä\""))));
        }
        scopes.add(Map.of("entry", fields(ENTRY), "result", fields(found)));
        scopes.add(Map.of("entry", fields(ENTRY)));
        for (String left : ENTRY.keySet()) {
            Map<String, String> few = new HashMap<>(ENTRY);
            few.remove(left);
            scopes.add(Map.of("entry", fields(few), "result", fields(found)));
        }
        scopes.add(Map.of("entry", fields(Map.of("cn", "Ada"))));
        scopes.add(Map.of());
        return scopes;
    }

    private static final Map<String, String> ENTRY = Map.of(
            "employeeNumber",
            "11",
            "cn",
            "Ada \"B\" Byron",
            "givenName",
            "Ada",
            "sn",
            "Byron",
            "mail",
            "ada+x@example.com",
            "title",
            "Analyst",
            "o",
            "Acme");

    private static Value.Fields fields(Map<String, ?> values) {
        return (Value.Fields) Value.from(values);
    }

    @ParameterizedTest
    @MethodSource("doses")
    void webhooks_are_sent_as_described_or_not_at_all(Vendor vendor, Dose dose) throws IOException {
        Set<String> sent = new LinkedHashSet<>();
        List<String> failures = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            try (DescribedApplication application = vendor.application(dose, seed)) {
                Settings settings = vendor.settings(application, vendor.key(), List.of("users"));
                try (Connector connector = vendor.provider.create(settings, ConnectorContext.defaults())) {
                    List<UserRecord> users = fetch(connector, UserQuery.all());
                    for (String name : vendor.provider.descriptor().webhooks()) {
                        WebhookDefinition webhook = vendor.provider.webhook(name, Value.Fields.none(), settings);
                        for (Map<String, Value.Fields> scope : scopes(vendor, users)) {
                            Evaluation known = Evaluation.of(Scope.of(scope)).clock(CLOCK);
                            WebhookCall call;
                            try {
                                call = webhook.render(known);
                            } catch (ConnectorException e) {
                                assertThat(e.kind()).isEqualTo(FailureKind.REJECTED);
                                continue;
                            }
                            WebhookResult result = webhook.judge(connector.invokeWebhook(call), known);
                            sent.add(name);
                            if (!result.isSuccess()
                                    || result.taken().values().stream().anyMatch(Value::isEmpty)) {
                                failures.add(name + " " + scope + ": " + result);
                            }
                        }
                    }
                }
                failures.addAll(faults(vendor, application));
            }
        }
        assertThat(failures).isEmpty();
        assertThat(sent)
                .containsExactlyInAnyOrderElementsOf(
                        vendor.provider.descriptor().webhooks());
    }

    @Test
    void a_request_that_differs_is_found() {
        ApiDescription apollo = Vendor.APOLLO.description();

        assertThat(List.of(
                        request("POST", "/contacts", "{\"first_name\":null}"),
                        request("POST", "/contacts", "{\"firstname\":\"Ada\"}"),
                        request("POST", "/contacts", "{\"run_dedupe\":\"true\"}"),
                        request("POST", "/tasks", "{\"user_id\":\"" + HEX + "\"}"),
                        request("PATCH", "/contacts/", "{}"),
                        request("GET", "/users/search?limit=1", ""),
                        request("GET", "/users/search?page=one", ""),
                        request("POST", "/contacts", "")))
                .allSatisfy(request -> assertThat(apollo.faults(request)).isNotEmpty());
        assertThat(apollo.faults(request("GET", "/users/search?page=1", ""))).isEmpty();
    }

    private static ApiDescription.Request request(String method, String url, String body) {
        String[] parts = url.split("\\?", -1);
        return new ApiDescription.Request(
                method, "/api/v1" + parts[0], parts.length > 1 ? parts[1] : "", "application/json", body);
    }
}
