package dev.rollcall.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table from HTTP status to kind to retry, row by row, for each of those who call: a list by GET and by POST, a client
 * such as SCIM, webhooks, and token requests.
 */
class StatusTableTest {
    private static final String ORIGIN = "http://127.0.0.1:1";
    private static final int RETRIES = 2;

    /**
     * A row.
     *
     * @param title as the documentation has it
     * @param statuses that it is tried with
     */
    private record Row(String title, FailureKind kind, Again again, List<Integer> statuses) {
        @Override
        public String toString() {
            return title;
        }

        /** {@return how many requests a call makes that keeps getting such a status} */
        int requests(boolean repeatable) {
            boolean again = this.again == Again.ALWAYS || (this.again != Again.NEVER && repeatable);
            return again ? 1 + RETRIES : 1;
        }
    }

    private enum Again {
        NEVER("never"),
        UNLESS_ACCOUNT_WRITE("a repeatable call, but not an account write"),
        IF_REPEATABLE("a repeatable call"),
        ALWAYS("any call");

        private final String documented;

        Again(String documented) {
            this.documented = documented;
        }
    }

    private static Stream<Row> rows() {
        return Stream.of(
                new Row("401, 407", FailureKind.UNAUTHORIZED, Again.NEVER, List.of(401, 407)),
                new Row("403", FailureKind.FORBIDDEN, Again.NEVER, List.of(403)),
                new Row("404, 410", FailureKind.NOT_FOUND, Again.NEVER, List.of(404, 410)),
                new Row("408", FailureKind.TIMEOUT, Again.IF_REPEATABLE, List.of(408)),
                new Row("413", FailureKind.LIMIT_EXCEEDED, Again.NEVER, List.of(413)),
                new Row("429", FailureKind.RATE_LIMITED, Again.ALWAYS, List.of(429)),
                new Row(
                        "other 4xx",
                        FailureKind.REJECTED,
                        Again.NEVER,
                        List.of(400, 402, 405, 409, 412, 415, 418, 422, 451)),
                new Row("501, 505", FailureKind.REJECTED, Again.NEVER, List.of(501, 505)),
                new Row("500", FailureKind.UNAVAILABLE, Again.UNLESS_ACCOUNT_WRITE, List.of(500)),
                new Row(
                        "other 5xx",
                        FailureKind.UNAVAILABLE,
                        Again.IF_REPEATABLE,
                        List.of(502, 503, 504, 507, 520, 524)),
                new Row(
                        "300, 304 and other 3xx that are not followed",
                        FailureKind.MALFORMED_RESPONSE,
                        Again.NEVER,
                        List.of(304)));
    }

    private static ScriptedTransport answering(int status) {
        return new ScriptedTransport(request -> ScriptedTransport.json(status, "{}"));
    }

    private static RestConnector connector(ScriptedTransport application, String endpoint) {
        String source = "settings: {baseUrl: '" + ORIGIN + "'}\nprimaryKey: id\nendpoints: [{name: users, url: '"
                + ORIGIN + "/users', " + endpoint + "request: {retries: " + RETRIES + "}}]\n";
        return Sources.connector(source, application, new Sources.NoWaiting());
    }

    private static ConnectorException failure(Row row, int status, Runnable call) {
        ConnectorException failure = catchThrowableOfType(ConnectorException.class, call::run);
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(row.kind());
        assertThat(failure).hasMessageContaining("status " + status);
        return failure;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void of_a_list(Row row) {
        for (int status : row.statuses()) {
            ScriptedTransport byGet = answering(status);
            failure(row, status, () -> Sources.fetch(connector(byGet, "")));
            assertThat(byGet.requests()).as("GET, status %d", status).hasSize(row.requests(true));

            ScriptedTransport byPost = answering(status);
            failure(row, status, () -> Sources.fetch(connector(byPost, "method: POST, ")));
            assertThat(byPost.requests()).as("POST, status %d", status).hasSize(row.requests(false));
        }
    }

    /** As SCIM makes them: reads, and writes of one account each. */
    @ParameterizedTest
    @MethodSource("rows")
    void of_a_single_call(Row row) {
        for (int status : row.statuses()) {
            assertThat(RestClient.failureKind(status)).isEqualTo(row.kind());
            single(row, status, "GET", true, row.requests(true));
            single(row, status, "PATCH", true, row.requests(row.again() != Again.UNLESS_ACCOUNT_WRITE));
            single(row, status, "POST", false, row.requests(false));
        }
    }

    private static void single(Row row, int status, String method, boolean repeatable, int requests) {
        ScriptedTransport application = answering(status);
        RestClient client = connector(application, "").client();
        WebhookCall request = WebhookCall.of(method, URI.create(ORIGIN + "/Users/1"));

        if (row.again() == Again.NEVER || row.again() == Again.UNLESS_ACCOUNT_WRITE) {
            assertThat(client.send("a call", request, repeatable).status()).isEqualTo(status);
        } else {
            failure(row, status, () -> client.send("a call", request, repeatable));
        }
        assertThat(application.requests()).as("%s, status %d", method, status).hasSize(requests);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void of_a_webhook(Row row) {
        for (int status : row.statuses()) {
            for (boolean repeatable : List.of(true, false)) {
                ScriptedTransport application = answering(status);
                WebhookCall call = WebhookCall.of(repeatable ? "PUT" : "POST", URI.create(ORIGIN + "/hook"));

                WebhookResponse response = connector(application, "").invokeWebhook(call);

                assertThat(response.status()).isEqualTo(status);
                assertThat(application.requests())
                        .as("repeatable %s, status %d", repeatable, status)
                        .hasSize(row.requests(repeatable));
            }
        }
    }

    /** A redirect of a token request is a kind of its own: it would carry the secret elsewhere. */
    @ParameterizedTest
    @MethodSource("rows")
    void of_a_token_request(Row row) {
        for (int status : row.statuses().stream().filter(each -> each >= 400).toList()) {
            ScriptedTransport application = answering(status);
            String source = """
                    authorization:
                      type: oauth2
                      grant: client-credentials
                      tokenUrl: %1$s/token
                      clientId: rollcall
                      clientSecret: "${env.SECRET}"
                    """.formatted(ORIGIN) + "primaryKey: id\nendpoints: [{name: users, url: '" + ORIGIN
                    + "/users', request: {retries: " + RETRIES + "}}]\n";
            RestConnector connector = RestConnector.of(
                    Sources.read(source), ConnectorContext.defaults(), application, new Sources.NoWaiting());

            failure(row, status, () -> connector.authorize(AuthorizationRequest.begin()));
            assertThat(application.requests())
                    .as("authorize, status %d", status)
                    .hasSize(1);
            failure(row, status, () -> Sources.fetch(connector));
            assertThat(application.requests()).as("a list, status %d", status).hasSize(1 + row.requests(true));
        }
    }

    @Test
    void is_documented_row_by_row() {
        List<String> rows = rows().map(
                        row -> "| " + row.title() + " | " + row.kind() + " | " + row.again().documented + " |")
                .toList();

        assertThat(Docs.lines("rest-responses.md")).containsSubsequence(rows);
    }
}
