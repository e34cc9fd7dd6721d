package dev.rollcall.integration.changing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.rest.GenericRestProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A list that skips somebody once, and a call for one user that answers about nobody, or about somebody else. */
class UntrueLookUpsTest {

    private enum LookUp {
        WRONG_URL,
        FIRST_OF_ALL,
        SOMEBODY_ELSE,
        EMPTY_WITH_AN_ERROR,
        EMPTY
    }

    private final List<String> people =
            new ArrayList<>(IntStream.range(0, 20).mapToObj("p%03d"::formatted).toList());
    private HttpServer application;
    private PeopleDirectory directory;
    private LookUp lookUp = LookUp.WRONG_URL;
    private int lists;

    @BeforeEach
    void start() throws Exception {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/list", this::list);
        application.createContext("/users/", this::one);
        application.start();
        directory = new PeopleDirectory(people);
    }

    @AfterEach
    void stop() {
        directory.close();
        application.stop(0);
    }

    /** Pages of five; the first reading lacks p011. */
    private void list(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int from = query == null ? 0 : Integer.parseInt(query.replace("at=", ""));
        lists += from == 0 ? 1 : 0;
        List<String> page = people.subList(from, Math.min(people.size(), from + 5)).stream()
                .filter(key -> lists > 1 || !key.equals("p011"))
                .toList();
        String next = from + 5 < people.size() ? "\"" + (from + 5) + "\"" : "null";
        answer(exchange, 200, "application/json", "{\"data\": " + rows(page) + ", \"next\": " + next + "}");
    }

    private void one(HttpExchange exchange) throws IOException {
        switch (lookUp) {
            case WRONG_URL -> answer(exchange, 404, "text/html", "<html><title>Not Found</title></html>");
            case FIRST_OF_ALL ->
                answer(exchange, 200, "application/json", "{\"data\": " + rows(people.subList(0, 5)) + "}");
            case SOMEBODY_ELSE ->
                answer(exchange, 200, "application/json", "{\"data\": " + rows(List.of("p012")) + "}");
            case EMPTY_WITH_AN_ERROR ->
                answer(exchange, 200, "application/json", "{\"data\": [], \"error\": \"rate limited\"}");
            case EMPTY -> answer(exchange, 200, "application/json", "{\"data\": []}");
        }
    }

    private static String rows(List<String> keys) {
        return keys.stream().map(key -> "{\"id\": \"" + key + "\"}").collect(Collectors.joining(", ", "[", "]"));
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private List<String> ended() {
        String url = "http://127.0.0.1:" + application.getAddress().getPort();
        Map<String, ?> endpoint = Map.of(
                "name",
                "users",
                "url",
                url + "/list",
                "records",
                "/data",
                "paging",
                Map.of("type", "cursor", "parameter", "at", "next", "/next"),
                "one",
                Map.of("url", url + "/users/${key}", "records", "/data"));
        Settings settings =
                Settings.of((Value.Fields) Value.from(Map.of("primaryKey", "id", "endpoints", List.of(endpoint))));
        try (Connector connector = new GenericRestProvider().create(settings, ConnectorContext.defaults());
                Plan plan = Reconciler.builder(Source.of(connector), PeopleDirectory.MAPPING, directory.directory())
                        .allow("maxDisableOrDelete")
                        .build()
                        .plan()) {
            return plan.changes()
                    .filter(change -> change.kind() == ChangeKind.DISABLE)
                    .map(Change::key)
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(LookUp.class)
    void end_nobody_who_is_in_the_next_reading(LookUp answers) {
        lookUp = answers;

        assertThat(ended()).isEmpty();
    }

    @Test
    void do_not_keep_a_leaver_in() {
        people.remove("p015");

        assertThat(ended()).containsExactly("p015");
    }
}
