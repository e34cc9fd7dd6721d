package dev.rollcall.rest.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What token endpoints really answer: refusals with status 200, words of their own, pages, a byte order mark. */
class OAuthRefusalTest extends OAuthSuite {
    private ConnectorException failure(int status, String body) {
        server.answers(status, body);
        return catchThrowableOfType(
                ConnectorException.class, () -> clientCredentials().current());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"error":"incorrect_client_credentials","error_description":"id or secret is wrong"} | UNAUTHORIZED | incorrect_client_credentials, id or secret is wrong
            200 | {"ok":false,"error":"invalid_scope"}                                                | REJECTED     | status 200: invalid_scope
            200 | {"error":{"code":"invalid_client","message":"No such client"}}                      | UNAUTHORIZED | invalid_client, No such client
            200 | {"error":"bad_verification_code"}                                                   | CONSENT_REQUIRED | bad_verification_code
            200 | {"code":401,"message":"unknown key"}                                                | UNAUTHORIZED | status 200: 401, unknown key
            200 | {"code":"429","msg":"too many requests for a token"}                                | RATE_LIMITED | 429, too many requests for a token
            200 | {"errorCode":"E0000004","errorSummary":"Authentication failed"}                     | REJECTED     | e0000004, Authentication failed
            200 | {"errcode":40001,"errmsg":"invalid credential"}                                     | REJECTED     | 40001, invalid credential
            200 | {"error_code":"invalid_client_id","error_msg":"no such app"}                        | UNAUTHORIZED | invalid_client_id, no such app
            200 | {"code":99991663,"msg":"app ticket is wrong"}                                       | REJECTED     | 99991663, app ticket is wrong
            200 | {"success":false,"reason":"the client is locked"}                                   | REJECTED     | status 200: the client is locked
            200 | {"success":"false"}                                                                 | REJECTED     | was refused with status 200
            200 | {"status":"error","message":"expired app"}                                          | REJECTED     | status 200: expired app
            200 | {"code":0,"msg":"ok","data":{"access_token":"AT"}}                                  | MALFORMED_RESPONSE | without a token: ok
            200 | {"errcode":0,"errmsg":"ok"}                                                         | MALFORMED_RESPONSE | without a token: ok
            200 | {"success":true,"message":"hello"}                                                  | MALFORMED_RESPONSE | without a token: hello
            200 | {}                                                                                  | MALFORMED_RESPONSE | was answered without a token; check tokenUrl
            201 | {"access_token":"","error":"unauthorized_client"}                                   | UNAUTHORIZED | unauthorized_client
            401 | {"error":"invalid_client","error_description":"Bad secret"}                         | UNAUTHORIZED | invalid_client, Bad secret
            400 | {"error":"invalid_request","reason":"Invalid account id"}                           | REJECTED     | invalid_request
            401 |                                                                                     | UNAUTHORIZED | status 401
            403 | <html><head><title>Stopped</title></head></html>                                    | FORBIDDEN    | an HTML page 'Stopped'; a page instead of the application's own
            """)
    void is_told_with_the_words_of_the_application(int status, String body, FailureKind kind, String words) {
        ConnectorException failure = failure(status, body == null ? "" : body);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(words).hasMessageContaining("the request for a token at 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "s3cret%2F%2B%26%3D%3A%25%7E", "czNjcmV0LysmPTolfg"})
    void never_shows_the_secret_in_any_spelling(String echo) {
        assertThat(failure(200, "{\"error\":\"invalid_client\",\"error_description\":\"unknown: " + echo + "\"}"))
                .hasMessageContaining("invalid_client")
                .hasMessageNotContaining(echo);
    }

    @Test
    void of_a_code_or_refresh_token_does_not_show_it() {
        server.answers(asked -> new OAuthServer.Answer(
                400, "{\"error\":\"invalid_request\",\"error_description\":\"" + asked.form() + "\"}"));
        OAuthTokens tokens = tokens(code(), store);
        String state = parameter(begin(tokens), "state");

        assertThat(catchThrowableOfType(
                        ConnectorException.class,
                        () -> tokens.authorize(dev.rollcall.connector.AuthorizationRequest.finish(
                                answer("code=the-c0de-of-it&state=" + state)))))
                .hasMessageContaining("invalid_request")
                .hasMessageNotContaining("the-c0de-of-it")
                .hasMessageNotContaining(server.asked.get(0).form().get("code_verifier"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ufeff{\"access_token\":\"AT\"}",
                "\ufeff \n{\"access_token\":\"AT\"}",
                "\n {\"access_token\":\"AT\"}"
            })
    void is_not_what_a_byte_order_mark_or_whitespace_makes_of_a_token(String body) {
        server.answers(200, body);

        assertThat(clientCredentials().current().accessToken().reveal()).isEqualTo("AT");
    }

    @Test
    void with_a_byte_order_mark_is_read_too() {
        assertThat(failure(400, "\ufeff{\"error\":\"invalid_scope\"}"))
                .hasMessageContaining("status 400: invalid_scope");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"429, 7, RATE_LIMITED", "503, 7, UNAVAILABLE", "403, 7, RATE_LIMITED"})
    void for_now_has_the_wait_that_the_application_asks_for(int status, String wait, FailureKind kind) {
        server.answers(asked -> new OAuthServer.Answer(status, "{}", "Retry-After", wait));

        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class, () -> clientCredentials().current());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retryAfter()).contains(java.time.Duration.ofSeconds(7));
        assertThat(failure).hasMessageContaining("to be called again in 7s");
    }

    @Test
    void of_a_secret_that_is_encoded_names_the_other_way() {
        assertThat(failure(401, "{\"error\":\"invalid_client\"}")).hasMessageContaining("basic-raw");
    }
}
