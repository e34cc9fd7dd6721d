package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
    @TempDir
    Path folder;

    private final List<Problem> problems = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    private Value resolve(String block, String text) {
        Value.Fields root = Value.of(Map.of(block, Value.of(Map.of("key", Value.of(text)))));
        Environment environment = Environment.of(Map.of("TOKEN", "s3cret", "SLY", "a${record.x}b", "EMPTY", ""));
        Value resolved = References.resolve(root, folder, environment, problems, files::add)
                .get(block);
        return ((Value.Fields) resolved).get("key");
    }

    private Value.Sensitive sensitive(String text) {
        return (Value.Sensitive) resolve("source", text);
    }

    @Test
    void a_variable_becomes_a_secret() {
        assertThat(sensitive("Bearer ${env.TOKEN}").secret().reveal()).isEqualTo("Bearer s3cret");
        assertThat(sensitive("Bearer ${env.TOKEN}")).hasToString("[secret]");
        assertThat(problems).isEmpty();
    }

    @Test
    void each_credential_is_known_without_the_text_around_it() {
        assertThat(sensitive("https://a.test/${env.TOKEN}?k=${env.SLY}&l=${settings.x}")
                        .credentials())
                .containsExactly(Secret.of("s3cret"), Secret.of("a${record.x}b"));
    }

    @Test
    void other_macros_beside_it_stay() {
        assertThat(sensitive("${settings.baseUrl}/${ env.TOKEN }/${record.id}")
                        .format()
                        .reveal())
                .isEqualTo("${settings.baseUrl}/${'s3cret' ?? ''}/${record.id}");
    }

    @Test
    void a_macro_within_a_credential_is_text_in_the_format() {
        assertThat(sensitive("${env.SLY}!").format().reveal()).isEqualTo("${'a${record.x}b' ?? ''}!");
        assertThat(sensitive("${env.SLY}!").secret().reveal()).isEqualTo("a${record.x}b!");
    }

    @Test
    void a_literal_macro_is_none() {
        assertThat(resolve("source", "${'${'}env.TOKEN}")).isEqualTo(Value.of("${'${'}env.TOKEN}"));
        assertThat(resolve("source", "plain")).isEqualTo(Value.of("plain"));
    }

    @Test
    void a_file_is_read_from_beside_the_configuration_without_its_last_line_end() throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/token"), "abc\r\n");

        assertThat(sensitive("${file.secrets/token}").secret().reveal()).isEqualTo("abc");
        assertThat(files).as("that nothing may write over").containsExactly(folder.resolve("secrets/token"));
        assertThat(sensitive("${file." + folder.resolve("secrets/token") + "}")
                        .secret()
                        .reveal())
                .isEqualTo("abc");
    }

    @Test
    void everything_missing_is_told() {
        resolve("source", "${env.NOPE}${env.EMPTY}${file.nope}${env.TOKEN | lower}");

        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "source.key: the environment variable NOPE is not set; set it, or correct the name",
                        "source.key: the environment variable EMPTY is set, but empty; set it, or correct the name",
                        "source.key: the file nope cannot be read: there is no such file; its path is relative to the"
                                + " configuration file",
                        "source.key: a reference is ${env.NAME} and nothing more; functions and fallbacks do not apply"
                                + " to it");
    }

    @Test
    void a_mapping_cannot_refer() {
        assertThat(resolve("mapping", "${env.TOKEN}")).isEqualTo(Value.of("${env.TOKEN}"));
        assertThat(problems).singleElement().extracting(Problem::code).isEqualTo("misplaced-reference");
    }
}
