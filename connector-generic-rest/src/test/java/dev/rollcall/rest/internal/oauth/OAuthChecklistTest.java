package dev.rollcall.rest.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.TokenStore;
import dev.rollcall.rest.Sources;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client of OAuth 2.0 must do (RFC 6749, 6750, 7009, 7636, 9207 and 9700), line by line.
 *
 * <ol>
 *   <li>authorization code only, no implicit and no password grant; PKCE S256: {@link the_grants}, {@link OAuthTokensTest}
 *   <li>state: random, used once, bound, compared before the code is touched; iss: {@link the_state},
 *       {@link OAuthTokensTest}
 *   <li>errors in the callback are typed; a code is sent once: {@link the_callback}, {@link OAuthTokensTest}
 *   <li>redirect_uri the same in both requests, https or loopback: {@link the_redirect_uri}
 *   <li>token request: POST, form in UTF-8, one way of client authentication, form-encoded before Basic:
 *       {@link the_token_request}, {@link OAuthTokensTest}
 *   <li>token answer: any 2xx, types in any case, expiry as number, text or not at all, other members kept:
 *       {@link the_token_answer}, {@link OAuthTokensTest}
 *   <li>refusals by kind; no second try of a refresh that may have been made: {@link a_refusal}, {@link OAuthTokensTest}
 *   <li>expiry by a clock with skew, one renewal at a time: {@link OAuthTokensTest}; over processes, with a real server:
 *       {@code SpringAuthorizationServerTest}
 *   <li>401 renews once and repeats once; 403 does not: {@code OAuthConnectorTest}
 *   <li>bearer in the header only, https only, nothing to another origin: {@link the_token_request},
 *       {@code OAuthConnectorTest}, {@code RedirectFaultTest}
 *   <li>client credentials: a new token instead of a refresh, one per client and scope: {@link client_credentials}
 *   <li>revocation: {@link OAuthRevocationTest}
 *   <li>no secret in any text: {@code SecrecyTest}, {@code FileTokenStoreTest}
 *   <li>Retry-After; only what can be repeated is repeated: {@code PassingFaultTest}, {@code WebhookTest}
 * </ol>
 */
class OAuthChecklistTest extends OAuthSuite {
    private ConnectorException refused(OAuthTokens tokens, String query) {
        return catchThrowableOfType(
                ConnectorException.class, () -> tokens.authorize(AuthorizationRequest.finish(answer(query))));
    }

    private static List<String> problems(String authorization) {
        String yaml = "authorization: {type: oauth2, clientId: a, clientSecret: '${env.S}', " + authorization + "}\n"
                + "endpoints: [{name: users, url: 'https://api.example.test/users'}]\n";
        return Sources.read(yaml).problems().stream().map(Problem::toString).toList();
    }

    @Nested
    class the_grants {
        @ParameterizedTest
        @ValueSource(strings = {"implicit", "password"})
        void that_are_not_safe_are_none(String grant) {
            assertThat(problems("tokenUrl: 'https://t.example.test', grant: " + grant))
                    .singleElement()
                    .asString()
                    .contains("authorization.grant", "client-credentials", "authorization-code");
        }

        @Test
        void come_with_a_verifier_of_32_random_bytes() {
            server.answers(200, "{\"access_token\":\"AT\"}");
            for (int i = 0; i < 2; i++) {
                OAuthTokens tokens = tokens(code(), TokenStore.inMemory());
                String address = begin(tokens);
                assertThat(address).doesNotContain("plain");
                tokens.authorize(AuthorizationRequest.finish(answer("code=C&state=" + parameter(address, "state"))));
            }

            assertThat(server.asked)
                    .extracting(asked -> asked.form().get("code_verifier"))
                    .doesNotHaveDuplicates()
                    .allMatch(verifier -> verifier.matches("[A-Za-z0-9._~-]{43,128}"));
        }

