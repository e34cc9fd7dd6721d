package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.Normalized;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.scim.ScimConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One run over the same people at every kind of provider that was seen or that the RFC allows: it does what it shall, or
 * it says what it could not, and in no case is somebody else's account changed, or one made twice.
 */
class ScimProvidersTest {
    private static final String RIGHT = "right";
    private static final Mapping ACCOUNTS = Mapping.builder()
            .forAccounts()
            .key("employeeNumber", "externalId")
            .attribute("userName", "${record.mail | lower}")
            .attribute("name.familyName", "${record.last}")
            .attribute("emails[type eq 'work'].value", "${record.mail | lower}")
            .attribute("emails[type eq 'home'].value", "${record.home}")
            .attribute("title", "${record.title}")
            .attribute("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "${record.department}")
            .build();

    private static Arguments at(String provider, String outcome, Quirk... quirks) {
        return Arguments.of(provider, outcome, quirks);
    }

    static Stream<Arguments> providers() {
        return Stream.of(
                at("by the book", RIGHT),
                at(
                        "SCIM-SDK: versions, scim+json only, conflicts without keyword, no list past the end, bulk",
                        RIGHT,
                        Quirk.ETAGS,
                        Quirk.SCIM_JSON_ONLY,
                        Quirk.CONFLICT_WITHOUT_TYPE,
                        Quirk.NO_RESOURCES_PAST_END,
                        Quirk.NO_TARGET,
                        Quirk.BULK,
                        Quirk.BULK_STATUS_AS_NUMBER),
                at(
                        "SCIMMY: page 1 again, 20 at most, 204, versions that nobody looks at, bulk without places",
                        RIGHT,
                        Quirk.PAGE_ONE_AGAIN,
                        Quirk.TWENTY_AT_MOST,
                        Quirk.ITEMS_AS_ASKED,
                        Quirk.ANSWERS_204,
                        Quirk.VERSIONS_IGNORED,
                        Quirk.CASE_SENSITIVE_FILTER,
                        Quirk.NO_QUOTES_IN_FILTER,
                        Quirk.NO_TARGET,
                        Quirk.BULK,
                        Quirk.BULK_PLACE_AS_PATH),
                at("SCIMMY on express 5: startIndex and count are ignored", "incomplete", Quirk.IGNORES_PAGING),
                at("Keycloak: id in PUT, no versions", RIGHT, Quirk.ID_IN_PUT, Quirk.NO_PATCH),
                at(
                        "Keycloak: attributes that nobody has mapped are answered and dropped",
                        "normalized",
                        Quirk.DROPS_TITLE),
                at(
                        "SCIMple: total 0 past the end, HTML errors, codes in bulk answers",
                        RIGHT,
                        Quirk.TOTAL_ZERO_PAST_END,
                        Quirk.NO_RESOURCES_PAST_END,
                        Quirk.HTML_ERRORS,
                        Quirk.BULK,
                        Quirk.BULK_STATUS_AS_OBJECT),
                at("SCIMple: an unknown path is an internal error", "status-500", Quirk.TITLE_IS_500),
                at("SCIM-SDK: an unknown path is a wrong filter", "invalid-filter", Quirk.TITLE_IS_400),
                at("total 0 always", RIGHT, Quirk.TOTAL_ALWAYS_ZERO, Quirk.TWENTY_AT_MOST),
                at("filters are ignored", RIGHT, Quirk.IGNORES_FILTER, Quirk.CREATED_WITHOUT_PLACE),
                at("no hit is 404", RIGHT, Quirk.NO_HIT_IS_404, Quirk.CREATED_WITHOUT_PLACE),
                at("plain JSON only", RIGHT, Quirk.PLAIN_JSON_ONLY),
                at("PATCH is a wrong method", RIGHT, Quirk.PATCH_IS_405),
                at("PATCH is not supported, and nothing says so", RIGHT, Quirk.NO_PATCH, Quirk.NO_DISCOVERY),
                at("POST answers 200", RIGHT, Quirk.CREATED_AS_200),
                at("POST answers where, and nothing else", RIGHT, Quirk.CREATED_WITHOUT_BODY),
                at("POST answers nothing", RIGHT, Quirk.CREATED_WITHOUT_PLACE),
                at("cursors", RIGHT, Quirk.CURSOR, Quirk.TWENTY_AT_MOST),
                at("cursors that expire", RIGHT, Quirk.CURSOR, Quirk.CURSOR_EXPIRES, Quirk.TWENTY_AT_MOST),
                at("cursors that nobody announced", RIGHT, Quirk.CURSOR_UNANNOUNCED, Quirk.TWENTY_AT_MOST),
                at("cursors without total", RIGHT, Quirk.CURSOR, Quirk.CURSOR_WITHOUT_TOTAL, Quirk.TWENTY_AT_MOST),
                at("cursors in a circle", "incomplete", Quirk.CURSOR, Quirk.CURSOR_CYCLES, Quirk.TWENTY_AT_MOST),
                at("a bare array", RIGHT, Quirk.BARE_LIST),
                at("numbers as texts", RIGHT, Quirk.NUMBERS_AS_TEXT),
                at("names in capitals", RIGHT, Quirk.OTHER_CASE),
                at("null and empty lists", RIGHT, Quirk.NULLS),
                at("JSON that says it is HTML", RIGHT, Quirk.JSON_AS_HTML),
                at("the header is the version, the user tells another", RIGHT, Quirk.ETAG_HEADER),
                at("moved for good", RIGHT, Quirk.MOVED),
                at("bulk that does not say where", RIGHT, Quirk.BULK, Quirk.BULK_WITHOUT_PLACE),
                at("state is answered and kept as it was", "not-kept", Quirk.KEEPS_ACTIVE),
                at("invitations", "not-there", Quirk.INVITES),
                at("no discovery", RIGHT, Quirk.NO_DISCOVERY),
                at("discovery is HTML", RIGHT, Quirk.DISCOVERY_IS_HTML),
                at("discovery is forbidden", RIGHT, Quirk.DISCOVERY_IS_403),
                at("discovery is not there yet", RIGHT, Quirk.DISCOVERY_IS_501),
                at("users under another path", RIGHT, Quirk.USERS_AT_PEOPLE),
                at("users said to be at another host", RIGHT, Quirk.USERS_ELSEWHERE),
                at("schemas", RIGHT, Quirk.SCHEMAS),
                at("schemas in a bare array", RIGHT, Quirk.SCHEMAS_BARE));
    }

    private static List<UserRecord> people() {
        List<UserRecord> people = new ArrayList<>();
        for (int i = 1; i <= 27; i++) {
            if (i != 24) {
                Map<String, Object> person = Lifecycle.person(i);
                person.put("home", i == 2 ? "h2@home.test" : null);
                person.put("enabled", i != 23);
                people.add(UserRecord.of(person));
            }
        }
        return people;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("providers")
    void a_run_is_right_or_says_what_it_could_not(String provider, String expected, Quirk... quirks) {
        try (ScriptedScim server = new ScriptedScim(quirks).people(24);
                ScimConnector connector = server.connector()) {
            for (String number : List.of("1", "2")) {
                server.users.change(
                        "id-" + number,
                        user -> user.withArray("emails")
                                .add(email("work", "u" + number + "@example.test"))
                                .add(email("home", "old@home.test")));
            }
            server.person("stranger@example.test").put("title", "somebody else's");
            String stranger = server.user("stranger@example.test").toString();

            Set<String> told = run(connector);

            assertThat(server.user("stranger@example.test")).hasToString(stranger);
            assertThat(server.users.all())
                    .extracting(user -> user.path("userName").asText())
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(25, 28);
            for (JsonNode user : server.users.all()) {
                boolean leaver =
                        List.of("23", "24").contains(user.path("externalId").asText());
                assertThat(leaver || user.path("active").asBoolean()).isTrue();
            }
            assertThat(server.requests).hasSizeLessThan(300);
            if (expected.equals(RIGHT)) {
                assertThat(told).isEmpty();
                assertThat(server.users.all()).hasSize(28);
                assertThat(server.user("u1@example.test").path("emails")).hasSize(1);
                assertThat(server.user("u2@example.test").path("emails").toString())
                        .contains("h2@home.test");
                assertThat(server.user("u23@example.test").path("active").asBoolean())
                        .isFalse();
                assertThat(server.user("u24@example.test").path("active").asBoolean())
                        .isFalse();
                assertThat(run(connector)).as("a second run").containsExactly("nothing");
            } else {
                assertThat(told).containsExactly(expected);
            }
        }
    }

    private static JsonNode email(String type, String value) {
        return new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(Map.of("type", type, "value", value));
    }

    /** The codes of what went wrong; {@code nothing} if there was nothing to do. */
    private static Set<String> run(ScimConnector connector) {
        Set<String> told = new TreeSet<>();
        Reconciler reconciler = Reconciler.builder(
                        Source.of(people()).active("record.enabled"), ACCOUNTS, AccountTarget.of("scim", connector))
                .guardrails(Guardrails.defaults()
                        .maxModify(Limit.none())
                        .maxAttributeChange(Limit.none())
                        .failures(Limit.none()))
                .build();
        try (Plan plan = reconciler.plan()) {
            assertThat(plan.guardrails().passed()).as(plan.toString()).isTrue();
            assertThat(plan.conflicts()).isEmpty();
            if (plan.isEmpty()) {
                told.add("nothing");
            }
            try (Outcomes outcomes = reconciler.apply(plan)) {
                outcomes.failures().stream().map(Outcome::code).forEach(told::add);
                outcomes.normalized().stream().map(Normalized::attribute).forEach(attribute -> told.add("normalized"));
            }
        } catch (ConnectorException failed) {
            told.add(failed.problem().code());
        }
        return told;
    }
}
