package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own with a heap of 24 MB. */
class SmallHeapTest {
    private record Ended(int status, String out) {}

    @TempDir
    Path folder;

    private EmbeddedDirectory directory;

    @BeforeEach
    void start() {
        directory = EmbeddedDirectory.start("pa55word");
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    /** Pages of a thousand people, made as they are asked for: this process has no room for all of them either. */
    private HttpServer serve(int people) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/users", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            int first = query.startsWith("cursor=") ? Integer.parseInt(query.substring("cursor=".length())) : 0;
            int end = Math.min(people, first + 1000);
            String users = IntStream.range(first, end)
                    .mapToObj(id ->
                            "{\"id\":%d,\"first_name\":\"First%d\",\"last_name\":\"Last%d\"}".formatted(id + 1, id, id))
                    .collect(Collectors.joining(","));
            String next = end < people ? ",\"next\":\"" + end + "\"" : "";
            byte[] page =
                    ("{\"total\":" + people + next + ",\"data\":[" + users + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Ended sync(int people) throws IOException, InterruptedException {
        HttpServer server = serve(people);
        try {
            return sync("http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private Ended sync(String url) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("sync.yaml"), """
                source:
                  connector: generic-rest
                  settings: {baseUrl: "%s"}
                  primaryKey: id
                  endpoints:
                    - name: users
                      url: ${settings.baseUrl}/users
                      records: /data
                      paging: {type: cursor, parameter: cursor, next: /next, total: /total, maxPages: 1000}
                directory:
                  url: %s
                  bindDn: cn=admin,dc=example,dc=test
                  password: ${env.LDAP_PASSWORD}
                  type: openldap
                  base: ou=people,dc=example,dc=test
                  filter: (objectClass=inetOrgPerson)
                mapping:
                  key: {column: id, attribute: employeeNumber}
                  dn: uid=${uid},ou=people,dc=example,dc=test
                  objectClasses: [top, person, organizationalPerson, inetOrgPerson]
                  attributes:
                    sn: ${record.last_name}
                    cn: ${join(' ', record.first_name, record.last_name)}
                    uid: u${record.id}
                """.formatted(url, directory.url()));
        Path out = folder.resolve("out.txt");
        ProcessBuilder command = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Run.class.getName(),
                        "sync",
                        file.toString(),
                        "--report",
                        folder.resolve("report.json").toString()))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        command.environment().put("LDAP_PASSWORD", "pa55word");
        return new Ended(command.start().waitFor(), Files.readString(out));
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    }

    @Test
    void too_small_for_the_people_is_status_8_with_what_is_needed_and_what_to_do() throws Exception {
        Ended ended = sync(400_000);

        assertThat(ended.out)
                .contains("resources: LIMIT_EXCEEDED", "who are still to be read need at least", " of 23 MB are left")
                .contains("give the JVM more memory, such as -Xmx")
                .doesNotContain("\tat ");
        assertThat(ended.status).isEqualTo(8);
        assertThat(report().at("/resources/reason").asText()).contains("-Xmx");
    }

    @Test
    void that_is_enough_for_the_people_is_not_refused() throws Exception {
        Ended ended = sync(20_000);

        assertThat(ended.status).as(ended.out).isZero();
        assertThat(report().at("/planned/create").asInt()).isEqualTo(20_000);
    }
}