        @Test
        void come_without_one_where_the_application_refuses_it() {
            server.answers(200, "{\"access_token\":\"AT\"}");
            OAuthTokens tokens = tokens(codeBuilder().pkce(false).build(), store);
            String address = begin(tokens);
            tokens.authorize(AuthorizationRequest.finish(answer("code=C&state=" + parameter(address, "state"))));

            assertThat(address).doesNotContain("code_challenge");
            assertThat(server.asked.get(0).form()).doesNotContainKey("code_verifier");
        }
    }

    @Nested
    class the_state {
        @Test
        void cannot_be_guessed() {
            OAuthTokens tokens = tokens(code(), store);
            String first = parameter(begin(tokens), "state");

            assertThat(first).hasSizeGreaterThanOrEqualTo(43).isNotEqualTo(parameter(begin(tokens), "state"));
        }

        @Test
        void belongs_to_the_last_question_and_to_who_asked_it() {
            OAuthTokens tokens = tokens(code(), store);
            String before = parameter(begin(tokens), "state");
            String state = parameter(begin(tokens), "state");

            assertThat(refused(tokens, "code=C&state=" + before)).hasMessageContaining("state");
            assertThat(refused(tokens(code(), store), "code=C&state=" + state)).hasMessageContaining("state");
            assertThat(server.asked).isEmpty();
        }

        @Test
        void is_too_old_after_a_while() {
            OAuthTokens tokens = tokens(code(), store);
            String state = parameter(begin(tokens), "state");
            now = now.plus(Duration.ofMinutes(16));

            assertThat(refused(tokens, "code=C&state=" + state)).hasMessageContaining("too old");
        }

        @Test
        void of_a_named_issuer_is_taken() {
            server.answers(200, "{\"access_token\":\"AT\"}");
            OAuthTokens tokens = tokens(code(), store);
            String state = parameter(begin(tokens), "state");
            String issuer = server.origin().replace(":", "%3A").replace("/", "%2F");

            assertThat(tokens.authorize(
                            AuthorizationRequest.finish(answer("code=C&iss=" + issuer + "&state=" + state))))
                    .isEqualTo(AuthorizationResult.granted());
        }
    }

