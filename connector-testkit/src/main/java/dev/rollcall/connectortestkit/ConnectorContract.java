package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Capability;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connectortestkit.ScriptedApplication.Reply;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every connector promises, as tests. A connector's own test extends this, names the provider, says how to point
 * it at an application on loopback, and how that application answers when all is well.
 *
 * <pre>{@code
 * class PayrollContractTest extends ConnectorContract {
 *     protected ConnectorProvider provider() { return new PayrollProvider(); }
 *     protected Settings settings(URI application, Secret planted) { ... }
 *     protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) { ... }
 * }
 * }</pre>
 *
 * <p>To see that no secret is logged, run with an SLF4J binding that writes to the console at level TRACE. Not
 * thread-safe: for one thread at a time.
 */
public abstract class ConnectorContract extends FaultContract {
    /** Nothing to prepare here: everything is made for each test. */
    protected ConnectorContract() {}

    @Test
    void its_id_is_found_by_discovery() {
        Connectors found = Connectors.discover(provider().getClass().getClassLoader());

        assertThat(found.ids()).contains(provider().descriptor().id());
    }

    @Test
    void its_settings_are_in_order() {
        assertThat(provider().check(settings(application.address(), PLANTED))).isEmpty();
    }

    @Test
    void creating_it_calls_nobody() {
        open().close();

        assertThat(application.requests()).isEmpty();
    }

    @Test
    void with_its_settings_no_person_is_needed_to_authorize_it() {
        well(1);
        try (Connector connector = open()) {
            assertThat(connector.authorize(AuthorizationRequest.begin()))
                    .isIn(AuthorizationResult.granted(), AuthorizationResult.notNeeded());
            assertThat(fetch(connector)).containsExactly("1");
        }
    }

    @Test
    void a_credential_that_is_refused_is_told_as_such() {
        application.answers(request -> Reply.good(ApplicationAnswer.status(401, "who is " + PLANTED.reveal() + "?")));

        assertThat(failure().kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    }

    @ParameterizedTest(name = "{0} users")
    @CsvSource({"0", "1", "10", "11", "20", "47", "1000"})
    void every_user_comes_once_and_in_order(int count) {
        well(count);

        assertThat(fetch()).containsExactlyElementsOf(ids(count));
    }

    @Test
    void pages_and_connector_may_be_closed_early_and_twice() {
        well(47);
        Connector connector = open();
        PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all());
        pages.next();

        assertThatCode(() -> {
                    pages.close();
                    pages.close();
                    connector.close();
                    connector.close();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void two_threads_fetch_side_by_side() throws Exception {
        well(200);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Connector connector = open()) {
            Future<List<String>> one = threads.submit(() -> fetch(connector));
            Future<List<String>> two = threads.submit(() -> fetch(connector));

            assertThat(one.get()).containsExactlyElementsOf(ids(200));
            assertThat(two.get()).containsExactlyElementsOf(ids(200));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void an_interrupted_fetch_is_cancelled_and_stays_interrupted() {
        well(47);
        try (Connector connector = open()) {
            Thread.currentThread().interrupt();
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> fetch(connector));

            assertThat(Thread.interrupted())
                    .as("the interrupt flag is restored")
                    .isTrue();
            assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
            assertThat(failure.isRetryable()).isFalse();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void it_does_what_its_capabilities_say_and_calls_the_rest_unsupported() {
        well(1);
        try (Connector connector = open()) {
            if (!can(Capability.CHANGED_SINCE)) {
                unsupported(() -> fetch(connector, UserQuery.changedSince(Instant.EPOCH)));
            }
            if (can(Capability.BY_KEYS)) {
                assertThat(fetch(connector, UserQuery.byKeys(List.of("1")))).containsExactly("1");
            } else {
                unsupported(() -> fetch(connector, UserQuery.byKeys(List.of("1"))));
            }
            if (!can(Capability.WEBHOOKS)) {
                unsupported(() -> connector.invokeWebhook(
                        WebhookCall.of("POST", application.address().resolve("/hook"))));
            }
        }
    }

    @Test
    void nothing_printed_shows_the_secret() {
        users(
                47,
                fromTheThirdCallOn(good -> Reply.good(ApplicationAnswer.status(400, "you sent " + PLANTED.reveal())
                        .header("X-Echo", PLANTED.reveal()))));
        Settings settings = settings(application.address(), PLANTED);
        try (Connector connector = open()) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> fetch(connector));
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));

            assertThat(trace + " " + failure.problem() + connector + settings
                            + provider().descriptor())
                    .doesNotContain(PLANTED.reveal());
        }
    }

    private static void unsupported(Runnable call) {
        ConnectorException failure = catchThrowableOfType(ConnectorException.class, call::run);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
    }

    private boolean can(Capability capability) {
        return provider().descriptor().capabilities().contains(capability);
    }
}
