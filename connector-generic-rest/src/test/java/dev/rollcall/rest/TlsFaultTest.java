package dev.rollcall.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS that cannot be trusted, or is none, and faults within HTTP/2. */
class TlsFaultTest extends FaultSuite {
    private static final int HANDSHAKE = 22;
    private static final int HEADERS = 1;
    static final Path KEYS = Path.of("src", "test", "resources", "tls");

    private static String source(int port) {
        return source("https://localhost:" + port, "") + "http: {trust: {caFile: " + KEYS.resolve("ca.pem") + "}}\n";
    }

    static SSLContext keys(String name) {
        try (InputStream in = Files.newInputStream(KEYS.resolve(name + ".p12"))) {
            char[] password = "changeit".toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RawServer tls(String name, RawServer.Behaviour behaviour) throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                keys(name).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return new RawServer(socket, behaviour);
    }

    private static RawServer answering(String name) throws IOException {
        return tls(name, (socket, out) -> {
            RawServer.readRequest(socket.getInputStream());
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"data\": [{\"id\": 7}]}".getBytes(US_ASCII));
        });
    }

    @Test
    void a_certificate_of_the_named_authority_is_trusted() throws IOException {
        try (RawServer server = answering("right")) {
            assertThat(Sources.ids(Sources.fetch(Sources.connector(source(server.port())))))
                    .containsExactly("7");
        }
    }

    @ParameterizedTest
    @CsvSource({"expired,validity check failed", "not-yet,validity check failed", "other-host,No subject alternative"})
    void a_certificate_that_does_not_hold(String name, String message) throws IOException {
        try (RawServer server = answering(name)) {
            check(failure(source(server.port())), FailureKind.UNTRUSTED_ORIGIN, message);
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for() {
        check(
                failure(source("https://localhost:" + server.getHttpsPort(), "")),
                FailureKind.UNTRUSTED_ORIGIN,
                "not trusted");
    }

    @Test
    void no_tls_where_it_should_be() {
        ConnectorException failure = failure(source("https://localhost:" + server.getPort(), ""));

        check(failure, FailureKind.UNAVAILABLE, "no TLS with");
        assertThat(failure.problem().remedy()).startsWith("the server responds without TLS");
    }

    /** What a server says that knows TLS 1.0 only: the alert protocol_version. */
    @Test
    void a_protocol_that_is_too_old() throws IOException {
        ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (RawServer server = new RawServer(plain, (socket, out) -> {
            if (socket.getInputStream().read() == HANDSHAKE) {
                out.write(new byte[] {21, 3, 1, 0, 2, 2, 70});
            }
        })) {
            check(failure(source(server.port())), FailureKind.UNAVAILABLE, "protocol_version");
        }
    }

    @Test
    void a_server_that_asks_for_a_certificate_of_ours() throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                keys("right").getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(true);
        try (RawServer server =
                new RawServer(socket, (connection, out) -> RawServer.readRequest(connection.getInputStream()))) {
            check(failure(source(server.port())), FailureKind.UNAVAILABLE, "");
        }
    }

    @Test
    void a_stream_of_http_2_that_is_reset() throws IOException {
        try (RawServer server = tls("right", (socket, out) -> {
            SSLSocket secure = (SSLSocket) socket;
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            secure.setSSLParameters(parameters);
            resetFirstStream(secure.getInputStream(), out);
        })) {
            check(failure(source(server.port())), FailureKind.UNAVAILABLE, "RST_STREAM");
        }
    }

    /** Empty settings, and as soon as the request came, RST_STREAM (type 3) with INTERNAL_ERROR (2). */
    private static void resetFirstStream(InputStream in, OutputStream out) throws IOException {
        in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
        out.write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
        out.flush();
        while (true) {
            byte[] head = in.readNBytes(9);
            if (head.length < 9) {
                return;
            }
            in.readNBytes((head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff);
            if (head[3] == HEADERS) {
                out.write(new byte[] {0, 0, 4, 3, 0, 0, 0, 0, head[8], 0, 0, 0, 2});
                out.flush();
            }
        }
    }
}