    @Nested
    class the_callback {
        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                error=access_denied                                   | answered access_denied
                error=server_error&error_description=try%20again      | answered server_error, try again
                error=Bad%0A%1B%5B31m                                 | answered with an error
                error=x_y&error_description=%1B%5B31mred              | answered x_y
                x=1                                                   | neither a code nor an error
                """)
        void may_tell_an_error(String query, String message) {
            OAuthTokens tokens = tokens(code(), store);
            String state = parameter(begin(tokens), "state");

            ConnectorException failure = refused(tokens, query + "&state=" + state);

            assertThat(failure.kind()).isEqualTo(FailureKind.REJECTED);
            assertThat(failure).hasMessageContaining(message).hasMessageNotContaining("\u001b");
            assertThat(server.asked).isEmpty();
        }

        @Test
        void whose_code_may_have_been_used_is_not_sent_again() {
            server.answers(0, "");
            OAuthTokens tokens = tokens(code(), store);
            String state = parameter(begin(tokens), "state");

            ConnectorException failure = refused(tokens, "code=C0DE&state=" + state);

            assertThat(failure.kind()).isEqualTo(FailureKind.AMBIGUOUS);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure).hasMessageNotContaining("C0DE");
            assertThat(server.asked).hasSize(1);
        }
    }

    @Nested
    class the_redirect_uri {
        private static final String CODE = "grant: authorization-code, tokenUrl: 'https://t.example.test',"
                + " authorizationUrl: 'https://t.example.test/a', redirectUri: ";

        @ParameterizedTest
        @ValueSource(strings = {"https://us.example.test/back", "http://127.0.0.1:8400/back", "http://localhost/back"})
        void is_https_or_this_machine(String address) {
            assertThat(problems(CODE + "'" + address + "'")).isEmpty();
        }

        @Test
        void is_nothing_else() {
            assertThat(problems(CODE + "'http://us.example.test/back'"))
                    .singleElement()
                    .asString()
                    .contains("authorization.redirectUri", "without TLS");
        }

        @Test
        void is_where_the_answer_comes() {
            OAuthTokens tokens = tokens(code(), store);
            String address = begin(tokens);
            assertThat(address).contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A8400%2Fcallback");
            URI other = URI.create(answer("code=C&state=" + parameter(address, "state"))
                    .toString()
                    .replace("callback", "other"));

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> tokens.authorize(AuthorizationRequest.finish(other)))
                    .withMessageContaining("another address than redirectUri");
            assertThat(server.asked).isEmpty();
        }
    }

    @Nested
    class the_token_request {
        @Test
        void is_a_form_in_UTF_8_without_a_query() {
            server.answers(200, "{\"access_token\":\"AT\"}");

            tokens(
                            client("clïent", "lire tout")
                                    .clientAuthentication(OAuthSettings.ClientAuthentication.BODY)
                                    .build(),
                            store)
                    .current();

            assertThat(server.asked).singleElement().satisfies(asked -> {
                assertThat(asked.request()).isEqualTo("POST /token application/x-www-form-urlencoded");
                assertThat(asked.form()).containsEntry("client_id", "clïent").containsEntry("scope", "lire tout");
                assertThat(asked.authorization()).isEmpty();
            });
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void follows_no_redirect(int status) throws Exception {
            try (OAuthServer elsewhere = new OAuthServer()) {
                server.redirects(status, elsewhere.tokenUrl());

                ConnectorException failure = catchThrowableOfType(
                        ConnectorException.class, () -> clientCredentials().current());

                assertThat(failure.kind()).isEqualTo(FailureKind.UNTRUSTED_ORIGIN);
                assertThat(elsewhere.asked).isEmpty();
            }
        }
    }

    @Nested
    class the_token_answer {
        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                200 | {"access_token":"AT"}                                                    |
                201 | {"access_token":"AT","token_type":"Bearer","expires_in":3599}            | PT59M59S
                203 | {"access_token":"AT","token_type":"BEARER","expires_in":"3599"}          | PT59M59S
                200 | {"access_token":"AT","token_type":"bearer","expires_in":null}            |
                200 | {"access_token":"AT","token_type":"bot","expires_in":-1,"scope":null}    |
                200 | {"access_token":"AT","expires_in":0}                                     |
                200 | {"access_token":"AT","expires_in":"0"}                                   |
                200 | {"access_token":"AT","expires_in":0.0}                                   |
                200 | {"access_token":"AT","expires_in":""}                                    |
                200 | {"access_token":"AT","expires_in":"never"}                               |
                200 | {"access_token":"AT","expires_in":99999999999999}                        |
                200 | {"access_token":"AT","expires_in":3599.0}                                | PT59M59S
                200 | {"access_token":"AT","expires_in":"3599.9"}                              | PT59M59S
                200 | {"access_token":"AT","expires_in":" 3599 "}                              | PT59M59S
                200 | {"access_token":"AT","expires_in":1e3}                                   | PT16M40S
                """)
        void may_have_many_shapes(int status, String body, Duration life) {
            server.answers(status, body);

            var token = clientCredentials().current();

            assertThat(token.accessToken().reveal()).isEqualTo("AT");
            assertThat(token.expiresAt().map(end -> Duration.between(now, end)).orElse(null))
                    .isEqualTo(life);
        }

