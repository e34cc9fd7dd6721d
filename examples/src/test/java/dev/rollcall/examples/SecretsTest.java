package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that repeats all that it was sent gets no secret printed or written, wherever in a call it stood. */
class SecretsTest {
    private static final String SECRET = "p4th+s3cret_val/ue";
    private static final String PASSWORD = "pa55word";
    private static final String CONFIGURATION = """
            source:
              connector: generic-rest
              settings: {baseUrl: "%s"}
              primaryKey: id
              endpoints:
                - {name: users, request: {retries: 0}, records: /data, %s}
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
              attributes: {sn: "${record.last_name}", cn: "${record.last_name}", uid: "u${record.id}"}
            """;

    @TempDir
    Path folder;

    /** Says what it was asked: in clear, as it was encoded, and as HTML shows it. */
    private static StandIn.Answer echo(int status, StandIn.Request request) {
        String asked = request.path() + " " + request.parameters() + " " + request.body();
        String encoded = URLEncoder.encode(asked, StandardCharsets.UTF_8);
        String escaped = asked.replace("&", "&amp;").replace("\"", "&quot;").replace("+", "&#43;");
        String said = (asked + " | " + encoded + " | " + escaped)
                .replace("\\", "\\\\")
                .replace("\"", "\\\"");
        return new StandIn.Answer(
                status, "{\"message\": \"" + said + "\", \"data\": [{\"id\": 1, \"last_name\": \"L\"}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            500 | url: "${settings.baseUrl}/${env.SECRET}/users"
            500 | url: "${settings.baseUrl}/users?tk=${env.SECRET}&x=1"
            400 | url: "${settings.baseUrl}/users", parameters: {tk: "pre-${env.SECRET}"}
            401 | url: "${settings.baseUrl}/users", method: POST, body: {type: json, content: '{"k": "${env.SECRET}-post"}'}
            200 | url: "${settings.baseUrl}/${env.SECRET}/users"
            200 | url: "${settings.baseUrl}/users", parameters: {tk: "pre-${env.SECRET}"}
            """)
    void stands_in_nothing_that_is_printed_or_written(int status, String call) throws IOException {
        try (StandIn application = new StandIn(request -> echo(status, request));
                EmbeddedDirectory directory = EmbeddedDirectory.start(PASSWORD)) {
            String text = CONFIGURATION.formatted(application.url(), call, directory.url());
            Path file = Files.writeString(folder.resolve("people.yaml"), text);
            String name = file.toString();

            check(run("preview", name), status == 200 ? 0 : 4);
            check(run("check", name), status == 200 ? 0 : 4);
            check(
                    run(
                            "sync",
                            name,
                            "--report",
                            folder.resolve("report.json").toString(),
                            "--html",
                            folder.resolve("report.html").toString()),
                    status == 200 ? 0 : 4);

            assertThat(application.requests)
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(request -> assertThat(request.toString()).contains("p4th"));
            assertThat(folder.resolve("report.json")).exists();
        }
    }

    private static Captured run(String... words) {
        return Captured.run(Map.of("SECRET", SECRET, "LDAP_PASSWORD", PASSWORD), List.of(words));
    }

    private void check(Captured run, int status) throws IOException {
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
        String everything = run.out() + run.err();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path written : files.toList()) {
                everything += Files.readString(written);
            }
        }
        assertThat(everything)
                .doesNotContain(SECRET, URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                .doesNotContain("p4th", "s3cret_val");
    }
}
