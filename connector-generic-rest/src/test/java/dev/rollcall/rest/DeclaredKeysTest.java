package dev.rollcall.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.endpoint.DecodingReader;
import dev.rollcall.rest.internal.endpoint.EndpointReader;
import dev.rollcall.rest.internal.http.RequestPolicy;
import dev.rollcall.rest.internal.http.ResponseLimits;
import dev.rollcall.rest.internal.paging.PagingSettings;
import dev.rollcall.rest.internal.settings.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a REST connector reads is declared, and what is declared is read. */
class DeclaredKeysTest {
    /** Sources that have every declared key between them, each where it has a meaning. */
    static final List<String> SOURCES = List.of(
            """
            settings: {baseUrl: "https://api.example.test"}
            authorization: {type: api-key, name: x-key, in: header, value: "${env.K}", origins: ["https://a.example.test"],
              allowPlainHttp: false}
            primaryKey: id
            completeness: full
            http: {connectTimeout: 5s, proxy: "http://proxy.example.test:3128", trust: {caFile: none.pem}}
            endpoints:
              - name: users
                method: POST
                url: ${settings.baseUrl}/users
                headers: {Accept: application/json}
                parameters: {fields: all}
                body: {type: json, content: "{}", contentType: application/json}
                request: {timeout: 5s, bodyTimeout: 1m, retries: 1, maxRetryWait: 0s, requestsPerSecond: 0.5, idempotent: true}
                response: {type: csv, charset: utf-8, separator: tab, maxBytes: 1MiB, maxDepth: 5, maxTextLength: 9,
                  maxNumberLength: 9, maxAge: 2d, skipLines: 1, shortLines: empty, nothing: [N/A]}
                records: {at: /data, each: /user, whenNull: empty, whenAbsent: empty}
                errors: [{when: response.status == 403, kind: rate-limited, message: /error, retryAfter: 1m}]
                one: {method: GET, url: "${settings.baseUrl}/users/${key}", headers: {A: b}, parameters: {c: d},
                  body: {type: none}, records: /user}
                paging: {type: page, parameter: page, first: 0, totalPages: /pages, total: /total, size: {parameter: n,
                  value: 10}, in: query, ahead: 2, duplicates: allow, emptyPages: allow, statuses: [200], end: [204],
                  maxPages: 9, maxRecords: 9, maxTime: 1h, maxBytes: 1GiB}
              - name: details
                url: ${settings.baseUrl}/details
                key: id
                lookup: record.department
                as: details
                required: true
                many: true
                paging: {type: offset, parameter: at, hasMore: /more, next: /next}
              - name: calls
                url: ${settings.baseUrl}/calls/${record.id}
                for: users
                concurrency: 2
                paging: {type: announced, total: [/total], ways: [{type: cursor, parameter: c, next: /n}]}
              - name: others
                url: ${settings.baseUrl}/others
                union: true
                paging: {type: cursor, parameter: after, next: {last: id}}
            """,
            "authorization: {type: basic, username: u, password: \"${env.P}\"}",
            "authorization: {type: bearer, prefix: Token, token: \"${env.T}\"}",
            """
            authorization: {type: oauth2, grant: authorization-code, tokenUrl: "https://a.example.test/t", revocationUrl:
              "https://a.example.test/r", clientId: c, clientSecret: "${env.S}", authorizationUrl: "https://a.example.test/a",
              redirectUri: "https://b.example.test/c", pkce: true, clientAuthentication: body, scopes: [a],
              extraParameters: {audience: x}, tokens: {file: none.tokens, key: "${env.LONG_ENOUGH_KEY}"}}
            """);

    @Test
    void every_declared_key_is_read() {
        Set<Setting> used = new LinkedHashSet<>();
        for (String source : SOURCES) {
            assertThat(Sources.read(source).problems())
                    .extracting(Problem::code)
                    .doesNotContain("unknown-key", "wrong-type", "out-of-range", "unknown-word");
            collect(Sources.settings(source).source(), RestSettings.KEYS, used);
        }

        Set<Setting> declared = new LinkedHashSet<>();
        declared(RestSettings.KEYS, declared);
        assertThat(declared).hasSizeGreaterThan(90).isSubsetOf(used);
    }

