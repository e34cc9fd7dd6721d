package dev.rollcall.mappingtestkit;

import static dev.rollcall.mappingtestkit.MappingAssertions.assertThat;
import static dev.rollcall.mappingtestkit.MappingAssertions.recordIn;
import static dev.rollcall.mappingtestkit.MappingAssertions.recordsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.mapping.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records and expected entries that stand in files beside the tests. */
class FilesOfTestsTest {
    private static final Mapping PEOPLE = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("cn=${cn},ou=people,dc=example,dc=test")
            .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
            .attribute("sn", "${record.last_name}")
            .attribute("cn", "${record.first_name} ${record.last_name}")
            .build();

    private static final String ADA = "{\"id\": 1, \"first_name\": \"Ada\", \"last_name\": \"Lovelace\"}";
    private static final String AL = "{\"id\": 2, \"first_name\": \"Al\", \"last_name\": \"Kindi\"}";

    @TempDir
    Path folder;

    @AfterEach
    void switch_off() {
        System.clearProperty(GoldenFile.SWITCH);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void a_record_is_read_from_a_file() throws IOException {
        assertThat(PEOPLE).given(recordIn(file("ada.json", ADA))).hasAttribute("cn", "Ada Lovelace");
    }

    @Test
    void records_are_read_from_a_file() throws IOException {
        assertThat(PEOPLE)
                .given(recordsIn(file("people.json", "[" + ADA + ", " + AL + "]")))
                .haveAttribute("cn", "Ada Lovelace", "Al Kindi");
    }

    @Test
    void a_file_that_holds_something_else_is_told_with_its_name_and_place() throws IOException {
        Path list = file("list.json", "[" + ADA + ", 7]");
        Path broken = file("broken.json", "{\"id\": 1,\n \"first_name\" \"Ada\"}");

        assertThatThrownBy(() -> recordIn(list)).hasMessageContaining("list.json is no JSON object");
        assertThatThrownBy(() -> recordsIn(list)).hasMessageContaining("list.json, item 1 is no JSON object");
        assertThatThrownBy(() -> recordsIn(file("ada.json", ADA))).hasMessageContaining("ada.json holds no array");
        assertThatThrownBy(() -> recordIn(broken)).hasMessageContainingAll("broken.json", "line 2");
        assertThatThrownBy(() -> recordIn(folder.resolve("gone.json")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("gone.json");
    }

    @Test
    void a_whole_entry_is_what_a_golden_file_holds() throws IOException {
        Path ada = file("ada.json", ADA);
        Path golden = folder.resolve("golden/ada.txt");
        System.setProperty(GoldenFile.SWITCH, "update");
        assertThat(PEOPLE).given(recordIn(ada)).matchesGolden(golden);
        System.clearProperty(GoldenFile.SWITCH);

        assertThat(PEOPLE).given(recordIn(ada)).matchesGolden(golden);
        assertThat(Files.readString(golden)).contains("cn=Ada Lovelace,ou=people,dc=example,dc=test");
        Path married = file("ada.json", ADA.replace("Lovelace", "King"));
        assertThatThrownBy(() -> assertThat(PEOPLE).given(recordIn(married)).matchesGolden(golden))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ada.txt differs")
                .hasMessageContaining("Lovelace")
                .hasMessageContaining("King");
    }

    @Test
    void many_entries_are_what_one_golden_file_holds() throws IOException {
        Path people = file("people.json", "[" + ADA + ", " + AL + "]");
        Path golden = folder.resolve("people.txt");
        System.setProperty(GoldenFile.SWITCH, "update");
        assertThat(PEOPLE).given(recordsIn(people)).matchGolden(golden);
        System.clearProperty(GoldenFile.SWITCH);

        assertThat(PEOPLE).given(recordsIn(people)).matchGolden(golden);
        assertThat(Files.readString(golden)).contains("cn=Ada Lovelace", "cn=Al Kindi");
        Path fewer = file("people.json", "[" + AL + "]");
        assertThatThrownBy(() -> assertThat(PEOPLE).given(recordsIn(fewer)).matchGolden(golden))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("people.txt differs");
    }
}
