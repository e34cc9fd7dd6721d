package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.connectortestkit.FileProvider.FileConnector;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each connector here breaks one promise, and the contract has to name it. */
class BrokenConnectorsTest {
    private static BiFunction<Path, String, Connector> broken = (file, secret) -> new FileConnector(file);
    private static final List<CountDownLatch> THREADS = Collections.synchronizedList(new ArrayList<>());
    private static final List<InputStream> FILES = Collections.synchronizedList(new ArrayList<>());

    /** The contract of the connector that a test breaks. It is run by that test alone. */
    static class Contract extends FileContractTest {
        @Override
        protected ConnectorProvider provider() {
            return new FileProvider() {
                @Override
                public Connector create(Settings settings, ConnectorContext context) {
                    return broken.apply(
                            Path.of(settings.text("file")),
                            settings.secret("password").reveal());
                }
            };
        }
    }

    @AfterEach
    void end_what_was_left_open() throws IOException {
        THREADS.forEach(CountDownLatch::countDown);
        for (InputStream file : FILES) {
            file.close();
        }
    }

    /** {@return the failures of the contract by the name of the test} */
    private static Map<String, String> failures(BiFunction<Path, String, Connector> connector) {
        broken = connector;
        Map<String, String> failures = new java.util.TreeMap<>();
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Contract.class))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .forEach(event -> failures.merge(
                        event.getTestDescriptor().getLegacyReportingName().replaceAll("[(\\[].*", ""),
                        message(event),
                        (one, two) -> one + "\n" + two));
        return failures;
    }

    private static String message(Event event) {
        return event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage();
    }

    @Test
    void one_that_keeps_its_promises_passes() {
        assertThat(failures((file, secret) -> new FileConnector(file))).isEmpty();
    }

    static Stream<Arguments> leaks() {
        List<Map.Entry<String, UnaryOperator<String>>> forms = List.of(
                Map.entry("in clear", secret -> secret),
                Map.entry(
                        "in Base64",
                        secret -> Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))),
                Map.entry(
                        "in Base64",
                        secret -> "Basic "
                                + Base64.getUrlEncoder()
                                        .encodeToString(("ada:" + secret).getBytes(StandardCharsets.UTF_8))),
                Map.entry("URL-encoded", secret -> "?key=" + URLEncoder.encode(secret, StandardCharsets.UTF_8)));
        Map<String, Consumer<String>> ways = Map.of(
                "standard output", line -> System.out.println(line),
                "standard error", line -> System.err.println(line),
                "logger com.example.jul of java.util.logging at FINEST",
                        line -> java.util.logging.Logger.getLogger("com.example.jul")
                                .finest(line),
                "logger com.example.own of java.util.logging at FINE", BrokenConnectorsTest::withALevelOfItsOwn,
                "logger com.example.system of java.util.logging at FINER",
                        line -> System.getLogger("com.example.system").log(System.Logger.Level.TRACE, line),
                "logger org.driver.Wire of Logback at TRACE",
                        line -> org.slf4j.LoggerFactory.getLogger("org.driver.Wire")
                                .trace("{}", line),
                "logger org.driver.Keys of Logback at DEBUG",
                        line -> org.slf4j.LoggerFactory.getLogger("org.driver.Keys")
                                .atDebug()
                                .addKeyValue("key", line)
                                .log("sent"),
                "logger org.driver.Pool of Logback at WARN",
                        line -> org.slf4j.LoggerFactory.getLogger("org.driver.Pool")
                                .warn("refused", new IllegalStateException("outer", new IOException(line))),
                "logger org.driver.Log4j of Log4j at TRACE",
                        line -> LogLibraries.ways("org.driver.Log4j")
                                .get("Log4j")
                                .accept(line));
        return ways.entrySet().stream()
                .flatMap(way -> forms.stream()
                        .map(form -> Arguments.of(way.getKey(), form.getKey(), way.getValue(), form.getValue())));
    }

    private static final java.util.logging.Logger OWN = java.util.logging.Logger.getLogger("com.example.own");

    private static void withALevelOfItsOwn(String line) {
        OWN.fine(line);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("leaks")
    void a_secret_in_any_log_is_found(String where, String how, Consumer<String> log, UnaryOperator<String> form) {
        OWN.setLevel(java.util.logging.Level.SEVERE);
        OWN.setUseParentHandlers(false);
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            List<String> lines(int from) {
                log.accept("opening with " + form.apply(secret));
                return super.lines(from);
            }
        });

        assertThat(failures.get("every_user_comes_once_and_in_order"))
                .contains(where + ": the credential of the settings must not be there", how, "opening with");
        assertThat(OWN.getLevel()).isEqualTo(java.util.logging.Level.SEVERE);
        assertThat(OWN.getHandlers()).isEmpty();
    }

    @Test
    void a_secret_in_a_failure_is_found() {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            List<String> lines(int from) {
                if (!Files.exists(file)) {
                    String url = "jdbc:x?password=" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
                    throw new ConnectorException(
                            FailureKind.UNAVAILABLE,
                            Problem.of("file", "", "cannot be read", ""),
                            null,
                            new IOException("cannot open " + url));
                }
                return super.lines(from);
            }
        });

        assertThat(failures).containsOnlyKeys("a_source_that_cannot_be_read_is_a_failure");
        assertThat(failures.get("a_source_that_cannot_be_read_is_a_failure"))
                .contains("the failure of a source that cannot be read", "URL-encoded", "password=[the secret]");
    }

    @Test
    void a_secret_in_what_the_connector_prints_as_is_found() {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            public String toString() {
                return "connector with " + secret;
            }
        });

        assertThat(failures).containsOnlyKeys("nothing_that_is_shown_holds_the_secret");
        assertThat(failures.get("nothing_that_is_shown_holds_the_secret"))
                .contains("toString() of the connector", "in clear: connector with [the secret]");
    }

    static Stream<Arguments> wrongLists() {
        return Stream.of(
                list(
                        "a key on two pages",
                        "the key '10' came 2 times: at page 1, index 9 and at page 2, index 0",
                        11,
                        ids -> {
                            ids.add(10, "10");
                        }),
                list(
                        "a key twice on a page",
                        "the key '3' came 2 times: at page 1, index 2 and at page 1, index 3",
                        4,
                        ids -> {
                            ids.add(3, "3");
                        }),
                list("a key is missing", "the key '5' did not come on any of 1 pages", 5, ids -> ids.remove("5")),
                list(
                        "somebody else",
                        "the key 'x' at page 1, index 3 is of nobody in the list",
                        1,
                        ids -> ids.add(3, "x")),
                list(
                        "another order",
                        "the key '2' came at [page 1, index 0] in the place of '1': keep the order of the source",
                        2,
                        ids -> Collections.swap(ids, 0, 1)),
                list("no key", "the record at page 1, index 0 has no value in 'id'", 1, ids -> ids.set(0, "")));
    }

    /** A list of this many users or more is changed. */
    private static Arguments list(String fault, String message, int size, Consumer<List<String>> change) {
        return Arguments.of(fault, message, size, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongLists")
    void a_wrong_list_is_named_with_the_place(String fault, String message, int size, Consumer<List<String>> change) {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            List<String> lines(int from) {
                List<String> all = all(file);
                if (all.size() >= size) {
                    change.accept(all);
                }
                return all.subList(Math.min(from, all.size()), Math.min(all.size(), from + FileProvider.PAGE + 1));
            }
        });

        assertThat(failures.get("every_user_comes_once_and_in_order")).contains(message);
    }

    private static List<String> all(Path file) {
        try {
            return new ArrayList<>(Files.readAllLines(file));
        } catch (IOException e) {
            throw new ConnectorException(FailureKind.UNAVAILABLE, Problem.of("file", "", "cannot be read", ""));
        }
    }

    @Test
    void a_close_of_the_pages_that_is_ignored_is_found() {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            public PageIterator<UserRecord> fetchUsers(UserQuery query) {
                return new OpenPages(super.fetchUsers(query)) {
                    @Override
                    public void close() {}
                };
            }
        });

        assertThat(failures).containsOnlyKeys("closed_pages_are_not_read_on");
        assertThat(failures.get("closed_pages_are_not_read_on"))
                .contains("hasNext() after close() before the last page", "ignore close()");
    }

    @Test
    void closed_pages_that_seem_to_have_ended_are_found() {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            public PageIterator<UserRecord> fetchUsers(UserQuery query) {
                return new OpenPages(super.fetchUsers(query)) {
                    private boolean closed;

                    @Override
                    public boolean hasNext() {
                        return !closed && super.hasNext();
                    }

                    @Override
                    public void close() {
                        closed = true;
                    }
                };
            }
        });

        assertThat(failures).containsOnlyKeys("closed_pages_are_not_read_on");
        assertThat(failures.get("closed_pages_are_not_read_on")).contains("hasNext() is false");
    }

    /** Pages that pass on everything. */
    private static class OpenPages implements PageIterator<UserRecord> {
        private final PageIterator<UserRecord> pages;

        OpenPages(PageIterator<UserRecord> pages) {
            this.pages = pages;
        }

        @Override
        public boolean hasNext() {
            return pages.hasNext();
        }

        @Override
        public Page<UserRecord> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return pages.next();
        }

        @Override
        public void close() {
            pages.close();
        }
    }

    @Test
    void a_close_of_the_connector_that_is_ignored_is_found() {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            public void close() {}
        });

        assertThat(failures).containsOnlyKeys("a_closed_connector_is_not_used_on");
        assertThat(failures.get("a_closed_connector_is_not_used_on"))
                .contains("users fetched after close(): a connector that ignores close()");
    }

    @Test
    void pages_that_end_because_their_connector_was_closed_are_found() {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            private boolean shut;

            @Override
            Page<UserRecord> page(@Nullable String token) {
                return shut && token != null ? Page.last(List.of()) : super.page(token);
            }

            @Override
            public void close() {
                shut = true;
                super.close();
            }
        });

        assertThat(failures).containsOnlyKeys("pages_of_a_closed_connector_do_not_end_early");
        assertThat(failures.get("pages_of_a_closed_connector_do_not_end_early"))
                .contains("pages that end normally after their connector was closed");
    }

    @Test
    void a_thread_that_is_left_is_found() {
        AtomicInteger count = new AtomicInteger();
        Map<String, String> failures = failures((file, secret) -> {
            CountDownLatch end = new CountDownLatch(1);
            THREADS.add(end);
            Thread thread = new Thread(
                    () -> {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "refresher-" + count.incrementAndGet());
            thread.setDaemon(true);
            thread.start();
            return new FileConnector(file);
        });

        assertThat(failures).containsOnlyKeys("closing_leaves_no_thread");
        assertThat(failures.get("closing_leaves_no_thread"))
                .contains("threads that the connector started and that still run after close()", "thread 'refresher-");
    }

    @Test
    void a_file_that_is_left_open_is_found() {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            List<String> lines(int from) {
                if (from > 0) {
                    try {
                        FILES.add(Files.newInputStream(file));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
                return super.lines(from);
            }
        });

        if (OpenFiles.canBeSeen()) {
            assertThat(failures).containsOnlyKeys("closing_leaves_no_open_file");
            assertThat(failures.get("closing_leaves_no_open_file"))
                    .contains("still open after close(), of 3 connectors", "/ids");
        }
    }

    @Test
    void an_interrupt_that_gets_lost_is_found() {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            List<String> lines(int from) {
                Thread.interrupted();
                return super.lines(from);
            }
        });

        assertThat(failures).containsOnlyKeys("an_interrupt_does_not_get_lost");
        assertThat(failures.get("an_interrupt_does_not_get_lost")).contains("the interrupt flag is restored");
    }

    @Test
    void a_query_that_it_does_not_know_and_answers_with_all_is_found() {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            public PageIterator<UserRecord> fetchUsers(UserQuery query) {
                return super.fetchUsers(UserQuery.all());
            }

            @Override
            public WebhookResponse invokeWebhook(WebhookCall call) {
                throw new IllegalStateException("no webhooks here");
            }
        });

        assertThat(failures).containsOnlyKeys("it_does_what_its_capabilities_say_and_calls_the_rest_unsupported");
        assertThat(failures.values())
                .singleElement()
                .asString()
                .contains("a query by time without CHANGED_SINCE must end in a ConnectorException");
    }

    @Test
    void a_failure_of_another_class_is_found() {
        Map<String, String> failures = failures((file, secret) -> new FileConnector(file) {
            @Override
            List<String> lines(int from) {
                if (!Files.exists(file)) {
                    throw new IllegalArgumentException("no such file");
                }
                return super.lines(from);
            }
        });

        assertThat(failures).containsOnlyKeys("a_source_that_cannot_be_read_is_a_failure");
        assertThat(failures.values())
                .singleElement()
                .asString()
                .contains("a source that cannot be read must end in a ConnectorException", "no such file");
    }
}
