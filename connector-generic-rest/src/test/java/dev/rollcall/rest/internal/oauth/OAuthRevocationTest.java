package dev.rollcall.rest.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.TokenStore;
import dev.rollcall.rest.oauth.FileTokenStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was granted is given back (RFC 7009), and forgotten. */
class OAuthRevocationTest extends OAuthSuite {
    private OAuthTokens revocable(TokenStore in) {
        return tokens(codeBuilder().revocationUrl(server.tokenUrl()).build(), in);
    }

    @Test
    void gives_the_refresh_token_back_and_forgets_it(@TempDir Path folder) {
        TokenStore file =
                new FileTokenStore(folder.resolve("t.enc"), Secret.of("a passphrase long enough"), new SecureRandom());
        stored("old", "R1", null);
        file.save(code().credential(), store.load(code().credential()).orElseThrow());
        server.answers(200, "");

        for (TokenStore each : List.of(store, file)) {
            OAuthTokens tokens = revocable(each);
            assertThat(tokens.authorize(AuthorizationRequest.revoke())).isEqualTo(AuthorizationResult.revoked());

            assertThat(each.load(code().credential())).isEmpty();
            assertThat(catchThrowableOfType(ConnectorException.class, tokens::current)
                            .kind())
                    .isEqualTo(FailureKind.CONSENT_REQUIRED);
        }
        assertThat(server.asked).hasSize(2).allSatisfy(asked -> {
            assertThat(asked.form()).isEqualTo(Map.of("token", "R1", "token_type_hint", "refresh_token"));
            assertThat(asked.authorization()).startsWith("Basic ");
        });
    }

    @Test
    void of_nothing_calls_nobody() {
        assertThat(revocable(store).authorize(AuthorizationRequest.revoke())).isEqualTo(AuthorizationResult.revoked());
        assertThat(server.asked).isEmpty();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"503, UNAVAILABLE", "400, REJECTED", "401, UNAUTHORIZED", "0, AMBIGUOUS"})
    void that_fails_keeps_the_token_to_be_tried_again(int status, FailureKind kind) {
        stored("old", "R1", null);
        server.answers(status, "{\"error\":\"unsupported_token_type\"}");

        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class, () -> revocable(store).authorize(AuthorizationRequest.revoke()));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(store.load(code().credential())).isPresent();
    }

    @Test
    void needs_an_address() {
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> tokens(code(), store).authorize(AuthorizationRequest.revoke()))
                .withMessageContaining("revocationUrl");
    }
}
