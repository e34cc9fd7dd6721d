package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connectortestkit.ScriptedApplication.Reply;
import dev.rollcall.connectortestkit.ScriptedApplication.Spoilt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
public abstract class ConnectorContract {
    private static final Secret PLANTED = Secret.of("PLANTED-5up3r-53cr3t");

    private ScriptedApplication application;
    private ByteArrayOutputStream console;
    private PrintStream realOut;
    private PrintStream realErr;

    /** Nothing to prepare here: everything is made for each test. */
    protected ConnectorContract() {}

    /** {@return the provider under test} */
    protected abstract ConnectorProvider provider();

    /**
     * {@return settings that point at an application, with retries that do not wait where that can be set}
     *
     * @param application the origin of the scripted application
     * @param planted the credential to use wherever one is needed
     */
    protected abstract Settings settings(URI application, Secret planted);

    /**
     * {@return what the application answers to one request when all is well, in pages of at most ten users}
     *
     * @param ids the primary keys of all users, in the application's order; numbers as text
     */
    protected abstract ApplicationAnswer users(ApplicationRequest request, List<String> ids);

    /** {@return what the connector is opened with; a subclass may lend threads here} */
    protected ConnectorContext context() {
        return ConnectorContext.defaults();
    }

    /** {@return whether a request is for users, and not, say, for a token; true by default} */
    protected boolean asksForUsers(ApplicationRequest request) {
        return true;
    }

