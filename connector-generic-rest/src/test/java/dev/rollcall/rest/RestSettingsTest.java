package dev.rollcall.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.endpoint.EndpointDefinition;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RestSettingsTest {
    private static List<String> problems(String yaml) {
        return Sources.read(yaml).problems().stream()
                .map(problem -> problem.code() + " " + problem.path())
                .toList();
    }

    private static Problem only(String yaml) {
        List<Problem> problems = Sources.read(yaml).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    @Test
    void everything_that_can_be_said_is_read() {
        assertThat(Sources.read("""
                settings: {baseUrl: https://api.example.test/v1, team: blue}
                authorization: {type: api-key, name: x-api-key, in: header, value: "${env.KEY}"}
                primaryKey: person.id
                completeness: delta
                http: {connectTimeout: 5s}
                endpoints:
                  - name: users
                    method: POST
                    url: ${settings.baseUrl}/users?team=${settings.team}
                    headers: {X-A: "1"}
                    parameters: {since: "${run.lastSuccess}"}
                    body: {type: json, content: '{"q": "x"}', contentType: application/vnd.api+json}
                    records: {at: /data, whenNull: empty, whenAbsent: empty}
                    paging: {type: offset, parameter: start, first: 0, hasMore: /more, next: /next, total: /total,
                             size: {parameter: limit, value: 100}, in: body, ahead: 2, maxPages: 10, maxRecords: 1000,
                             maxTime: 1h, maxBytes: 10MiB}
                    request: {timeout: 500ms, bodyTimeout: PT1M, retries: 2, maxRetryWait: 2m, requestsPerSecond: 0.5,
                              idempotent: true}
                    response: {type: json, charset: utf-8, separator: ";", maxBytes: 1GiB, maxDepth: 20,
                               maxTextLength: 1000, maxNumberLength: 20}
                    errors: [{when: response.body.success == false, kind: rate-limited, message: /error}]
                    required: true
                    one: {url: "${settings.baseUrl}/users/${key}", records: /data}
                """).problems()).isEmpty();
    }

    @Test
    void every_mistake_is_told_at_once_with_its_place() {
        assertThat(problems("""
                settings: {baseUrl: https://api.example.test}
                authorization: {type: beerer, token: "${env.T}"}
                primaryKye: id
                completeness: half
                endpoints:
                  - nmae: users
                    url: ${settings.baseUlr}/users
                    headers: {Host: x}
                    records: data.users
                    paging: {type: page, firts: 1, maxPages: many}
                    request: {timeout: soon, retries: -1}
                """))
                .containsExactlyInAnyOrder(
                        "unknown-word authorization.type",
                        "unknown-key authorization.token",
                        "unknown-key primaryKye",
                        "unknown-word completeness",
                        "missing endpoints[0].name",
                        "unknown-key endpoints[0].nmae",
                        "unknown-setting endpoints[0].url",
                        "wrong-value endpoints[0].headers.Host",
                        "wrong-value endpoints[0].records",
                        "missing endpoints[0].paging.parameter",
                        "unknown-key endpoints[0].paging.firts",
                        "wrong-type endpoints[0].paging.maxPages",
                        "wrong-type endpoints[0].request.timeout",
                        "out-of-range endpoints[0].request.retries");
    }

    @Test
    void a_mistyped_word_gets_a_suggestion() {
        Problem problem = only("""
                settings: {baseUrl: https://api.example.test}
                endpoints: [{name: users, url: "${settings.baseUlr}/users"}]
                """);

        assertThat(problem.remedy()).isEqualTo("did you mean 'baseUrl'?");
    }

    @Test
    void a_pointer_in_another_notation_is_shown_as_it_should_be() {
        assertThat(only("endpoints: [{name: users, url: 'https://a.test/users', records: data.users}]")
                        .remedy())
                .contains("/data/users");
    }

    @Test
    void the_last_success_may_not_narrow_a_full_source() {
        assertThat(problems("""
                endpoints: [{name: users, url: "https://a.test/users", parameters: {since: "${run.lastSuccess}"}}]
                """)).containsExactly("full-source endpoints[0].parameters.since");
    }

    @Test
    void only_settings_decide_about_the_host() {
        assertThat(
                        problems(
                                "endpoints: [{name: users, url: 'https://${run.lastSuccess}.test/users'}]\ncompleteness: delta"))
                .containsExactly("wrong-value endpoints[0].url");
    }

    @Nested
    class credentials {
        @Test
        void stand_in_no_file() {
            assertThat(problems("""
                    authorization: {type: bearer, token: abc}
                    endpoints: [{name: users, url: "https://a.test/users"}]
                    """)).containsExactly("secret-in-clear authorization.token");
        }

        @Test
        void go_to_other_machines_over_tls_only() {
            String source = """
                    authorization: {type: basic, username: u, password: "${env.P}"%s}
                    endpoints: [{name: users, url: "http://a.test/users"}]
                    """;

            assertThat(problems(source.formatted(""))).containsExactly("plain-http endpoints[0].url");
            assertThat(problems(source.formatted(", allowPlainHttp: true"))).isEmpty();
            assertThat(problems(source.formatted("").replace("a.test", "127.0.0.1:8080")))
                    .isEmpty();
        }

        @Test
        void go_to_one_origin_unless_others_are_named() {
            String source = """
                    authorization: {type: bearer, token: "${env.T}"%s}
                    endpoints: [{name: users, url: "https://a.test/users", one: {url: "https://b.test/${key}"}}]
                    """;

            assertThat(problems(source.formatted(""))).containsExactly("untrusted-origin endpoints[0].url");
            assertThat(problems(source.formatted(", origins: ['https://b.test']")))
                    .isEmpty();
        }

        @Test
        void are_in_no_printout() {
            RestSettings settings = Sources.read("""
                    settings: {baseUrl: https://a.test, key: "${env.K}"}
                    authorization: {type: bearer, token: "${env.T}"}
                    endpoints: [{name: users, url: "${settings.baseUrl}/${env.T}", headers: {X-Key: "${env.K}"},
                                 parameters: {k: "${env.K}", "n": "${env.K}${"}}]
                    """);

            assertThat(settings.problems()).isNotEmpty();
            assertThat(settings.problems().toString() + settings + settings.endpoints() + settings.authorization())
                    .doesNotContain(Sources.SECRET);
        }
    }

    @Nested
    class presets {
        private static final ConnectorDescriptor DESCRIPTOR =
                ConnectorDescriptor.builder("crm").primaryKey("id").build();
        private static final Value.Fields PRESETS = Sources.settings("""
                settings: {baseUrl: https://crm.test}
                endpoints:
                  - {name: users, url: "${settings.baseUrl}/users", records: /data,
                     paging: {type: page, parameter: page, totalPages: /pages, size: {parameter: per_page, value: 100}}}
                  - {name: staff, url: "${settings.baseUrl}/staff", records: /data}
                """).source();

        private static RestSettings read(String yaml) {
            return RestSettings.read(Sources.settings(yaml), DESCRIPTOR, PRESETS);
        }

        @Test
        void are_taken_by_name() {
            RestSettings settings = read("endpoints: [staff]");

            assertThat(settings.problems()).isEmpty();
            assertThat(settings.endpoints())
                    .extracting(EndpointDefinition::name)
                    .containsExactly("staff");
        }

        @Test
        void are_changed_key_by_key() {
            RestSettings settings = read("endpoints: [{name: users, paging: {size: {value: 30}}}]");

            assertThat(settings.endpoints().get(0).pager().first().parameters())
                    .containsEntry("page", Value.of(1))
                    .containsEntry("per_page", Value.of(30));
        }

        @Test
        void leave_nothing_of_another_type_behind() {
            RestSettings settings =
                    read("endpoints: [{name: users, paging: {type: cursor, parameter: c, next: /next}}]");

            assertThat(settings.problems()).isEmpty();
            assertThat(settings.endpoints().get(0).pager().first().parameters()).isEmpty();
        }

        @Test
        void that_do_not_exist_are_told() {
            assertThat(read("endpoints: [usres]").problems())
                    .anySatisfy(problem -> assertThat(problem.remedy()).isEqualTo("did you mean 'users'?"));
        }
    }
}
