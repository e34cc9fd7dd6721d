package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Capability;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.PageLimits;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.WebhookCall;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every connector promises, whatever it reads: a file, a database, a queue. Nothing here needs HTTP or webhooks; for a
 * connector that calls an application over HTTP, extend {@link ConnectorContract}, which holds all of this and more.
 *
 * <pre>{@code
 * class StaffFileContractTest extends UserListContract {
 *     protected ConnectorProvider provider() { return new StaffFileProvider(); }
 *     protected Settings source(List<String> ids, Secret planted) { ... writes a file, returns settings with its path }
 * }
 * }</pre>
 *
 * <p>Not thread-safe: for one thread at a time.
 */
public abstract class UserListContract extends ContractGround {
    private static final int ROUNDS = 3;

    /** Nothing to prepare here: everything is made for each test. */
    protected UserListContract() {}

    /**
     * {@return settings that point at a source which this method has filled with these users}
     *
     * @param ids the primary keys of all users, in the source's order; numbers as text
     * @param planted the credential to use, if the source needs one
     */
    protected abstract Settings source(List<String> ids, Secret planted);

    /** {@return settings that point at a source which cannot be read, such as a file that is not there; empty by default} */
    protected Optional<Settings> unreadable(Secret planted) {
        return Optional.empty();
    }

    @Override
    final Settings prepared(List<String> ids) {
        return source(ids, PLANTED);
    }

    @Test
    void its_id_is_found_by_discovery() {
        Connectors found = Connectors.discover(provider().getClass().getClassLoader());

        assertThat(found.ids()).contains(provider().descriptor().id());
    }

    @Test
    void its_settings_are_in_order() {
        assertThat(provider().check(prepared(ids(1)))).isEmpty();
    }

    @Test
    void with_its_settings_no_person_is_needed_to_authorize_it() {
        try (Connector connector = open(prepared(ids(1)))) {
            assertThat(connector.authorize(AuthorizationRequest.begin()))
                    .isIn(AuthorizationResult.granted(), AuthorizationResult.notNeeded());
            read(connector).assertWhole(ids(1));
        }
    }

    @ParameterizedTest(name = "{0} users")
    @ValueSource(ints = {0, 1, 10, 11, 20, 47, 1000})
    void every_user_comes_once_and_in_order(int count) {
        try (Connector connector = open(prepared(ids(count)))) {
            read(connector).assertWhole(ids(count));
        }
    }

    @ParameterizedTest(name = "{0} users")
    @ValueSource(ints = {0, 1, 10, 11, 47})
    void a_list_that_does_not_change_gives_no_reason_for_doubt(int count) {
        ListReading reading = new ListReading();
        String key = provider().descriptor().primaryKey().orElse("id");
        try (Connector connector = open(prepared(ids(count)));
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                Page<UserRecord> page = pages.next();
                reading.page(page);
                page.items()
                        .forEach(record ->
                                reading.record(record.value(key).text().orElse(""), record.fingerprint()));
            }
        }
        reading.end();

