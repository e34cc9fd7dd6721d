package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.entry.AttributeIntent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
    private static final String TABLES = """
            tables:
              countries: {rows: {NZ: New Zealand, NO: Norway, 040: Austria}}
              offices: {file: offices.csv, key: code, value: city}
            """;

    private static final String PEOPLE = ConfigurationFileTest.PEOPLE.replace("    uid: ${record.login}\n", """
                uid: ${record.login}
                co: ${lookup('countries', record.country)}
                l: ${lookup('offices', record.office, 'elsewhere')}
            """);

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("offices.csv"), "code,city,phone\nWLG,Wellington,1\n\"A,B\",Bergen,2\n");
    }

    private FileOfATest file() {
        return new FileOfATest(folder, Map.of("TOKEN", "t0ken", "LDAP_PASSWORD", "pa55word"), new Payroll());
    }

    private Configuration read(String text) {
        return file().read(text);
    }

    private List<String> problems(String text) {
        return file().problems(text);
    }

    private DesiredEntry mapped(String country, String office) {
        return read(PEOPLE + TABLES)
                .dataSources()
                .get("default")
                .mapping()
                .map(UserRecord.of(Map.of(
                        "id",
                        1,
                        "first_name",
                        "A",
                        "last_name",
                        "B",
                        "login",
                        "ab",
                        "country",
                        country,
                        "office",
                        office)));
    }

    private static String text(DesiredEntry entry, String attribute) {
        return entry.attribute(attribute).orElseThrow() instanceof AttributeIntent.Set set
                ? set.texts().get(0)
                : "nothing";
    }

    @Test
    void rows_of_the_file_are_found_under_exactly_their_name() {
        assertThat(text(mapped("NO", "WLG"), "co")).isEqualTo("Norway");
        assertThat(text(mapped("040", "WLG"), "co")).isEqualTo("Austria");
        assertThat(text(mapped("nz", "WLG"), "co")).isEqualTo("nothing");
    }

    @Test
    void rows_of_a_csv_file_are_found_by_one_column_and_give_another() {
        assertThat(text(mapped("NZ", "WLG"), "l")).isEqualTo("Wellington");
        assertThat(text(mapped("NZ", "A,B"), "l")).isEqualTo("Bergen");
        assertThat(text(mapped("NZ", "XXX"), "l")).isEqualTo("elsewhere");
    }

    @Test
    void conditions_know_them_too() {
        Configuration configuration =
                read(PEOPLE.replace("active: record.active", "active: lookup('countries', record.country) is present")
                        + TABLES);

        assertThat(configuration.dataSources().get("default").active()).isPresent();
    }

    @Test
    void a_name_that_no_table_has_is_told_with_what_was_meant() {
        assertThat(problems(PEOPLE.replace("'countries'", "'countrys'") + TABLES))
                .singleElement()
                .asString()
                .contains("mapping.attributes.co", "unknown table 'countrys'", "did you mean 'countries'?");
    }

    @Test
    void what_is_wrong_with_a_table_is_told_with_its_line() {
        assertThat(problems(PEOPLE + """
                        tables:
                          countries: {}
                          offices: {file: offices.csv, key: kode, value: city}
                          gone: {file: gone.csv, key: a, value: b}
                        """))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .contains("people.yaml:24: tables.countries: takes either rows or a file"),
                        two -> assertThat(two)
                                .contains("people.yaml:25: tables.offices.key", "known here: code, city, phone"),
                        three -> assertThat(three).contains("people.yaml:26: tables.gone.file"));
    }

    @Test
    void a_key_that_stands_in_two_rows_is_a_mistake() throws IOException {
        Files.writeString(folder.resolve("twice.csv"), "code,city\nWLG,Wellington\nWLG,Lower Hutt\n");

        assertThat(problems(PEOPLE + TABLES.replace("offices.csv", "twice.csv")))
                .singleElement()
                .asString()
                .contains("tables.offices.file: row 3: 'WLG' is in the table already");
    }
}
