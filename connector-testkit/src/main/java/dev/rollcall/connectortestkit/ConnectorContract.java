package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connectortestkit.ScriptedApplication.Reply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every connector promises that calls an application over HTTP, as tests. A connector's own test extends this, names
 * the provider, says how to point it at an application on loopback, and how that application answers when all is well. A
 * connector to anything else extends {@link UserListContract}.
 *
 * <pre>{@code
 * class PayrollContractTest extends ConnectorContract {
 *     protected ConnectorProvider provider() { return new PayrollProvider(); }
 *     protected Settings settings(URI application, Secret planted) { ... }
 *     protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) { ... }
 * }
 * }</pre>
 *
 * <p>No secret may be logged, by any logger. Where SLF4J is on the class path, a backend has to be there too, such as
 * Logback; its level does not matter. Not thread-safe: for one thread at a time.
 */
public abstract class ConnectorContract extends FaultContract {
    /** Nothing to prepare here: everything is made for each test. */
    protected ConnectorContract() {}

    @Test
    void creating_it_calls_nobody() {
        open().close();

        assertThat(application.requests()).isEmpty();
    }

    @Test
    void a_credential_that_is_refused_is_told_as_such() {
        application.answers(request -> Reply.good(ApplicationAnswer.status(401, "who is " + PLANTED.reveal() + "?")));

        assertThat(failure().kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    }

    @Test
    void closed_pages_and_a_closed_connector_call_nobody() {
        Connector connector = open(prepared(ids(47)));
        PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all());
        pages.next();
        pages.close();
        connector.close();
        int calls = application.requests().size();

        assertThat(catchThrowable(() -> read(pages)))
                .as("pages read after close()")
                .isNotNull();
        assertThat(catchThrowable(() -> read(connector)))
                .as("users fetched after close()")
                .isNotNull();
        assertThat(application.requests().subList(calls, application.requests().size()))
                .as("requests after close()")
                .isEmpty();
    }

    @Test
    void an_interrupted_fetch_is_cancelled_and_stays_interrupted() {
        try (Connector connector = open(prepared(ids(47)))) {
            Thread.currentThread().interrupt();
            ConnectorException failure = failureOf("an interrupted fetch", () -> read(connector));

            assertThat(Thread.interrupted())
                    .as("the interrupt flag is restored")
                    .isTrue();
            assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
            assertThat(failure.isRetryable()).isFalse();
        } finally {
            Thread.interrupted();
        }
    }

    @TestFactory
    Stream<DynamicTest> the_response_to_a_webhook_comes_whatever_its_status() {
        return Stream.of(200, 404, 422)
                .filter(status -> can(Capability.WEBHOOKS))
                .map(status -> dynamicTest("status " + status, () -> {
                    application.answers(request -> Reply.good(
                            request.path().equals("/hook")
                                    ? ApplicationAnswer.status(status, "who is " + echo(request))
                                    : users(request, ids(1))));
                    try (Connector connector = open()) {
                        WebhookCall call =
                                WebhookCall.of("POST", application.address().resolve("/hook"));

                        assertThat(connector.invokeWebhook(call).status()).isEqualTo(status);
                    }
                }));
    }

    /** Applications say in their errors what they got: addresses, headers, bodies. */
    @Test
    void what_an_application_echoes_is_shown_without_the_secret() {
        List<String> ids = ids(47);
        for (int status : List.of(400, 401, 403)) {
            for (boolean everything : List.of(true, false)) {
                application.answers(request -> Reply.good(
                        everything || asksForUsers(request)
                                ? ApplicationAnswer.status(status, "you sent " + echo(request))
                                        .header("X-Echo", PLANTED.reveal())
                                : users(request, ids)));

                failure();
            }
        }
    }

    private static String echo(ApplicationRequest request) {
        return PLANTED.reveal() + " " + request.path() + "?" + request.query() + " " + request.headers() + " "
                + request.body();
    }
}