        assertThat(reading.doubts()).isEmpty();
        assertThat(reading.doubtOfAbsence()).isEmpty();
    }

    @Test
    void the_guards_of_the_host_let_a_whole_read_pass() {
        try (Connector connector = open(prepared(ids(47)));
                PageIterator<UserRecord> pages = PageIterator.guarded(
                        connector.fetchUsers(UserQuery.all()),
                        PageLimits.defaults(),
                        context().clock())) {
            read(pages).assertWhole(ids(47));
        }
    }

    @Test
    void pages_and_connector_may_be_closed_early_and_twice() {
        Connector connector = open(prepared(ids(47)));
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
    void closed_pages_are_not_read_on() {
        try (Connector connector = open(prepared(ids(47)))) {
            PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all());
            boolean whole = pages.next().isLast();
            pages.close();
            AtomicReference<String> answered = new AtomicReference<>("");
            Throwable thrown = catchThrowable(() -> answered.set("hasNext() is " + pages.hasNext()));

            if (!whole) {
                assertThat(thrown)
                        .as(
                                "hasNext() after close() before the last page throws IllegalStateException; pages that ignore"
                                        + " close() go on, and false would mean that all were read; here %s",
                                answered.get())
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void a_closed_connector_is_not_used_on() {
        Connector connector = open(prepared(ids(47)));
        connector.close();

        assertThat(catchThrowable(() -> read(connector)))
                .as("users fetched after close(): a connector that ignores close() holds what it should release")
                .isInstanceOfAny(IllegalStateException.class, ConnectorException.class);
    }

    @Test
    void pages_of_a_closed_connector_do_not_end_early() {
        Connector connector = open(prepared(ids(47)));
        List<String> keys = new ArrayList<>();
        try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            String key = provider().descriptor().primaryKey().orElse("id");
            pages.next().items().forEach(each -> keys.add(each.value(key).text().orElse("")));
            connector.close();
            Throwable failure = catchThrowable(() -> keys.addAll(read(pages).keys()));

            if (failure == null) {
                assertThat(keys)
                        .as("pages that end normally after their connector was closed: an end means that all were read")
                        .containsExactlyElementsOf(ids(47));
            }
        }
    }

    @Test
    void closing_leaves_no_thread() {
        Settings settings = prepared(ids(47));
        useAndClose(settings);
        ThreadWatch watch = ThreadWatch.begin();
        useAndClose(settings);

        assertThat(watch.left())
                .as("threads that the connector started and that still run after close()")
                .isEmpty();
    }

    @Test
    void closing_leaves_no_open_file() {
        assumeTrue(OpenFiles.canBeSeen(), "this system does not list open files under /proc");
        Settings settings = prepared(ids(47));
        useAndClose(settings);
        List<String> before = OpenFiles.now(areSocketsOurs());
        for (int round = 0; round < ROUNDS; round++) {
            useAndClose(settings);
        }

        assertThat(OpenFiles.since(before, areSocketsOurs()))
                .as("files and sockets that are still open after close(), of %d connectors", ROUNDS)
                .isEmpty();
    }

    /** Sockets of the JDK's HTTP client are closed by the garbage collector, so that they prove nothing. */
    boolean areSocketsOurs() {
        return true;
    }

    /** Reads one page, and then all. */
    private void useAndClose(Settings settings) {
        try (Connector connector = provider().create(settings, ThreadWatch.lending(context()))) {
            try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
                pages.next();
            }
            read(connector);
        }
    }

    @Test
    void two_threads_fetch_side_by_side() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Connector connector = open(prepared(ids(200)))) {
            Future<PagesRead> one = threads.submit(() -> read(connector));
            Future<PagesRead> two = threads.submit(() -> read(connector));

            one.get().assertWhole(ids(200));
            two.get().assertWhole(ids(200));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void an_interrupt_does_not_get_lost() {
        try (Connector connector = open(prepared(ids(47)))) {
            Thread.currentThread().interrupt();
            List<String> came = new ArrayList<>();
            Throwable failure = catchThrowable(() -> came.addAll(read(connector).keys()));
            boolean kept = Thread.interrupted();

            assertThat(kept).as("the interrupt flag is restored").isTrue();
            if (failure == null) {
                assertThat(came).containsExactlyElementsOf(ids(47));
            } else {
                assertThat(failure)
                        .as("an interrupted fetch")
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                thrown -> assertThat(thrown.kind()).isEqualTo(FailureKind.CANCELLED));
            }
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void it_does_what_its_capabilities_say_and_calls_the_rest_unsupported() {
        try (Connector connector = open(prepared(ids(1)))) {
            if (!can(Capability.CHANGED_SINCE)) {
                assertUnsupported(
                        "a query by time without CHANGED_SINCE",
                        () -> read(connector, UserQuery.changedSince(Instant.EPOCH)));
            }
            if (can(Capability.BY_KEYS)) {
                read(connector, UserQuery.byKeys(List.of("1"))).assertWhole(ids(1));
            } else {
                assertUnsupported(
                        "a query by keys without BY_KEYS", () -> read(connector, UserQuery.byKeys(List.of("1"))));
            }
            if (!can(Capability.WEBHOOKS)) {
                assertUnsupported(
                        "a webhook without WEBHOOKS",
                        () -> connector.invokeWebhook(WebhookCall.of("POST", URI.create("http://127.0.0.1/hook"))));
            }
            if (!can(Capability.WRITES_ACCOUNTS)) {
                assertUnsupported("accounts() without WRITES_ACCOUNTS", connector::accounts);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> a_source_that_cannot_be_read_is_a_failure() {
        return unreadable(PLANTED).stream()
                .map(settings -> dynamicTest("that unreadable(..) names", () -> {
                    try (Connector connector = open(settings)) {
                        ConnectorException failure = failureOf("a source that cannot be read", () -> read(connector));

                        assertThat(failure.kind()).isNotEqualTo(FailureKind.UNSUPPORTED);
                    }
                }));
    }

    @Test
    void nothing_that_is_shown_holds_the_secret() {
        Settings settings = prepared(ids(11));
        try (Connector connector = open(settings)) {
            assertNoSecret("toString() of the connector", connector.toString());
            assertNoSecret("toString() of the settings", settings.toString());
            assertNoSecret("toString() of the provider", provider().toString());
            assertNoSecret(
                    "toString() of the descriptor", provider().descriptor().toString());
            try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
                while (pages.hasNext()) {
                    Page<UserRecord> page = pages.next();
                    assertNoSecret("the doubts of a page", page.doubts().toString());
                    page.items().forEach(record -> assertNoSecret("a record", record.toString()));
                }
            }
        }
    }

    /** If it were not, no secret would be found in the log, whatever the connector logs. */
    @Test
    void everything_that_is_logged_is_heard() {
        String name = provider().getClass().getName();
        for (String logger : List.of(name, "contract.of.nobody")) {
            for (Map.Entry<String, Consumer<String>> way :
                    LogLibraries.ways(logger).entrySet()) {
                String line = "a line through " + way.getKey() + " of " + logger;
                way.getValue().accept(line);

                assertThat(log().lines())
                        .as(
                                "%s: a line of logger %s at TRACE is lost, and a secret in it would not be found. Put"
                                        + " ch.qos.logback:logback-classic on the test class path, or set the backend to"
                                        + " print all of TRACE to the console",
                                way.getKey(), logger)
                        .anyMatch(heard -> heard.text().contains(line));
            }
        }
    }
}
