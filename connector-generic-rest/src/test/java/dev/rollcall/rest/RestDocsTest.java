package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.UserQuery;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The configurations in the documentation do what it says. */
class RestDocsTest {
    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    private static RestConnector documented(String page) {
        List<String> blocks = Docs.configurations(page, server.getPort());
        assertThat(blocks).hasSize(1);
        return Sources.connector(blocks.get(0));
    }

    @Test
    void a_source() {
        server.stubFor(get(urlPathEqualTo("/users"))
                .withQueryParam("team", equalTo("blue"))
                .withQueryParam("page", equalTo("1"))
                .withHeader("x-api-key", equalTo(Sources.SECRET))
                .willReturn(okJson(Api.page("\"pages\": 1", 1, 2))));

        assertThat(Sources.ids(Sources.fetch(documented("rest-source.md")))).containsExactly("1", "2");
    }

    @Test
    void paging() {
        server.stubFor(get("/users?limit=100&start=0")
                .willReturn(okJson(Api.page("\"pagination\": {\"more\": true, \"next_start\": 100}", 1, 2))));
        server.stubFor(
                get("/users?limit=100&start=100").willReturn(okJson(Api.page("\"pagination\": {\"more\": false}", 3))));

        assertThat(Sources.ids(Sources.fetch(documented("rest-paging.md")))).containsExactly("1", "2", "3");
    }

    @Test
    void requests() {
        server.stubFor(post("/search/R%26D?fields=id%2Cemail")
                .withHeader("X-Team", equalTo("R&D"))
                .withRequestBody(equalToJson("{\"team\": \"R&D\", \"active\": true}"))
                .willReturn(okJson(Api.page("", 1))));

        assertThat(Sources.fetch(documented("rest-requests.md"))).hasSize(1);
    }

    @Test
    void responses() {
        server.stubFor(get("/users").willReturn(okJson("{\"success\": true, \"data\": null}")));

        assertThat(Sources.fetch(documented("rest-responses.md"))).isEmpty();
    }

    @Test
    void changes_and_single_users() {
        server.stubFor(get("/users?updated_since=2026-11-22T10%3A00%3A00Z").willReturn(okJson(Api.page("", 1))));
        server.stubFor(get("/users/7").willReturn(okJson("{\"data\": {\"id\": 7}}")));
        RestConnector connector = documented("rest-incremental.md");

        assertThat(Sources.ids(Sources.fetch(connector, UserQuery.changedSince(Instant.parse("2026-11-22T10:00:00Z")))))
                .containsExactly("1");
        assertThat(Sources.ids(Sources.fetch(connector, UserQuery.byKeys(List.of("7")))))
                .containsExactly("7");
    }
}
