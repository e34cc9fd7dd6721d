package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in files on the disk, and lists as programs export them. */
class FilesTest {
    private static final Instant NOW = Instant.parse("2027-03-01T08:00:00Z");
    private static final String CSV = "id,name\n1,Ada\n2,Grace\n";

    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    @TempDir
    Path folder;

    private Path file(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(1))));
        return file;
    }

    private Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] packed(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Endpoint.Builder in(Path file) {
        return Endpoint.get("people", file.toUri().toString());
    }

    private static List<UserRecord> read(Endpoint endpoint) {
        ConnectorContext context = ConnectorContext.defaults().clock(Clock.fixed(NOW, ZoneOffset.UTC));
        List<UserRecord> records = new ArrayList<>();
        try (Connector people = RestConnector.builder()
                        .primaryKey("id")
                        .endpoint(endpoint)
                        .context(context)
                        .build();
                PageIterator<UserRecord> pages = people.fetchUsers(UserQuery.all())) {
            pages.forEachRemaining((Page<UserRecord> page) -> records.addAll(page.items()));
        }
        return records;
    }

    private static List<String> names(Endpoint endpoint) {
        return read(endpoint).stream()
                .map(record -> record.value("name").text().orElse(""))
                .toList();
    }

    private static ConnectorException failure(Endpoint endpoint) {
        return catchThrowableOfType(ConnectorException.class, () -> read(endpoint));
    }

    @Nested
    class A_file {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "people.csv   | id,name~1,Ada~2,Grace~",
                    "people.json  | [{\"id\": 1, \"name\": \"Ada\"}, {\"id\": 2, \"name\": \"Grace\"}]",
                    "people.jsonl | {\"id\": 1, \"name\": \"Ada\"}~{\"id\": 2, \"name\": \"Grace\"}~",
                    "people.ndjson| {\"id\": 1, \"name\": \"Ada\"}~~{\"id\": 2, \"name\": \"Grace\"}"
                })
        void is_read_as_what_its_name_says(String name, String content) throws IOException {
            assertThat(names(in(file(name, content.replace('~', '\n'))).build()))
                    .containsExactly("Ada", "Grace");
        }

        @Test
        void is_read_as_xml() throws IOException {
            String xml = "<people><p><id>1</id><name>Ada</name></p><p><id>2</id><name>Grace</name></p></people>";

            assertThat(names(in(file("people.xml", xml)).records("/people/p").build()))
                    .containsExactly("Ada", "Grace");
        }

        @ParameterizedTest
        @ValueSource(strings = {"people.csv.gz", "people.csv"})
        void is_unpacked_by_the_number_that_it_begins_with(String name) throws IOException {
            assertThat(names(in(file(name, packed(CSV))).build())).containsExactly("Ada", "Grace");
        }

        @Test
        void gets_no_credential_and_needs_no_origin() throws IOException {
            Endpoint people = in(file("people.csv", CSV)).build();

            try (Connector connector = RestConnector.builder()
                            .primaryKey("id")
                            .authorization(Authorization.bearer(Secret.of("s3cret")))
                            .endpoint(people)
                            .build();
                    PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
                assertThat(pages.next().items()).hasSize(2);
            }
        }

        @Test
        void that_is_not_there_is_named() {
            ConnectorException failure = failure(in(folder.resolve("none.csv")).build());

            assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
            assertThat(failure).hasMessageContaining("there is no file " + folder.resolve("none.csv"));
        }

        @Test
        void that_is_a_directory_is_refused() {
            assertThat(failure(in(folder).build())).hasMessageContaining("it is a directory");
        }

        @Test
        void that_is_older_than_it_may_be_is_no_list() throws IOException {
            Path people = file("people.csv", CSV);

            assertThat(names(in(people).maxAge(Duration.ofHours(2)).build())).hasSize(2);
            ConnectorException failure =
                    failure(in(people).maxAge(Duration.ofMinutes(59)).build());

            assertThat(failure).hasMessageContaining("was modified at 2027-03-01T07:00:00Z");
            assertThat(failure.problem().remedy()).contains("response.maxAge");
        }

        @Test
        void that_is_written_while_it_is_read_is_no_list() throws IOException {
            // More than is read before the first records are handed out.
            StringBuilder csv = new StringBuilder("id,name\n");
            for (int id = 0; id < 20_000; id++) {
                csv.append(id).append(",Ada").append(" ".repeat(1000)).append('\n');
            }
            Path people = file("people.csv", csv.toString());

            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> {
                try (Connector connector = RestConnector.builder()
                                .endpoint(in(people).build())
                                .build();
                        PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
                    pages.next();
                    Files.writeString(people, "20000,Grace\n", StandardOpenOption.APPEND);
                    pages.forEachRemaining(page -> {});
                }
            });

            assertThat(failure).hasMessageContaining("people.csv was written while it was read");
        }

        @ParameterizedTest
        @CsvSource({
            "file:${settings.name}, a file has no macros in its URL",
            "file:, is not the URL of a file on this machine",
            "file://elsewhere/people.csv, is not the URL of a file on this machine"
        })
        void has_a_path_that_is_written_out(String url, String message) {
            ConfigurationException wrong = catchThrowableOfType(
                    ConfigurationException.class,
                    () -> RestConnector.builder()
                            .setting("name", "people.csv")
                            .endpoint(Endpoint.get("people", url).build())
                            .build());

            assertThat(wrong.problems())
                    .extracting(Problem::path, Problem::message)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("endpoints[0].url", message));
        }
    }

    @Nested
    class Csv_as_programs_write_it {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "#TYPE Selected.System.Management.Automation.PSCustomObject\n",
                    "version:v1.0\n",
                    "sep=,\n",
                    "#TYPE A\nsep=,\n"
                })
        void may_say_what_it_is_before_the_header(String line) throws IOException {
            assertThat(names(in(file("people.csv", line + CSV)).build())).containsExactly("Ada", "Grace");
        }

        @Test
        void may_have_a_title() throws IOException {
            Path people = file("people.csv", "All employees\nas of today\n" + CSV);

            assertThat(names(in(people).skipLines(2).build())).containsExactly("Ada", "Grace");
        }

        @Test
        void may_leave_out_the_last_values_of_a_line_where_that_is_agreed() throws IOException {
            Path people = file("people.csv", "id,name,mail\n1,Ada\n2,Grace,g@a.test\n");

            assertThat(failure(in(people).build())).hasMessageContaining("line 2 has 2 values");
            assertThat(read(in(people).shortLinesAreEmpty().build()))
                    .extracting(record -> record.value("mail").text().orElse(""))
                    .containsExactly("", "g@a.test");
        }

        @Test
        void counts_the_lines_that_were_left_out() throws IOException {
            Path people = file("people.csv", "All employees\nid,name\n1\n");

            assertThat(failure(in(people).skipLines(1).build())).hasMessageContaining("line 3 has 1 values");
        }
    }

    @Nested
    class Json_lines {
        @Test
        void that_are_cut_within_an_object_are_broken() throws IOException {
            Path people = file("people.jsonl", "{\"id\": 1}\n{\"id\": ");

            assertThat(failure(in(people).build()).kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
        }

        @Test
        void hold_objects_only() throws IOException {
            assertThat(failure(in(file("people.jsonl", "{\"id\": 1}\n7\n")).build()))
                    .hasMessageContaining("expected an object on line 2, was a number");
            assertThat(failure(in(file("list.jsonl", "[{\"id\": 1}]")).build())
                            .problem()
                            .remedy())
                    .contains("response.type: json");
        }

        @Test
        void come_over_http_too() {
            server.stubFor(get("/people")
                    .willReturn(aResponse()
                            .withHeader("Content-Type", "application/x-ndjson")
                            .withBody("{\"id\": 1, \"name\": \"Ada\"}\n")));

            assertThat(names(Endpoint.get("people", "http://127.0.0.1:" + server.getPort() + "/people")
                            .build()))
                    .containsExactly("Ada");
        }
    }

    @Test
    void the_documented_configuration_reads_one() throws IOException {
        Path people =
                Files.writeString(folder.resolve("people.csv"), "id;name\n1;Jörg\n", Charset.forName("windows-1252"));
        String documented = Docs.configurations("rest-files.md", 0)
                .get(0)
                .replace("file:people.csv", people.toUri().toString());

        assertThat(Sources.fetch(Sources.connector(documented), UserQuery.all()))
                .extracting(record -> record.value("name").text().orElse(""))
                .containsExactly("Jörg");
    }

    @Test
    void a_packed_file_over_http_is_unpacked() throws IOException {
        server.stubFor(get("/export/people.csv.gz")
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/gzip")
                        .withBody(packed(CSV))));

        assertThat(names(Endpoint.get("people", "http://127.0.0.1:" + server.getPort() + "/export/people.csv.gz")
                        .responseType("csv")
                        .build()))
                .containsExactly("Ada", "Grace");
    }

    @Test
    void a_response_that_is_older_than_it_may_be_is_no_list() {
        server.stubFor(get("/people")
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/csv")
                        .withHeader("Last-Modified", "Mon, 01 Feb 2027 08:00:00 GMT")
                        .withBody(CSV)));
        Endpoint.Builder people = Endpoint.get("people", "http://127.0.0.1:" + server.getPort() + "/people");

        assertThat(names(people.build())).hasSize(2);
        assertThat(failure(people.maxAge(Duration.ofDays(2)).build())).hasMessageContaining("2027-02-01T08:00:00Z");
    }
}
