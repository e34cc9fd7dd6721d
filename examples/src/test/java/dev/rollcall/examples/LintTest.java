package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/run lint}, as its user runs it. */
class LintTest {
    private static final String PASSWORD = "pa55word";

    @TempDir
    Path folder;

    private final UserApi api = new UserApi();

    @AfterEach
    void stop() {
        api.close();
    }

    private String configuration(String directory) {
        return SyncSuite.CONFIGURATION.formatted(api.url(), directory);
    }

    private Captured lint(String configuration, String... options) {
        try {
            Path file = Files.writeString(folder.resolve("people.yaml"), configuration);
            List<String> words = new ArrayList<>(List.of("lint", file.toString()));
            words.addAll(List.of(options));
            return Captured.run(Map.of("API_KEY", "k3y", "LDAP_PASSWORD", PASSWORD), words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the line of the last file in which a text is} */
    private int line(String text) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("people.yaml"));
            return 1
                    + lines.indexOf(lines.stream()
                            .filter(line -> line.contains(text))
                            .findFirst()
                            .orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class Without_a_directory {
        /** A port on which nobody listens. */
        private final String nobody = "ldap://127.0.0.1:1";

        @Test
        void a_sound_file_has_no_finding_and_nothing_is_asked_of_the_application() {
            Captured run = lint(configuration(nobody));

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("the directory's schema could not be read, so what it allows is not checked")
                    .contains("people.yaml: no problem found (1 data source, 0 named connectors)");
            assertThat(api.requests).hasValue(0);
        }

        @Test
        void what_is_most_likely_wrong_is_told_with_place_remedy_and_code() {
            Captured run = lint(configuration(nobody)
                    .replace(
                            "mail: ${record.email | lower}",
                            "mail: [{when: \"'a' == 'b'\", format: x}, {format: \"${record.email}\"}]"));

            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .contains("people.yaml:" + line("mail: [{when")
                            + ": mapping.attributes.mail[0].when: ''a' == 'b'' holds for nobody; compare a column")
                    .contains("[condition-never-holds]")
                    .contains("1 finding");
        }

        @Test
        void a_file_that_cannot_work_is_refused_with_status_2() {
            Captured run = lint(configuration(nobody).replace("| lower", "| lowr"));

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("people.yaml:", "did you mean 'lower'?", "nothing was contacted");
        }
    }

    @Nested
    class With_samples {
        private final String typing = configuration("ldap://127.0.0.1:1").replace("record.email", "record.emial");

        @Test
        void a_column_that_none_of_them_has_is_told_with_the_nearest() {
            String samples = file("records.json", "[" + String.join(",", UserApi.users(3)) + "]");

            Captured run = lint(typing, "--samples", samples);

            assertThat(run.out())
                    .contains("mapping.attributes.mail: no sample of 3 has the column emial; did you mean 'email'?"
                            + " [unknown-column]")
                    .contains("1 finding (1 data source, 0 named connectors, 3 samples)");
            assertThat(api.requests).hasValue(0);
        }

        @Test
        void a_table_of_csv_will_do() {
            String samples =
                    file("records.csv", "id,first_name,last_name,email,active\n1,Ada,Lovelace,a@b.test,true\n");

            assertThat(lint(typing, "--samples", samples).out()).contains("has the column emial");
        }

        @Test
        void the_first_page_of_the_application_will_do() {
            api.serve(UserApi.users(3));

            assertThat(lint(typing, "--fetch").out()).contains("no sample of 3 has the column emial");
            assertThat(api.requests).hasValue(1);
        }

        @Test
        void a_list_that_contradicts_itself_is_told() {
            List<String> twice = new ArrayList<>(UserApi.users(30));
            twice.set(29, twice.get(0));
            api.serve(twice);

            Captured run = lint(configuration("ldap://127.0.0.1:1"), "--fetch");

            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .contains("people.yaml:" + line("source:")
                            + ": source: the record with the key 1 is on page 1 and on page 6; sort the list")
                    .contains("[record-on-two-pages]");
        }

        @Test
        void a_list_that_announces_more_is_a_failure() {
            api.serve(UserApi.users(30));
            String unpaged = configuration("ldap://127.0.0.1:1").replaceAll("\n *paging: [^\n]*", "");

            Captured run = lint(unpaged, "--fetch");

            assertThat(run.status()).isEqualTo(4);
            assertThat(run.err()).contains("no paging is configured, and the response announces more");
        }

        @Test
        void an_application_that_fails_is_status_4() {
            api.close();

            assertThat(lint(typing, "--fetch").status()).isEqualTo(4);
        }

        @Test
        void a_file_that_holds_none_is_refused() {
            Captured empty = lint(typing, "--samples", file("empty.json", "[]"));
            Captured torn = lint(typing, "--samples", file("torn.json", "[{"));
            Captured gone =
                    lint(typing, "--samples", folder.resolve("gone.json").toString());

            assertThat(List.of(empty.status(), torn.status(), gone.status())).containsOnly(2);
            assertThat(empty.err()).contains("has no records");
            assertThat(torn.err()).contains("is no JSON array of objects");
            assertThat(gone.err()).contains("cannot be read");
        }
    }

    @Nested
    class With_a_directory {
        private final EmbeddedDirectory directory = EmbeddedDirectory.start(PASSWORD);

        @AfterEach
        void stop() {
            directory.close();
        }

        @Test
        void a_sound_file_has_no_finding() {
            Captured run = lint(configuration(directory.url()));

            assertThat(run.out())
                    .isEqualTo(
                            folder.resolve("people.yaml") + ": no problem found (1 data source, 0 named connectors)\n");
            assertThat(directory.people()).isEmpty();
        }

        @Test
        void an_attribute_that_its_schema_does_not_know_is_told_with_the_nearest() {
            Captured run = lint(configuration(directory.url()).replace("givenName:", "givnName:"));

            assertThat(run.out())
                    .contains("mapping.attributes.givnName: the directory knows no attribute givnName;"
                            + " did you mean 'givenName'? [unknown-attribute]");
        }

        @Test
        void values_of_samples_are_held_against_its_schema() {
            api.serve(UserApi.users(3));

            Captured run = lint(
                    configuration(directory.url()).replace("givenName:", "secretary: ${record.email}\n    givenName:"),
                    "--fetch");

            assertThat(run.out())
                    .contains(
                            "mapping.attributes.secretary: secretary takes a DN, and a sample gives 'u1@example.test'")
                    .contains("[wrong-syntax]");
        }
    }
}
