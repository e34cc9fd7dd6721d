package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code preview}, against the configuration that docs/rest-preview.md shows. */
class PreviewCommandTest {
    private static final DocumentedPage PAGE = DocumentedPage.of("rest-preview.md");
    private static final String KEY = "k3y-of-the-api";

    @TempDir
    Path folder;

    private final UserApi api = new UserApi();

    @AfterEach
    void stop() {
        api.close();
    }

    /** The block of the page as a connector: nothing else of a file is needed yet. */
    private String documented() {
        String block = PAGE.blocks("yaml").get(0);
        return "connectors:\n  crm:\n"
                + block.replace("http://127.0.0.1:8080", api.url()).indent(4);
    }

    private Captured preview(String text, String... words) throws IOException {
        Path file = Files.writeString(folder.resolve("people.yaml"), text);
        List<String> all = new ArrayList<>(List.of("preview", file.toString()));
        all.addAll(Arrays.asList(words));
        return Captured.run(Map.of("API_KEY", KEY), all);
    }

    @Test
    void shows_request_answer_columns_keys_and_what_to_write() throws IOException {
        api.serve(UserApi.users(3));

        Captured run = preview(documented());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("GET " + api.url() + "/users", "x-api-key: [secret]", "Response: status 200")
                .containsPattern("email +text +100 %")
                .contains("Could be the primary key: id, ", "records: /data   # a list of 3")
                .doesNotContain(KEY);
        assertThat(api.requests).hasValue(1);
    }

    @Test
    void the_answer_on_the_page_leads_to_what_the_page_shows() throws IOException {
        String answer = PAGE.blocks("json").get(0);
        try (StandIn application = new StandIn(request -> new StandIn.Answer(200, answer))) {
            Captured run = preview(documented().replace(api.url(), application.url()));

            assertThat(run.out()).contains(PAGE.blocks("output").get(0));
        }
    }

    @Test
    void an_answer_without_records_is_status_4() throws IOException {
        api.fault(UserApi.Fault.CUT);
        api.serve(UserApi.users(70));

        Captured run = preview(documented().replace("/users\"", "/users?cursor=p7\", records: /data"));

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.out()).contains("No records: ");
    }

    @Test
    void an_endpoint_that_is_not_there_is_told_before_anything_is_contacted() throws IOException {
        Captured run = preview(documented(), "--endpoint", "usres");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("did you mean 'users'?");
        assertThat(preview(documented(), "--connector", "cmr").err()).contains("did you mean 'crm'?");
        assertThat(preview("connectors: {crm: {connector: generic-rest}}\n").err())
                .contains("has no endpoints to look at");
        assertThat(api.requests).hasValue(0);
    }
}
