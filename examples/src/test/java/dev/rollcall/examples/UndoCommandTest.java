package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code runs} and {@code undo}. */
class UndoCommandTest {
    private static final String PASSWORD = "pa55word";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final UserApi api = new UserApi();
    private EmbeddedDirectory directory;

    @BeforeEach
    void start() throws IOException {
        directory = EmbeddedDirectory.start(PASSWORD);
        api.serve(UserApi.users(3));
        configure("state: {folder: kept}");
    }

    @AfterEach
    void stop() {
        directory.close();
        api.close();
    }

    private void configure(String state) throws IOException {
        Files.writeString(
                folder.resolve("people.yaml"),
                SyncSuite.CONFIGURATION.formatted(api.url(), directory.url()) + state + "\n");
    }

    private Captured command(String name, String... more) {
        List<String> words =
                new ArrayList<>(List.of(name, folder.resolve("people.yaml").toString()));
        words.addAll(List.of(more));
        return Captured.run(Map.of("API_KEY", "k3y-s3cret", "LDAP_PASSWORD", PASSWORD), words);
    }

    private List<JsonNode> runs(String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--json");
        List<JsonNode> lines = new ArrayList<>();
        for (String line :
                command("runs", options.toArray(String[]::new)).out().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private String newest() throws IOException {
        return runs().get(0).get("id").asText();
    }

    @Test
    void runs_lists_the_newest_first_one_object_a_line() throws IOException {
        command("sync", "--apply");
        api.serve(UserApi.users(5));
        command("sync", "--apply");
        command("sync");

        List<JsonNode> runs = runs();

        assertThat(runs).as("a plan alone is none").hasSize(2);
        assertThat(runs.get(0).get("counts").get("create").asInt()).isEqualTo(2);
        assertThat(runs.get(1).get("counts").get("create").asInt()).isEqualTo(3);
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.fieldNames())
                    .toIterable()
                    .contains("id", "dataSource", "start", "end", "status", "counts", "approval");
            assertThat(run.get("dataSource").asText()).isEqualTo("default");
            assertThat(run.get("status").asText()).isEqualTo("done");
        });
    }

    @Test
    void runs_shows_one_run_with_its_changes_and_writes_it_to_a_file() throws IOException {
        command("sync", "--apply");
        String id = newest();
        Path report = folder.resolve("run.json");

        Captured shown = command("runs", id, "--report", report.toString());

        assertThat(shown.status()).isZero();
        assertThat(shown.out()).contains(id).contains("create").contains("done");
        JsonNode written = JSON.readTree(report.toFile());
        assertThat(written.at("/run/id").asText()).isEqualTo(id);
        assertThat(written.get("changes"))
                .hasSize(3)
                .allSatisfy(change -> assertThat(change.get("outcome").asText()).isEqualTo("done"));
        assertThat(runs(id)).hasSize(4);
    }

    @Test
    void undo_plans_and_with_apply_takes_back_what_the_run_did() throws IOException {
        command("sync", "--apply");
        api.serve(UserApi.users(5));
        command("sync", "--apply");
        String id = newest();

        Captured plan = command("undo", id, "--allow", "maxDisableOrDelete");
        assertThat(plan.status()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("disable 2");
        assertThat(runs().get(0).get("id").asText()).as("a plan is no run").isEqualTo(id);

        Path report = folder.resolve("undo.json");
        Captured undone =
                command("undo", id, "--allow", "maxDisableOrDelete", "--apply", "--report", report.toString());
        assertThat(undone.status()).as(undone.err()).isZero();
        assertThat(undone.out()).contains("disabled, and not deleted");
        JsonNode written = JSON.readTree(report.toFile());
        assertThat(written.at("/applied/disable").asInt()).isEqualTo(2);
        assertThat(written.at("/notes/0").asText()).contains("category delete");

        List<JsonNode> runs = runs();
        assertThat(runs.get(0).get("undoes").asText()).isEqualTo(id);
        assertThat(runs.get(1).get("status").asText()).isEqualTo("undone");
        Captured again = command("undo", id, "--apply");
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("undone");
    }

    @Test
    void an_unknown_run_is_status_2() {
        command("sync", "--apply");

        assertThat(command("runs", "nothing").status()).isEqualTo(2);
        Captured undo = command("undo", "nothing", "--apply");
        assertThat(undo.status()).isEqualTo(2);
        assertThat(undo.err()).contains("'nothing'", "examples/run runs");
    }

    @Test
    void without_a_journal_both_are_status_2_and_say_what_is_missing() throws IOException {
        configure("state: {file: rollcall-state.json}");

        for (Captured refused : List.of(command("runs"), command("undo", "x"))) {
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err()).contains("state", "needs a journal", "folder");
        }
    }

    @Test
    void an_undo_with_the_hash_of_another_plan_writes_nothing() throws IOException {
        command("sync", "--apply");

        Captured refused = command(
                "undo", newest(), "--apply", "--allow", "maxDisableOrDelete", "--expect-plan", "0123456789abcdef");

        assertThat(refused.status()).isEqualTo(3);
        assertThat(runs()).hasSize(1);
    }
}
