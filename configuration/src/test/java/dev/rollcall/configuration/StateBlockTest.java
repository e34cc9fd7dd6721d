package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The block {@code state}, on a class path without a module that knows databases. */
class StateBlockTest {
    @TempDir
    private Path folder;

    private List<String> problems(String state) {
        return new FileOfATest(folder, Map.of("TOKEN", "t0ken"), new Payroll())
                .problems("state: " + state + "\n" + """
                source: {connector: payroll, settings: {url: "https://crm.example.test", token: "${env.TOKEN}"}}
                directory: {url: "ldap://127.0.0.1", bindDn: cn=admin, password: "${env.TOKEN}", type: openldap, base: dc=test}
                mapping:
                  key: {attribute: employeeNumber}
                  dn: cn=${cn},dc=test
                  objectClasses: [person]
                  attributes: {cn: "${record.name}", sn: "${record.name}"}
                """).stream()
                        .map(problem -> problem.replaceFirst("^.*people.yaml:\\d+: ", ""))
                        .toList();
    }

    @Test
    void may_be_a_file_as_before() {
        assertThat(problems("{file: state.json}")).isEmpty();
    }

    @Test
    void names_one_place() {
        assertThat(problems("{keep: 30d}"))
                .containsExactly("state: names no place; set one of file, folder and database");
        assertThat(problems("{file: state.json, folder: state}"))
                .containsExactly("state: names several places; set one of file, folder and database");
    }

    @Test
    void keeps_no_runs_in_a_file() {
        assertThat(problems("{file: state.json, keep: 30d}"))
                .containsExactly("state.keep: a file has no journal; remove it");
    }

    @Test
    void says_which_module_is_missing() {
        String add = "no module on the class path keeps state in a database; add dev.rollcall:rollcall-state-jdbc,"
                + " or use state.file";

        assertThat(problems("{folder: state}")).containsExactly("state.folder: " + add);
        assertThat(problems(
                        "{database: {url: \"jdbc:postgresql://127.0.0.1/x\", user: u, password: \"${env.TOKEN}\"}}"))
                .containsExactly("state.database: " + add);
    }

    @Test
    void reports_everything_that_is_wrong_with_a_database() {
        assertThat(problems("{keep: 1h, database: {password: clear, migrate: sometimes, port: 5432}}"))
                .anyMatch(problem -> problem.startsWith("state.keep: "))
                .contains("state.database.url: is required; set it", "state.database.user: is required; set it")
                .anyMatch(problem -> problem.startsWith("state.database.password: a secret stands in clear"))
                .anyMatch(problem -> problem.startsWith("state.database.migrate: ") && problem.contains("validate"))
                .anyMatch(problem -> problem.startsWith("state.database.port: "));
    }

    @Test
    void needs_a_folder_that_can_be_made() throws IOException {
        Files.createFile(folder.resolve("taken"));

        assertThat(problems("{folder: taken}"))
                .contains("state.folder: 'taken' is not a folder that can be written; its path is relative to the"
                        + " configuration file");
    }
}
