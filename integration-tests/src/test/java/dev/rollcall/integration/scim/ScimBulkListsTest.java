package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.scim.ScimConnector;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of lists for several people at once: what becomes of them must not depend on how many requests they take. */
class ScimBulkListsTest {
    private static final int PEOPLE = 3;

    private static Reconciler reconciler(ScimConnector connector, String attribute, String format) {
        List<UserRecord> people = IntStream.rangeClosed(1, PEOPLE)
                .mapToObj(i -> UserRecord.of(Map.of("id", String.valueOf(i), "roles", List.of("sales"))))
                .toList();
        Mapping mapping = Mapping.builder()
                .forAccounts()
                .key("id", "externalId")
                .attribute("userName", "u${record.id}@example.test")
                .attribute(attribute, format)
                .build();
        return Reconciler.builder(Source.of(people), mapping, AccountTarget.of("crm", connector))
                .allow("maxModify")
                .allow("maxAttributeChange")
                .build();
    }

    @Nested
    class At_a_provider_that_keeps_no_types {
        static Stream<Arguments> lists_and_styles() {
            Map<String, Consumer<Settings.Builder>> styles = Map.of(
                    "bulk", settings -> {},
                    "PATCH", settings -> settings.set("bulk", Value.of(false)),
                    "PUT", settings -> settings.set("patchStyle", Value.of("put")));
            return Stream.of(
                            "emails[type eq 'work'].value",
                            "phoneNumbers[type eq 'work'].value",
                            "addresses[type eq 'work'].streetAddress")
                    .flatMap(list -> styles.entrySet().stream()
                            .map(style -> Arguments.of(list, style.getKey(), style.getValue())));
        }

        @ParameterizedTest(name = "{0} by {1}")
        @MethodSource("lists_and_styles")
        void the_element_is_replaced_once(String list, String style, Consumer<Settings.Builder> settings) {
            String attribute = list.substring(0, list.indexOf('['));
            String part = list.substring(list.lastIndexOf('.') + 1);
            try (ScriptedScim server = new ScriptedScim(Quirk.DROPS_TYPES, Quirk.BULK, Quirk.ETAGS)) {
                server.people(PEOPLE);
                for (int i = 1; i <= PEOPLE; i++) {
                    String old = "old" + i;
                    server.users.change(
                            "id-" + i,
                            user -> user.withArray(attribute).addObject().put(part, old));
                }
                try (ScimConnector connector = server.connector(settings)) {
                    Reconciler reconciler = reconciler(connector, list, "new${record.id}");
                    try (Plan plan = reconciler.plan();
                            Outcomes outcomes = reconciler.apply(plan)) {
                        assertThat(outcomes.failures()).isEmpty();
                        assertThat(outcomes.normalized()).isEmpty();
                    }
                    for (int i = 1; i <= PEOPLE; i++) {
                        JsonNode elements =
                                server.user("u" + i + "@example.test").path(attribute);
                        assertThat(elements).hasSize(1);
                        assertThat(elements.get(0).path(part).asText()).isEqualTo("new" + i);
                    }
                    try (Plan again = reconciler.plan()) {
                        assertThat(again.isEmpty()).isTrue();
                    }
                }
            }
        }
    }

    @Nested
    class At_a_provider_that_answers_and_keeps_what_is_taken_away {
        private List<String> failures(Consumer<Settings.Builder> settings, String roles) {
            try (ScriptedScim server =
                    new ScriptedScim(Quirk.KEEPS_ROLES, Quirk.ANSWERS_204, Quirk.BULK, Quirk.ETAGS)) {
                server.people(PEOPLE);
                for (int i = 1; i <= PEOPLE; i++) {
                    server.users.change("id-" + i, user -> {
                        user.withArray("roles").addObject().put("value", "sales");
                        user.withArray("roles").addObject().put("value", "admin");
                    });
                }
                try (ScimConnector connector = server.connector(settings)) {
                    Reconciler reconciler = reconciler(connector, "roles", roles);
                    try (Plan plan = reconciler.plan();
                            Outcomes outcomes = reconciler.apply(plan)) {
                        return outcomes.failures().stream().map(Outcome::code).toList();
                    }
                }
            }
        }

        @Test
        void the_change_fails_in_bulk_as_alone_whether_all_roles_go_or_one() {
            List<String> kept = List.of("not-kept", "not-kept", "not-kept");
            for (String roles : List.of("${null}", "${record.roles}")) {
                assertThat(failures(settings -> settings.set("bulk", Value.of(false)), roles))
                        .isEqualTo(kept);
                assertThat(failures(settings -> {}, roles)).isEqualTo(kept);
            }
        }
    }

    @Test
    void a_bulk_response_is_believed_for_a_change_that_takes_nothing_away() {
        try (ScriptedScim server = new ScriptedScim(Quirk.BULK, Quirk.ETAGS).people(PEOPLE);
                ScimConnector connector = server.connector()) {
            Reconciler reconciler = reconciler(connector, "title", "Engineer");
            try (Plan plan = reconciler.plan();
                    Outcomes outcomes = reconciler.apply(plan)) {
                assertThat(outcomes.failures()).isEmpty();
            }
            assertThat(server.count("POST /Bulk")).isOne();
            assertThat(server.count("GET /Users/")).isZero();
        }
    }
}
