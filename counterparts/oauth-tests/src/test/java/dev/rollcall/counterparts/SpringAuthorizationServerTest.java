package dev.rollcall.counterparts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST engine's OAuth against a server that enforces PKCE, client authentication and rotation. */
@Tag("real")
class SpringAuthorizationServerTest {
    @TempDir
    static Path logs;

    @TempDir
    Path folder;

    /** The fixture of one lifetime of access tokens. */
    abstract class Fixture {
        GuardedApi api;
        Source source;

        abstract SpringServer spring();

        @BeforeEach
        void start() throws Exception {
            api = new GuardedApi(spring());
            source = new Source(
                    api.address(),
                    spring().authorizationUrl(),
                    folder.resolve("tokens.enc").toString());
        }

        @AfterEach
        void stop() {
            api.close();
        }

        Connector open(String grant, Clock clock) throws Exception {
            Connector connector = source.open(grant, clock);
            AuthorizationResult result = connector.authorize(AuthorizationRequest.begin());
            if (result instanceof AuthorizationResult.SendPersonTo send) {
                URI back = new Browser().agree(send.address());
                connector.authorize(AuthorizationRequest.finish(back));
            }
            return connector;
        }
    }

    @Nested
    class tokens_of_three_seconds extends Fixture {
        private static SpringServer server;

        @BeforeAll
        static void startServer() throws Exception {
            server = SpringServer.start("3s", logs.resolve("short.log"));
        }

        @AfterAll
        static void stopServer() throws Exception {
            if (server != null) {
                server.close();
            }
        }

        @Override
        SpringServer spring() {
            return server;
        }

        @ParameterizedTest
        @ValueSource(strings = {"authorization-code", "client-credentials"})
        void may_end_between_two_pages(String grant) throws Exception {
            // By this clock no token ever ends, so that it is the application that refuses it.
            Clock stopped = Clock.fixed(Instant.now(), ZoneOffset.UTC);
            List<UserRecord> users = new ArrayList<>();
            try (Connector connector = open(grant, stopped);
                    PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
                users.addAll(pages.next().items());
                String first = api.lastToken();
                while (server.accepts(first)) {
                    Thread.onSpinWait();
                }
                while (pages.hasNext()) {
                    users.addAll(pages.next().items());
                }
                assertThat(api.lastToken()).isNotEqualTo(first);
            }

            assertThat(users).hasSize(GuardedApi.PAGES);
            assertThat(api.refused.get()).isPositive();
        }
    }

    @Nested
    class tokens_of_an_hour extends Fixture {
        private static SpringServer server;

        /** A clock by which the first token has ended, and the next one has not. */
        private final Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));

        @BeforeAll
        static void startServer() throws Exception {
            server = SpringServer.start("1h", logs.resolve("long.log"));
        }

        @AfterAll
        static void stopServer() throws Exception {
            if (server != null) {
                server.close();
            }
        }

        @Override
        SpringServer spring() {
            return server;
        }

        @Test
        void are_renewed_by_one_call_of_eight_threads_and_two_processes() throws Exception {
            open("authorization-code", Clock.systemUTC()).close();
            List<Process> processes = List.of(process(), process());
            List<BufferedReader> outputs = new ArrayList<>();
            for (Process process : processes) {
                outputs.add(process.inputReader(StandardCharsets.UTF_8));
                assertThat(outputs.get(outputs.size() - 1).readLine()).isEqualTo("ready");
            }
            CountDownLatch go = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<Integer>> fetches = new ArrayList<>();
                Callable<Integer> fetch = () -> {
                    try (Connector connector = source.open("authorization-code", later)) {
                        go.await();
                        return Source.count(connector);
                    }
                };
                for (int i = 0; i < 8; i++) {
                    fetches.add(threads.submit(fetch));
                }
                go.countDown();
                for (Process process : processes) {
                    process.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
                }

                for (Future<Integer> each : fetches) {
                    assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(GuardedApi.PAGES);
                }
                for (BufferedReader output : outputs) {
                    assertThat(output.readLine()).isEqualTo("fetched " + GuardedApi.PAGES);
                }
            } finally {
                threads.shutdownNow();
                processes.forEach(Process::destroy);
            }
            assertThat(api.refreshes).hasValue(1);
        }

        private Process process() throws Exception {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            FetchingProcess.class.getName(),
                            source.api().toString(),
                            source.spring().toString(),
                            source.tokens(),
                            Long.toString(Duration.ofHours(2).toSeconds()))
                    .redirectError(folder.resolve("process.log").toFile())
                    .start();
        }

        @Test
        void whose_renewal_was_lost_need_a_person_and_nobody_asks_in_circles() throws Exception {
            open("authorization-code", Clock.systemUTC()).close();
            api.losesAnswers = true;
            try (Connector connector = source.open("authorization-code", later)) {
                assertThat(failure(connector)).hasMessageContaining("the answer to the last refresh was lost");

                api.losesAnswers = false;
                assertThat(failure(connector)).hasMessageContaining("no longer accepts the refresh token");
            }
            assertThat(api.refreshes).hasValue(2);
        }

        private static ConnectorException failure(Connector connector) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> Source.count(connector));
            assertThat(failure.kind()).isEqualTo(FailureKind.CONSENT_REQUIRED);
            return failure;
        }

        @Test
        void are_rotated_and_kept_unreadable() throws Exception {
            open("authorization-code", Clock.systemUTC()).close();
            try (Connector connector = source.open("authorization-code", later)) {
                assertThat(Source.count(connector)).isEqualTo(GuardedApi.PAGES);
            }
            try (Connector connector = source.open("authorization-code", Clock.offset(later, Duration.ofHours(2)))) {
                assertThat(Source.count(connector)).isEqualTo(GuardedApi.PAGES);
            }

            assertThat(api.refreshes).hasValue(2);
            assertThat(Files.readString(Path.of(source.tokens()), StandardCharsets.ISO_8859_1))
                    .doesNotContain(api.lastToken());
        }
    }
}
