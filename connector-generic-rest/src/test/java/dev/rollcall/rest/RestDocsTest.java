package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations in the documentation do what it says. */
class RestDocsTest {
    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    private static RestConnector documented(String page) {
        return documented(page, 0);
    }

    private static RestConnector documented(String page, int which) {
        return Sources.connector(Docs.configurations(page, server.getPort()).get(which));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_page_with_a_configuration_is_read_by_a_test(String page) throws IOException {
        try (Stream<Path> here = Files.walk(Path.of("src", "test", "java"));
                Stream<Path> examples = Files.walk(Path.of("..", "examples", "src", "test", "java"))) {
            assertThat(Stream.concat(here, examples)
                            .anyMatch(file -> file.toString().endsWith(".java")
                                    && text(file).contains('"' + page + '"')))
                    .isTrue();
        }
    }

    static List<String> pages() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("..", "docs"))) {
            return pages.filter(page -> Files.isRegularFile(page) && text(page).contains("```yaml"))
                    .map(page -> page.getFileName().toString())
                    .filter(name -> name.startsWith("rest-") || name.equals("webhooks.md"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_source() {
        server.stubFor(get(urlPathEqualTo("/users"))
                .withQueryParam("team", equalTo("blue"))
                .withQueryParam("page", equalTo("1"))
                .withHeader("x-api-key", equalTo(Sources.SECRET))
                .willReturn(okJson(Api.page("\"pages\": 1", 1, 2))));

        assertThat(Sources.ids(Sources.fetch(documented("rest-source.md")))).containsExactly("1", "2");
    }

    @Test
    void paging() {
        server.stubFor(get("/users?limit=100&start=0")
                .willReturn(okJson(Api.page("\"pagination\": {\"more\": true, \"next_start\": 100}", 1, 2))));
        server.stubFor(
                get("/users?limit=100&start=100").willReturn(okJson(Api.page("\"pagination\": {\"more\": false}", 3))));

        assertThat(Sources.ids(Sources.fetch(documented("rest-paging.md")))).containsExactly("1", "2", "3");
    }

    @Test
    void requests() {
        server.stubFor(post("/search/R%26D?fields=id%2Cemail")
                .withHeader("X-Team", equalTo("R&D"))
                .withRequestBody(equalToJson("{\"team\": \"R&D\", \"active\": true}"))
                .willReturn(okJson(Api.page("", 1))));

        assertThat(Sources.fetch(documented("rest-requests.md"))).hasSize(1);
    }

    @Test
    void responses() {
        server.stubFor(get("/users").willReturn(okJson("{\"success\": true, \"data\": null}")));

        assertThat(Sources.fetch(documented("rest-responses.md"))).isEmpty();
    }

    @Test
    void responses_in_csv() {
        byte[] export = "Personalnummer;Name\r\n007;Bj\u00f6rk\r\n".getBytes(Charset.forName("windows-1252"));
        server.stubFor(get("/export.csv").willReturn(aResponse().withBody(export)));

        assertThat(Sources.fetch(documented("rest-responses.md", 1)))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.value("Personalnummer")).isEqualTo(Value.of("007"));
                    assertThat(record.value("Name")).isEqualTo(Value.of("Bj\u00f6rk"));
                });
    }

    /** The proxy leads every tunnel to a server of TLS whose certificate only the named authority vouches for. */
    @Test
    void connections() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>();
        try (RawServer proxy =
                new RawServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), (socket, out) -> {
                    asked.set(RawServer.readRequest(socket.getInputStream()));
                    out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(US_ASCII));
                    SSLSocket tunnel = (SSLSocket)
                            TlsFaultTest.keys("other-host").getSocketFactory().createSocket(socket, null, 0, false);
                    tunnel.setUseClientMode(false);
                    String request = RawServer.readRequest(tunnel.getInputStream());
                    int status = request.contains("Bearer " + Sources.SECRET) ? 200 : 401;
                    tunnel.getOutputStream()
                            .write(("HTTP/1.1 " + status + " X\r\nContent-Length: 21\r\n\r\n{\"data\": [{\"id\": 7}]}")
                                    .getBytes(US_ASCII));
                    tunnel.getOutputStream().flush();
                })) {
            String source = Docs.configurations("rest-connections.md", 0)
                    .get(0)
                    .replace("hr.example.test", "other.example.test")
                    .replace("proxy.example.test:3128", "127.0.0.1:" + proxy.port())
                    .replace("ca.pem", TlsFaultTest.KEYS.resolve("ca.pem").toString());

            assertThat(Sources.ids(Sources.fetch(Sources.connector(source)))).containsExactly("7");
        }
        assertThat(asked.get())
                .startsWith("CONNECT other.example.test:443")
                .as("the proxy sees no credential")
                .doesNotContain(Sources.SECRET);
    }

    @Test
    void changes_and_single_users() {
        server.stubFor(get("/users?updated_since=2026-11-22T10%3A00%3A00Z").willReturn(okJson(Api.page("", 1))));
        server.stubFor(get("/users/7").willReturn(okJson("{\"data\": {\"id\": 7}}")));
        RestConnector connector = documented("rest-incremental.md");

        assertThat(Sources.ids(Sources.fetch(connector, UserQuery.changedSince(Instant.parse("2026-11-22T10:00:00Z")))))
                .containsExactly("1");
        assertThat(Sources.ids(Sources.fetch(connector, UserQuery.byKeys(List.of("7")))))
                .containsExactly("7");
    }
}