    /** Starts an application and listens to the console. */
    @BeforeEach
    void start_an_application() {
        application = new ScriptedApplication();
        console = new ByteArrayOutputStream();
        realOut = System.out;
        realErr = System.err;
        PrintStream both = new PrintStream(console, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    /** Stops it, and looks for the secret in all that was printed. */
    @AfterEach
    void find_no_secret_in_what_was_logged() {
        System.setOut(realOut);
        System.setErr(realErr);
        application.close();
        assertThat(console.toString(StandardCharsets.UTF_8)).doesNotContain(PLANTED.reveal());
    }

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

    @ParameterizedTest(name = "{0} users")
    @CsvSource({"0", "1", "10", "11", "20", "47", "1000"})
    void every_user_comes_once_and_in_order(int count) {
        well(count);

        assertThat(fetch()).containsExactlyElementsOf(ids(count));
    }

    @Test
    void a_busy_application_is_asked_again() {
        AtomicInteger calls = new AtomicInteger();
        users(
                47,
                (request, good) -> calls.incrementAndGet() == 2
                        ? Reply.good(ApplicationAnswer.status(429, "slow down").header("Retry-After", "0"))
                        : Reply.good(good));

        assertThat(fetch()).containsExactlyElementsOf(ids(47));
    }

    @Test
    void a_failing_application_is_asked_again() {
        AtomicInteger calls = new AtomicInteger();
        users(
                47,
                (request, good) -> calls.incrementAndGet() == 2
                        ? Reply.good(ApplicationAnswer.status(503, "restarting").header("Retry-After", "0"))
                        : Reply.good(good));

        assertThat(fetch()).containsExactlyElementsOf(ids(47));
    }

    @ParameterizedTest(name = "status {0} is {1}")
    @CsvSource({
        "401, UNAUTHORIZED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
    })
    void a_refusal_for_good_is_told_by_kind_and_is_no_normal_end(int status, FailureKind kind) {
        users(
                47,
                fromTheThirdCallOn(good ->
                        Reply.good(ApplicationAnswer.status(status, "no").header("Retry-After", "0"))));

        assertThat(failure().kind()).isEqualTo(kind);
    }

    @Test
    void a_long_wait_is_left_to_the_host() {
        users(
                47,
                fromTheThirdCallOn(good ->
                        Reply.good(ApplicationAnswer.status(429, "tomorrow").header("Retry-After", "86400"))));

        ConnectorException failure = failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.retryAfter()).hasValue(Duration.ofDays(1));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Spoilt.class,
            names = {"RESET", "EMPTY", "CUT"})
    void a_broken_connection_is_no_normal_end(Spoilt spoilt) {
        users(47, fromTheThirdCallOn(good -> new Reply(good, spoilt)));

        assertThat(failure().kind()).isIn(FailureKind.UNAVAILABLE, FailureKind.MALFORMED_RESPONSE, FailureKind.TIMEOUT);
    }

    @Test
    void half_an_answer_is_no_normal_end() {
        users(
                47,
                fromTheThirdCallOn(good -> Reply.good(new ApplicationAnswer(
                        200,
                        good.headers(),
                        good.body().substring(0, good.body().length() / 2)))));

        assertThat(failure().kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
    }

    @Test
    void a_web_page_instead_of_data_is_no_normal_end() {
        users(
                47,
                fromTheThirdCallOn(good -> Reply.good(
                        new ApplicationAnswer(200, good.headers(), "<html><body>Please log in</body></html>"))));

        assertThat(failure().kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
    }

    @Test
    void an_empty_answer_is_no_normal_end() {
        users(47, fromTheThirdCallOn(good -> Reply.good(new ApplicationAnswer(200, good.headers(), ""))));

        assertThat(failure().kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
    }

    @Test
    void the_same_page_again_and_again_ends_in_a_failure() {
        List<String> first = ids(47);
        AtomicInteger calls = new AtomicInteger();
        List<ApplicationAnswer> pages = new ArrayList<>();
        application.answers(request -> {
            if (!asksForUsers(request)) {
                return Reply.good(users(request, first));
            }
            if (calls.incrementAndGet() <= 2) {
                pages.add(users(request, first));
            }
            return Reply.good(pages.get(pages.size() - 1));
        });

        assertThat(failure().kind()).isIn(FailureKind.MALFORMED_RESPONSE, FailureKind.LIMIT_EXCEEDED);
    }

    @Test
    void a_redirect_to_another_host_is_not_followed_with_credentials() {
        try (ScriptedApplication elsewhere = new ScriptedApplication()) {
            elsewhere.answers(request -> Reply.good(ApplicationAnswer.json("{}")));
            users(
                    47,
                    fromTheThirdCallOn(good -> Reply.good(new ApplicationAnswer(
                            307, java.util.Map.of("Location", elsewhere.address() + "/users"), ""))));

            failure();

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void a_failed_fetch_stays_failed() {
        users(47, fromTheThirdCallOn(good -> Reply.good(ApplicationAnswer.status(403, "no"))));
        try (Connector connector = open();
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            Throwable first = catchThrowable(() -> drain(pages));

            assertThat(first).isInstanceOf(ConnectorException.class);
            assertThat(catchThrowable(() -> drain(pages))).isInstanceOf(ConnectorException.class);
        }
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

    /** Lets the application answer well, with this many users. */
    private void well(int count) {
        users(count, (request, good) -> Reply.good(good));
    }

    /** What becomes of a good answer. */
    @FunctionalInterface
    private interface Spoiling {
        Reply reply(ApplicationRequest request, ApplicationAnswer good);
    }

    private void users(int count, Spoiling spoiling) {
        List<String> ids = ids(count);
        application.answers(request -> {
            ApplicationAnswer good = users(request, ids);
            return asksForUsers(request) ? spoiling.reply(request, good) : Reply.good(good);
        });
    }

    private static Spoiling fromTheThirdCallOn(Function<ApplicationAnswer, Reply> spoil) {
        AtomicInteger calls = new AtomicInteger();
        return (request, good) -> calls.incrementAndGet() >= 3 ? spoil.apply(good) : Reply.good(good);
    }

    private ConnectorException failure() {
        try (Connector connector = open()) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> fetch(connector));
            assertThat(failure)
                    .as("a read that is not whole must not end normally")
                    .isNotNull();
            assertThat(failure.problem().message()).isNotBlank();
            return failure;
        }
    }

    private static void unsupported(Runnable call) {
        ConnectorException failure = catchThrowableOfType(ConnectorException.class, call::run);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
    }

    private boolean can(Capability capability) {
        return provider().descriptor().capabilities().contains(capability);
    }

    private Connector open() {
        return provider().create(settings(application.address(), PLANTED), context());
    }

    private List<String> fetch() {
        try (Connector connector = open()) {
            return fetch(connector);
        }
    }

    private List<String> fetch(Connector connector) {
        return fetch(connector, UserQuery.all());
    }

    private List<String> fetch(Connector connector, UserQuery query) {
        try (PageIterator<UserRecord> pages = connector.fetchUsers(query)) {
            return drain(pages);
        }
    }

    private List<String> drain(PageIterator<UserRecord> pages) {
        String key = provider().descriptor().primaryKey().orElse("id");
        List<String> ids = new ArrayList<>();
        while (pages.hasNext()) {
            Page<UserRecord> page = pages.next();
            page.items().forEach(record -> ids.add(record.value(key).text().orElse("")));
        }
        return ids;
    }

    private static List<String> ids(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }
}
