package dev.rollcall.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider whose response never pauses and never ends: it sends one space at a time. */
class TricklingListTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/scim+json");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write("{\"totalResults\": 1, \"Resources\": [".getBytes(StandardCharsets.UTF_8));
                while (!Thread.currentThread().isInterrupted()) {
                    out.write(' ');
                    out.flush();
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            } catch (IOException gone) {
                // The client has had enough.
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.stop(0);
    }

    @Test
    @Timeout(30)
    void ends_with_the_timeout_of_one_answer() {
        Settings settings = Settings.builder()
                .set("baseUrl", "http://127.0.0.1:" + server.getAddress().getPort())
                .set("retries", "0")
                .set("timeout", "1s")
                .build();
        try (ScimConnector connector = ScimConnector.open(settings, ConnectorContext.defaults(), ScimQuirks.none())) {
            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class,
                    () -> connector.fetchUsers(UserQuery.all()).next());

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        }
    }
}
