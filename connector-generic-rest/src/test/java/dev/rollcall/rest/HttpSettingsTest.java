package dev.rollcall.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Problem;
import dev.rollcall.rest.internal.http.FixedProxy;
import dev.rollcall.rest.internal.settings.Node;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSettingsTest {
    private static final String ENDPOINTS = "endpoints: [{name: users, url: '%s/users', records: /data}]\n";

    private static List<String> problems(String http) {
        return Sources.read("http: " + http + "\n" + ENDPOINTS.formatted("https://a.test")).problems().stream()
                .map(Problem::path)
                .toList();
    }

    @Test
    void calls_go_through_the_proxy_that_is_named() {
        byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"data\": [{\"id\": 7}]}"
                .getBytes(StandardCharsets.US_ASCII);
        try (RawServer proxy = new RawServer((socket, out) -> out.write(answer))) {
            String source = "http: {proxy: 'http://127.0.0.1:" + proxy.port() + "'}\n"
                    + ENDPOINTS.formatted("http://users.example.test");

            assertThat(Sources.ids(Sources.fetch(Sources.connector(source)))).containsExactly("7");
        }
    }

    @Test
    void calls_to_this_machine_do_not() {
        Node node = new Node(
                "", dev.rollcall.connector.Value.Fields.none(), HttpSettings.KEYS, new java.util.ArrayList<>());
        var proxy = FixedProxy.parse(node, "proxy", "http://proxy.example.test:3128")
                .orElseThrow();

        assertThat(proxy.select(URI.create("http://127.0.0.1:8080/users"))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxy.select(URI.create("https://a.test/users")))
                .hasToString("[HTTP @ proxy.example.test/<unresolved>:3128]");
    }

    @Test
    void what_is_wrong_is_told_by_name(@TempDir Path folder) throws Exception {
        Path empty = Files.createFile(folder.resolve("ca.pem"));

        assertThat(problems("{proxy: 'proxy.example.test:3128'}")).containsExactly("http.proxy");
        assertThat(problems("{proxy: 'http://ada:pw@proxy.example.test'}")).containsExactly("http.proxy");
        assertThat(problems("{proxi: x, connectTimeout: 0s}"))
                .containsExactlyInAnyOrder("http.proxi", "http.connectTimeout");
        assertThat(problems("{trust: {caFile: '" + empty + "'}}")).containsExactly("http.trust.caFile");
        assertThat(problems("{trust: {}}")).contains("http.trust.caFile");
    }
}