    private static void collect(Value value, BlockKeys keys, Set<Setting> used) {
        if (value instanceof Value.Items items) {
            items.items().forEach(item -> collect(item, keys, used));
        } else if (value instanceof Value.Fields fields) {
            keys.settings().stream()
                    .filter(setting -> fields.asMap().containsKey(setting.name()))
                    .forEach(setting -> {
                        used.add(setting);
                        collect(fields.get(setting.name()), setting.keys(), used);
                    });
        }
    }

    private static void declared(BlockKeys keys, Set<Setting> found) {
        keys.settings().stream().filter(found::add).forEach(setting -> declared(setting.keys(), found));
    }

    static Stream<Setting> bounded() {
        Set<Setting> declared = new LinkedHashSet<>();
        declared(RestSettings.KEYS, declared);
        return declared.stream()
                .filter(setting -> setting.type() == Setting.Type.INTEGER || setting.type() == Setting.Type.DURATION);
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void a_value_out_of_range_is_refused_and_quoted(Setting setting) {
        List<Problem> problems = new ArrayList<>();
        boolean time = setting.type() == Setting.Type.DURATION;
        String wrong = time ? "PT-5S" : "-1";
        Node node = new Node(
                "block", Value.Fields.none().with(setting.name(), Value.of(wrong)), BlockKeys.of(setting), problems);

        if (time) {
            node.duration(setting.name());
        } else {
            node.number(setting.name());
        }

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).code()).isEqualTo("out-of-range");
        assertThat(problems.get(0).message()).endsWith("; was " + wrong);
    }

    @Test
    void the_declared_defaults_are_those_of_the_code() {
        RequestPolicy policy = RequestPolicy.defaults();
        assertThat(node(EndpointReader.REQUEST_KEYS).duration("timeout")).isEqualTo(policy.timeout());
        assertThat(node(EndpointReader.REQUEST_KEYS).duration("bodyTimeout")).isEqualTo(policy.bodyTimeout());
        assertThat(node(EndpointReader.REQUEST_KEYS).integer("retries")).isEqualTo(policy.retries());
        assertThat(node(EndpointReader.REQUEST_KEYS).duration("maxRetryWait")).isEqualTo(policy.maxRetryWait());
        ResponseLimits limits = ResponseLimits.defaults();
        assertThat(node(DecodingReader.RESPONSE_KEYS).bytes("maxBytes")).isEqualTo(limits.maxBytes());
        assertThat(node(DecodingReader.RESPONSE_KEYS).integer("maxDepth")).isEqualTo(limits.maxDepth());
        assertThat(node(DecodingReader.RESPONSE_KEYS).integer("maxTextLength")).isEqualTo(limits.maxTextLength());
        assertThat(node(DecodingReader.RESPONSE_KEYS).integer("maxNumberLength"))
                .isEqualTo(limits.maxNumberLength());
        PagingSettings undeclared = PagingSettings.undeclared();
        assertThat(node(PagingSettings.KEYS).number("maxPages"))
                .isEqualTo(undeclared.limits().maxPages());
        assertThat(node(PagingSettings.KEYS).number("maxRecords"))
                .isEqualTo(undeclared.limits().maxRecords());
        assertThat(node(PagingSettings.KEYS).duration("maxTime"))
                .isEqualTo(undeclared.limits().maxDuration());
        assertThat(node(PagingSettings.KEYS).bytes("maxBytes")).isEqualTo(undeclared.maxBytes());
        assertThat(node(HttpSettings.KEYS).duration("connectTimeout")).hasSeconds(10);
    }

    @Test
    void a_key_that_is_not_declared_cannot_be_read() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node(HttpSettings.KEYS).text("proxi"))
                .withMessageContaining("'proxi' is not declared");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node(HttpSettings.KEYS).flag("proxy"))
                .withMessageContaining("is read as");
    }

    private static Node node(BlockKeys keys) {
        return new Node("", Value.Fields.none(), keys, new ArrayList<>());
    }
}
