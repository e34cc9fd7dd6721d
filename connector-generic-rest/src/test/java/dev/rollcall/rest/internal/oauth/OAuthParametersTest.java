package dev.rollcall.rest.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.rest.Sources;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthParametersTest extends OAuthSuite {
    @BeforeEach
    void grants() {
        server.answers(200, "{\"access_token\":\"AT\"}");
    }

    private static List<String> names(String form) {
        return Arrays.stream(form.split("&", -1))
                .map(pair -> pair.substring(0, pair.indexOf('=')))
                .toList();
    }

    @Nested
    class an_extra_parameter {
        @ParameterizedTest
        @CsvSource({"grant_type, account_credentials", "scope, a+b c", "account_id, 77"})
        void is_sent_once(String name, String value) {
            tokens(client("one", "read").extraParameters(Map.of(name, value)).build(), store)
                    .current();

            assertThat(names(server.bodies.get(0))).doesNotHaveDuplicates();
            assertThat(server.asked.get(0).form()).containsEntry(name, value);
        }

        @Test
        void is_sent_once_in_the_body_with_the_client() {
            OAuthSettings settings = client("one")
                    .clientAuthentication(OAuthSettings.ClientAuthentication.BODY)
                    .extraParameters(Map.of("grant_type", "x", "client_id", "another"))
                    .build();
            tokens(settings, store).current();

            assertThat(names(server.bodies.get(0))).doesNotHaveDuplicates();
            assertThat(server.asked.get(0).form())
                    .containsEntry("grant_type", "x")
                    .containsEntry("client_id", "one");
        }

        @Test
        void is_once_in_the_url_and_in_the_exchange_of_the_code() {
            OAuthSettings settings = codeBuilder()
                    .scopes(List.of("read"))
                    .extraParameters(Map.of(
                            "scope", "read,write", "prompt", "consent", "response_type", "token", "state", "stranger"))
                    .build();
            OAuthTokens tokens = tokens(settings, store);
            String address = begin(tokens);
            tokens.authorize(AuthorizationRequest.finish(answer("code=C&state=" + parameter(address, "state"))));

            assertThat(names(address.substring(address.indexOf('?') + 1)))
                    .doesNotHaveDuplicates()
                    .contains("client_id", "redirect_uri", "code_challenge");
            assertThat(address)
                    .contains("scope=read%2Cwrite", "prompt=consent", "response_type=token")
                    .doesNotContain("stranger");
            assertThat(names(server.bodies.get(0))).doesNotHaveDuplicates().doesNotContain("response_type");
            assertThat(server.asked.get(0).form())
                    .containsEntry("scope", "read,write")
                    .containsEntry("grant_type", "authorization_code");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"client_id", "client_secret", "state", "redirect_uri", "code_verifier", "refresh_token"})
        void cannot_be_one_that_identifies_the_client_or_the_grant(String name) {
            String yaml = """
                    authorization: {type: oauth2, grant: client-credentials, tokenUrl: 'https://t.example.test', clientId: a,
                      clientSecret: '${env.S}', extraParameters: {%s: x}}
                    endpoints: [{name: users, url: 'https://api.example.test/users'}]
                    """.formatted(name);

            assertThat(Sources.read(yaml).problems())
                    .extracting(Problem::toString)
                    .singleElement()
                    .asString()
                    .contains("authorization.extraParameters." + name, "cannot be set");
        }
    }

    @Nested
    class the_client {
        private String header(OAuthSettings.ClientAuthentication way, String id, String secret) {
            tokens(
                            OAuthSettings.clientCredentials(server.tokenUrl(), id, Secret.of(secret))
                                    .clientAuthentication(way)
                                    .build(),
                            store)
                    .current();
            String header = server.asked.get(0).authorization();
            return new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
        }

        @ParameterizedTest
        @CsvSource({
            "BASIC, a b, s+/%, a+b:s%2B%2F%25",
            "BASIC_RAW, a b, s+/%, a b:s+/%",
            "BASIC, a.b@c, plain, a.b%40c:plain",
            "BASIC_RAW, a.b@c, plain, a.b@c:plain",
            "BASIC_RAW, one, sé:x, one:sé:x"
        })
        void is_encoded_as_the_application_wants_it(
                OAuthSettings.ClientAuthentication way, String id, String secret, String sent) {
            assertThat(header(way, id, secret)).isEqualTo(sent);
        }

        @Test
        void is_configured_by_name() {
            String yaml = """
                    authorization: {type: oauth2, grant: client-credentials, tokenUrl: 'https://t.example.test', clientId: a,
                      clientSecret: '${env.S}', clientAuthentication: basic-raw}
                    endpoints: [{name: users, url: 'https://api.example.test/users'}]
                    """;

            assertThat(Sources.read(yaml).problems()).isEmpty();
        }
    }

    /** Anybody can call the address that a person comes back to. */
    @Nested
    class a_stranger {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "code=C&state=guessed",
                    "code=C",
                    "error=access_denied",
                    "error=access_denied&state=x",
                    "state="
                })
        void cannot_end_an_authorization(String query) {
            OAuthTokens tokens = tokens(code(), store);
            String state = parameter(begin(tokens), "state");
            URI theirs = answer(query);

            ConnectorException refused = catchThrowableOfType(
                    ConnectorException.class, () -> tokens.authorize(AuthorizationRequest.finish(theirs)));

            assertThat(refused.problem().code()).isEqualTo(AuthorizationRequest.UNKNOWN_STATE);
            assertThat(tokens.authorize(AuthorizationRequest.finish(answer("code=C&state=" + state))))
                    .isEqualTo(AuthorizationResult.granted());
        }

        @Test
        void cannot_end_it_at_another_address() {
            OAuthTokens tokens = tokens(code(), store);
            String state = parameter(begin(tokens), "state");
            URI theirs = URI.create(answer("code=C&state=" + state).toString().replace("/callback", "/other"));

            assertThatThrownBy(() -> tokens.authorize(AuthorizationRequest.finish(theirs)))
                    .isInstanceOf(ConnectorException.class);

            assertThat(tokens.authorize(AuthorizationRequest.finish(answer("code=C&state=" + state))))
                    .isEqualTo(AuthorizationResult.granted());
        }
    }
}
