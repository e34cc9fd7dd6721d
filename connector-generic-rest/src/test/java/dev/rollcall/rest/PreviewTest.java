package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.rest.preview.ColumnProfile;
import dev.rollcall.rest.preview.RestPreview;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PreviewTest {
    private static final String PEOPLE = """
            {"data": [
              {"id": 1, "email": "ada@example.test", "team": "blue", "manager": {"id": 3}, "tags": ["a"], "active": true},
              {"id": 2, "email": "al@example.test", "team": "blue", "manager": null, "tags": [], "active": false},
              {"id": 3, "email": "", "team": "red", "active": true}],
             "additional_data": {"next_cursor": "abc"}}""";

    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static String documented() {
        return Docs.configurations("rest-preview.md", server.getPort()).get(0);
    }

    private static RestPreview preview(String yaml, String... endpoint) {
        try (RestConnector connector = Sources.connector(yaml)) {
            return connector.preview(endpoint.length == 0 ? Optional.empty() : Optional.of(endpoint[0]));
        }
    }

    private static ColumnProfile column(RestPreview preview, String path) {
        return preview.columns().stream()
                .filter(column -> column.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_documented_source_is_told_what_to_say() {
        server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson(PEOPLE)));

        RestPreview preview = preview(documented());

        assertThat(preview.suggestions())
                .containsExactly(
                        "records: /data   # a list of 3",
                        "paging: {type: cursor, parameter: cursor, next: /additional_data/next_cursor}");
        assertThat(preview.records()).isEqualTo(3);
        assertThat(preview.keyCandidates()).containsExactly("id");
        assertThat(preview.report()).contains("records: /data   # a list of 3");
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void columns_are_told_with_types_fill_rates_and_examples() {
        server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson(PEOPLE)));

        RestPreview preview = preview(documented().replace("/users\"", "/users\", records: /data"));

        assertThat(preview.records()).isEqualTo(3);
        assertThat(column(preview, "email").fillRate()).isEqualTo(66);
        assertThat(column(preview, "manager").types()).containsExactly("object", "null");
        assertThat(column(preview, "manager.id").examples()).containsExactly("3");
        assertThat(column(preview, "tags[0]").examples()).containsExactly("a");
        assertThat(column(preview, "active").types()).containsExactly("boolean");
        assertThat(preview.keyCandidates()).containsExactly("id");
        assertThat(preview.suggestions()).singleElement().asString().startsWith("paging:");
        assertThat(preview.toString()).doesNotContain("ada");
    }

    @Test
    void no_secret_is_shown_wherever_it_comes_back() {
        server.stubFor(get(urlPathEqualTo("/users"))
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("X-Echo", Sources.SECRET)
                        .withHeader("Set-Cookie", "session=abcdef")
                        .withBody("no: " + Sources.SECRET)));

        RestPreview preview = preview(documented());

        assertThat(preview.report())
                .doesNotContain(Sources.SECRET)
                .doesNotContain("abcdef")
                .contains("x-api-key: [secret]")
                .contains("status 403");
        assertThat(preview.failure()).isPresent();
        assertThat(preview.suggestions()).isEmpty();
    }

    @Test
    void a_credential_in_the_query_is_hidden() {
        server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson(PEOPLE)));

        RestPreview preview = preview(documented().replace("in: header", "in: query"));

        assertThat(preview.request().get(0)).endsWith("/users?x-api-key=[secret]");
    }

    @Test
    void an_answer_that_is_no_data_is_shown_with_the_reason() {
        server.stubFor(get(urlPathEqualTo("/users"))
                .willReturn(
                        aResponse().withHeader("Content-Type", "text/html").withBody("<html>Please log in</html>")));

        RestPreview preview = preview(documented());

        assertThat(preview.body()).contains("Please log in");
        assertThat(preview.failure()).isPresent();
        assertThat(preview.columns()).isEmpty();
    }

    @Test
    void a_call_for_each_record_is_made_for_the_first() {
        server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson(PEOPLE)));
        server.stubFor(get(urlPathEqualTo("/users/1")).willReturn(okJson("{\"phone\": \"555\"}")));
        String yaml = documented().replace("/users\"}", "/users\", records: /data}")
                + "  - {name: details, for: users, url: \"${settings.baseUrl}/users/${record.id}\"}\nprimaryKey: id\n";

        assertThat(column(preview(yaml, "details"), "phone").examples()).containsExactly("555");
        assertThatThrownBy(() -> preview(yaml, "detail")).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class a_list_that_a_run_would_not_take_for_complete {
        private void isDoubted(String paging, String doubt) {
            RestPreview preview = preview(documented().replace("/users\"", "/users\", records: /data" + paging));

            assertThat(preview.doubts()).singleElement().asString().contains(doubt);
            assertThat(preview.report()).contains("A run would not take this list as complete:\n  ");
            assertThat(preview.records()).isEqualTo(3);
        }

        @Test
        void because_the_response_announces_more_and_paging_is_not_configured() {
            server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson(PEOPLE)));

            isDoubted("", "no paging is configured, and the response announces more");
        }

        @Test
        void because_nothing_is_where_the_cursor_should_be() {
            server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson(PEOPLE)));

            isDoubted(
                    ", paging: {type: cursor, parameter: c, next: /next}",
                    "nothing is where the next page should be announced");
        }

        @Test
        void because_its_total_is_not_reached() {
            server.stubFor(get(urlPathEqualTo("/users"))
                    .willReturn(okJson("{\"data\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}], \"all\": 4}")));

            isDoubted(", paging: {type: none, total: /all}", "there are 4 records, and listed 3");
        }

        @Test
        void because_of_its_status() {
            server.stubFor(get(urlPathEqualTo("/users"))
                    .willReturn(okJson("{\"data\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]}")
                            .withStatus(206)));

            isDoubted(", paging: {type: none}", "status 206 instead of 200");
        }
    }
}
