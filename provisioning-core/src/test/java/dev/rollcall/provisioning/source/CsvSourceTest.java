package dev.rollcall.provisioning.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSourceTest {
    @TempDir
    private Path folder;

    private List<UserRecord> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("people.csv"), text);
        List<UserRecord> records = new ArrayList<>();
        try (PageIterator<UserRecord> pages = UserSource.csv(file).fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                records.addAll(pages.next().items());
            }
        }
        return records;
    }

    @Test
    void the_first_row_names_the_columns() throws IOException {
        assertThat(read("id,name\r\n1,Ada\r\n\r\n2,\r\n"))
                .containsExactly(
                        UserRecord.of(Map.of("id", "1", "name", "Ada")), UserRecord.of(Map.of("id", "2", "name", "")));
    }

    @Test
    void quotes_keep_commas_lines_and_quotes() throws IOException {
        assertThat(read("\uFEFFid,name\n1,\"Love\nlace, \"\"Ada\"\"\"\n2,\"\"\"x\"\n"))
                .extracting(record -> record.value("name").text().orElse(""))
                .containsExactly("Love\nlace, \"Ada\"", "\"x");
    }

    @Test
    void a_row_that_is_cut_off_ends_the_read() {
        assertThatThrownBy(() -> read("id,name\n1,Ada\n2"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("row 3 has 1 values, but there are 2 columns");
        assertThatThrownBy(() -> read("id,name\n1,\"Ada"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("cannot be read after row 1");
    }

    @Test
    void a_record_tells_which_row_it_was() throws IOException {
        assertThat(read("id,name\n\n1,\"Love\nlace\"\n2,Bob\n"))
                .extracting(UserRecord::origin)
                .containsExactly("row 3", "row 4");
    }

    @Test
    void blanks_at_the_start_of_a_value_are_part_of_it() throws IOException {
        assertThat(read("id,name\n 42, Ada\n")).containsExactly(UserRecord.of(Map.of("id", " 42", "name", " Ada")));
    }

    @Test
    void a_file_in_another_charset_is_not_guessed_at() throws IOException {
        Path file = Files.write(folder.resolve("latin.csv"), "id,name\n1,J\u00FCrgen\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> UserSource.csv(file).fetchUsers(UserQuery.all()))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE))
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sep=;\r\nid;name\r\n7;a,b\r\n",
                "\uFEFFSEP=|\nid|name\n7|a,b\n",
                "\"sep=;\"\nid;name\n7;a,b",
                "sep=\t\nid\tname\n7\ta,b\n"
            })
    void a_line_may_name_the_separator(String content) throws IOException {
        assertThat(read(content)).containsExactly(UserRecord.of(Map.of("id", "7", "name", "a,b")));
        assertThatThrownBy(() -> read(content.replaceFirst("7", "7\n7"))).hasMessageContaining("row 3 has 1 values");
    }

    @Test
    void a_column_may_look_like_the_line_that_names_the_separator() throws IOException {
        assertThat(read("sep=,id\nx,7\n")).containsExactly(UserRecord.of(Map.of("sep=", "x", "id", "7")));
    }

    @Test
    void a_column_that_is_named_twice_is_refused() {
        assertThatThrownBy(() -> read("id,id\n1,2\n")).hasMessageContaining("names a column twice");
    }
}