        @Test
        void keeps_what_else_is_told_but_no_second_secret() {
            server.answers(
                    200,
                    "{\"access_token\":\"AT\",\"id_token\":\"e.y.J\",\"scope\":\"base,users:read\","
                            + "\"api_domain\":\"https://x.test\",\"created_at\":1718366695,\"more\":{\"a\":1}}");

            assertThat(clientCredentials().current().extra())
                    .isEqualTo(Map.of(
                            "scope", "base,users:read", "api_domain", "https://x.test", "created_at", "1718366695"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"DPoP", "mac"})
        void of_a_type_that_a_header_does_not_prove_is_refused(String type) {
            server.answers(200, "{\"access_token\":\"AT\",\"token_type\":\"" + type + "\"}");

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> clientCredentials().current())
                    .withMessageContaining("type " + type)
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE));
        }
    }

    @Nested
    class a_refusal {
        @ParameterizedTest(name = "{0} {1} is {2}")
        @CsvSource({
            "400, invalid_request, REJECTED",
            "400, unsupported_grant_type, REJECTED",
            "400, invalid_client, UNAUTHORIZED",
            "400, unauthorized_client, UNAUTHORIZED",
            "401, invalid_grant, CONSENT_REQUIRED",
            "403, access_denied, REJECTED",
        })
        void has_a_kind(int status, String error, FailureKind kind) {
            server.answers(
                    status, "{\"success\":false,\"error\":\"" + error + "\",\"error_description\":\"" + SECRET + "\"}");

            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class, () -> clientCredentials().current());

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(error).hasMessageNotContaining(SECRET);
        }

        @Test
        void of_a_refresh_for_good_needs_a_person_and_is_not_repeated() {
            stored("old", "R1", Duration.ofSeconds(1));
            now = now.plusSeconds(5);
            server.answers(400, "{\"error\":\"invalid_grant\"}");

            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class, () -> tokens(code(), store).current());

            assertThat(failure.kind()).isEqualTo(FailureKind.CONSENT_REQUIRED);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(server.asked).hasSize(1);
        }

        /** A server that rotates may have done so before it failed; the same token again would end the whole grant. */
        @Test
        void of_a_refresh_by_a_broken_server_is_not_repeated_in_this_run() {
            stored("old", "R1", Duration.ofSeconds(1));
            now = now.plusSeconds(5);
            server.answers(503, "");
            OAuthTokens tokens = tokens(code(), store);

            ConnectorException failure = catchThrowableOfType(ConnectorException.class, tokens::current);
            assertThat(failure.kind()).isEqualTo(FailureKind.AMBIGUOUS);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure).hasMessageContaining("status 503");

            server.answers(200, "{\"access_token\":\"new\"}");
            assertThat(tokens.current().accessToken().reveal())
                    .as("the next run")
                    .isEqualTo("new");
        }
    }

    @Nested
    class client_credentials {
        @Test
        void are_renewed_by_themselves_whatever_else_was_granted() {
            server.answers(200, "{\"access_token\":\"AT\",\"refresh_token\":\"RT\",\"expires_in\":300}");
            OAuthTokens tokens = clientCredentials();
            tokens.current();
            now = now.plusSeconds(400);
            tokens.current();

            assertThat(server.asked)
                    .hasSize(2)
                    .allMatch(asked -> asked.form().get("grant_type").equals("client_credentials"));
        }

        @Test
        void whose_answer_was_lost_may_be_asked_for_again() {
            server.answers(0, "");

            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class, () -> clientCredentials().current());

            assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failure.isRetryable()).isTrue();
        }

        @Test
        void have_one_token_per_client_and_scope() {
            server.answers(asked -> new OAuthServer.Answer(
                    200, "{\"access_token\":\"for " + asked.form().getOrDefault("scope", "all") + "\"}"));

            for (int i = 0; i < 2; i++) {
                assertThat(access(client("one", "read").build())).isEqualTo("for read");
                assertThat(access(client("one", "write").build())).isEqualTo("for write");
                assertThat(access(client("two", "read").build())).isEqualTo("for read");
                assertThat(access(client("one").build())).isEqualTo("for all");
            }
            assertThat(server.asked).hasSize(4);
        }

        private String access(OAuthSettings settings) {
            return tokens(settings, store).current().accessToken().reveal();
        }
    }
}
