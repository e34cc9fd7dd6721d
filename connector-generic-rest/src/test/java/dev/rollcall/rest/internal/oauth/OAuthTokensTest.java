package dev.rollcall.rest.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.StoredToken;
import dev.rollcall.connector.TokenStore;
import dev.rollcall.rest.oauth.FileTokenStore;
import dev.rollcall.rest.oauth.OAuthSettings;
import dev.rollcall.rest.oauth.OAuthSettings.ClientAuthentication;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens as they are obtained, kept and renewed; what else a client must do is in {@link OAuthChecklistTest}. */
class OAuthTokensTest extends OAuthSuite {
    @Nested
    class Client_credentials {
        @Test
        void are_sent_form_encoded_in_the_header() {
            server.answers(200, "{'access_token':'AT','token_type':'bearer','expires_in':300}".replace('\'', '"'));

            assertThat(clientCredentials().current().accessToken().reveal()).isEqualTo("AT");

            String expected = URLEncoder.encode("client one", StandardCharsets.UTF_8) + ":"
                    + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
            assertThat(server.asked).singleElement().satisfies(asked -> {
                assertThat(new String(
                                Base64.getDecoder().decode(asked.authorization().substring("Basic ".length())),
                                StandardCharsets.UTF_8))
                        .isEqualTo(expected);
                assertThat(asked.form())
                        .containsEntry("grant_type", "client_credentials")
                        .containsEntry("scope", "users:read admin")
                        .doesNotContainKey("client_secret");
            });
        }

        @Test
        void are_sent_in_the_body_when_asked() {
            server.answers(200, "{\"access_token\":\"AT\"}");
            OAuthSettings settings = OAuthSettings.clientCredentials(server.tokenUrl(), "id", Secret.of(SECRET))
                    .clientAuthentication(ClientAuthentication.BODY)
                    .build();

            tokens(settings, store).current();

            assertThat(server.asked).singleElement().satisfies(asked -> {
                assertThat(asked.authorization()).isEmpty();
                assertThat(asked.form()).containsEntry("client_id", "id").containsEntry("client_secret", SECRET);
            });
        }

        @Test
        void are_asked_for_once_while_the_token_lives() {
            server.answers(200, "{\"access_token\":\"AT\",\"expires_in\":\"300\"}");
            OAuthTokens tokens = clientCredentials();
            tokens.current();
            now = now.plusSeconds(269);
            tokens.current();
            assertThat(server.asked).hasSize(1);

            now = now.plusSeconds(2);
            tokens.current();

            assertThat(server.asked)
                    .as("renewed a tenth of the life before its end")
                    .hasSize(2);
        }

        @ParameterizedTest(name = "{0} {1} is {2}")
        @CsvSource({
            "401, invalid_client, UNAUTHORIZED",
            "401, unauthorized_client, UNAUTHORIZED",
            "401, '', UNAUTHORIZED",
            "400, invalid_scope, REJECTED",
            "400, invalid_grant, CONSENT_REQUIRED",
            "429, '', RATE_LIMITED",
            "503, '', UNAVAILABLE",
            "302, '', UNTRUSTED_ORIGIN",
            "200, '', MALFORMED_RESPONSE",
        })
        void refused_are_told_by_kind(int status, String error, FailureKind kind) {
            server.answers(status, error.isEmpty() ? "" : "{\"error\":\"" + error + "\",\"x\":\"" + SECRET + "\"}");

            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class, () -> clientCredentials().current());

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageNotContaining(SECRET);
        }

