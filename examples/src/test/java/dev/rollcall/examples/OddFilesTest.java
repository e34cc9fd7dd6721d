package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Named pipes in the place of files: nothing waits for somebody to write into them. */
@Timeout(60)
class OddFilesTest {
    @TempDir
    Path folder;

    private final UserApi api = new UserApi();
    private Path pipe = Path.of("pipe");
    private Path file = Path.of("people.yaml");

    @BeforeEach
    void makePipe() throws Exception {
        pipe = folder.resolve("pipe");
        file = folder.resolve("people.yaml");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Captured run(String... words) {
        return Captured.run(Map.of("API_KEY", "k3y-s3cret", "LDAP_PASSWORD", "pa55word"), List.of(words));
    }

    private String configuration() {
        return SyncSuite.CONFIGURATION.formatted(api.url(), "ldap://127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "lint", "check", "preview"})
    void a_configuration_is_refused(String command) {
        Captured run = run(command, pipe.toString());

        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains("cannot be read: it is a pipe");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            password: ${env.LDAP_PASSWORD} | password: "${file.pipe}"        | directory.password
            active: record.active          | policy: {password: {generate: {length: 20}, deliver: {file: pipe}}} | policy.password.deliver.file
            active: record.active          | state: {file: pipe}             | state
            active: record.active          | tables: {t: {file: pipe, key: a, value: b}} | tables.t.file
            type: openldap                 | trust: {caFile: pipe}           | caFile
            """)
    void what_the_configuration_names_is_refused(String line, String instead, String key) throws IOException {
        Files.writeString(
                file,
                configuration()
                        .replace(
                                line,
                                instead
                                        + (line.startsWith("p")
                                                ? ""
                                                : "\n" + (line.startsWith("t") ? "  " : "") + line)));

        Captured run = run("sync", file.toString());

        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "pipe.csv"})
    void samples_are_refused(String name) throws Exception {
        Files.writeString(file, configuration());
        Path samples = Files.exists(folder.resolve(name)) ? pipe : Files.createSymbolicLink(folder.resolve(name), pipe);

        Captured run = run("lint", file.toString(), "--samples", samples.toString());

        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains("--samples");
    }

    @Test
    void passwords_that_must_be_changed_are_told_where_nothing_forces_that() throws IOException {
        String generic = configuration()
                        .replace(
                                "type: openldap",
                                "type: generic\n  disable: {attribute: title, disabled: gone, enabled: here}")
                + "policy: {password: {generate: {length: 20}, deliver: discard}}\n";
        Files.writeString(file, generic);
        assertThat(run("lint", file.toString()).err()).contains("policy.password.forceChange: true has no effect");

        Files.writeString(file, generic.replace("deliver: discard", "forceChange: false, deliver: discard"));
        assertThat(run("lint", file.toString()).err()).doesNotContain("forceChange");
    }
}