        @Test
        void refused_by_a_web_page_do_not_show_the_page() {
            server.answers(500, "<html>" + SECRET + "</html>");

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> clientCredentials().current())
                    .withMessageNotContaining("html");
        }
    }

    @Nested
    class A_person {
        @Test
        void is_sent_to_an_address_with_state_and_an_S256_challenge() throws Exception {
            OAuthTokens tokens = tokens(code(), store);

            String address = begin(tokens);

            assertThat(address).startsWith(server.origin() + "/#/authorize?").contains("code_challenge_method=S256");
            server.answers(200, "{\"access_token\":\"AT\",\"refresh_token\":\"RT\",\"api_domain\":\"https://x.test\"}");
            tokens.authorize(AuthorizationRequest.finish(answer("code=C1&state=" + parameter(address, "state"))));

            Map<String, String> form = server.asked.get(0).form();
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(form.get("code_verifier").getBytes(StandardCharsets.US_ASCII));
            assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(hash))
                    .isEqualTo(parameter(address, "code_challenge"));
            assertThat(form).containsEntry("code", "C1").containsEntry("redirect_uri", REDIRECT.toString());
            assertThat(tokens.current().extra()).containsEntry("api_domain", "https://x.test");
        }

        @Test
        void who_answers_with_another_state_is_refused_before_the_code_is_used() {
            OAuthTokens tokens = tokens(code(), store);
            begin(tokens);

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> tokens.authorize(AuthorizationRequest.finish(answer("code=C&state=AAAA"))))
                    .withMessageContaining("state");
            assertThat(server.asked).isEmpty();
        }

        @Test
        void cannot_use_a_state_twice() {
            server.answers(200, "{\"access_token\":\"AT\"}");
            OAuthTokens tokens = tokens(code(), store);
            URI callback = answer("code=C&state=" + parameter(begin(tokens), "state"));
            tokens.authorize(AuthorizationRequest.finish(callback));

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> tokens.authorize(AuthorizationRequest.finish(callback)));
        }

        @Test
        void who_declines_is_told_so() {
            OAuthTokens tokens = tokens(code(), store);
            String state = parameter(begin(tokens), "state");

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() ->
                            tokens.authorize(AuthorizationRequest.finish(answer("error=access_denied&state=" + state))))
                    .withMessageContaining("access_denied")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.REJECTED));
        }

        @Test
        void sent_back_by_another_issuer_is_refused() {
            OAuthTokens tokens = tokens(code(), store);
            String state = parameter(begin(tokens), "state");

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> tokens.authorize(
                            AuthorizationRequest.finish(answer("code=C&iss=https%3A%2F%2Fevil.test&state=" + state))))
                    .withMessageContaining("issuer");
        }
    }

    @Nested
    class A_refresh {
        @Test
        void keeps_the_refresh_token_when_none_comes_back() {
            stored("old", "R1", Duration.ofSeconds(1));
            now = now.plusSeconds(5);
            server.answers(200, "{\"access_token\":\"new\",\"expires_in\":300}");

            assertThat(tokens(code(), store).current().refreshToken()).contains(Secret.of("R1"));
        }

        @Test
        void is_stored_before_its_token_is_used() {
            stored("old", "R1", Duration.ofSeconds(1));
            now = now.plusSeconds(5);
            server.answers(200, "{\"access_token\":\"new\",\"refresh_token\":\"R2\"}");

            StoredToken used = tokens(code(), store).current();

            assertThat(store.load(code().credential())).contains(used);
        }

        @Test
        void whose_answer_is_lost_needs_a_person_and_is_not_repeated() {
            stored("old", "R1", Duration.ofSeconds(1));
            now = now.plusSeconds(5);
            server.answers(0, "");
            OAuthTokens tokens = tokens(code(), store);

            ConnectorException failure = catchThrowableOfType(ConnectorException.class, tokens::current);

            assertThat(failure.kind()).isEqualTo(FailureKind.CONSENT_REQUIRED);
            assertThat(failure.isRetryable()).isFalse();
        }

        @Test
        void that_is_refused_looks_into_the_store_before_it_gives_up() {
            stored("old", "R1", Duration.ofSeconds(1));
            now = now.plusSeconds(5);
            server.answers(request -> {
                stored("theirs", "R2", Duration.ofMinutes(5)); // somebody else was faster
                return new OAuthServer.Answer(400, "{\"error\":\"invalid_grant\"}");
            });

            assertThat(tokens(code(), store).current().accessToken().reveal()).isEqualTo("theirs");
        }

        @Test
        void for_a_refused_token_happens_only_if_it_is_still_the_current_one() {
            stored("new", "R2", Duration.ofMinutes(5));

            StoredToken other = tokens(code(), store).insteadOf(Secret.of("old"));

            assertThat(other.accessToken().reveal()).isEqualTo("new");
            assertThat(server.asked).isEmpty();
        }

        @Test
        void happens_once_for_eight_threads_and_two_stores_on_one_file(@TempDir Path folder) throws Exception {
            Path file = folder.resolve("tokens.enc");
            Secret key = Secret.of("a passphrase long enough");
            TokenStore first = new FileTokenStore(file, key, new SecureRandom());
            TokenStore second = new FileTokenStore(file, key, new SecureRandom());
            first.save(
                    code().credential(),
                    new StoredToken(Secret.of("old"), Secret.of("R1"), now, now.plusSeconds(1), Map.of()));
            now = now.plusSeconds(5);
            AtomicInteger generation = new AtomicInteger(1);
            server.answers(request -> {
                boolean current = request.form().get("refresh_token").equals("R" + generation.get());
                int next = generation.incrementAndGet();
                return current
                        ? new OAuthServer.Answer(
                                200,
                                "{\"access_token\":\"A" + next + "\",\"refresh_token\":\"R" + next
                                        + "\",\"expires_in\":300}")
                        : new OAuthServer.Answer(400, "{\"error\":\"invalid_grant\"}");
            });
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                OAuthTokens tokens = tokens(code(), i % 2 == 0 ? first : second);
                results.add(threads.submit(() -> tokens.current().accessToken().reveal()));
            }
            for (Future<String> result : results) {
                assertThat(result.get()).isEqualTo("A2");
            }
            threads.shutdown();
            assertThat(server.asked).hasSize(1);
        }
    }
}
