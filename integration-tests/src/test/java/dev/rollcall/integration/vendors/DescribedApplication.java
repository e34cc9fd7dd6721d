package dev.rollcall.integration.vendors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.integration.vendors.ApiDescription.Operation;
import dev.rollcall.integration.vendors.ApiDescription.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application that answers in the shapes of its description with generated values, and records the requests. Thread-safe. */
final class DescribedApplication implements AutoCloseable {
    /** The records of a page. */
    private static final int PAGE = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiDescription description;
    private final GeneratedValues values;
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, List<ObjectNode>> lists = new HashMap<>();

    DescribedApplication(ApiDescription description, GeneratedValues values) throws IOException {
        this.description = description;
        this.values = values;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** {@return every record that was served at a path} */
    synchronized List<ObjectNode> served(String path) {
        return lists.getOrDefault(path, List.of());
    }

    private void handle(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        Request request = new Request(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                Objects.requireNonNullElse(uri.getRawQuery(), ""),
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Content-Type"), ""),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        Optional<Operation> operation = description.operation(request);
        byte[] body = operation
                .map(it -> response(it, request).toString())
                .orElse("{}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(operation.isPresent() ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized JsonNode response(Operation operation, Request request) {
        JsonNode made = values.of(operation.response());
        if (!(made instanceof ObjectNode response)) {
            return made;
        }
        String key = request.path().replaceFirst(".*/", "");
        List<ObjectNode> users = lists.getOrDefault(request.path().replaceFirst("/[^/]+$", ""), List.of());
        users.stream()
                .filter(user -> user.path("id").asText().equals(key))
                .findFirst()
                .ifPresent(user -> {
                    if (response.has("data")) {
                        response.set("data", user);
                    } else {
                        response.setAll(user);
                    }
                });
        for (String at : List.of("data", "users", "contacts")) {
            JsonNode schema = operation.response().at("/properties/" + at);
            if (schema.path("type").asText().equals("array")) {
                response.set(at, page(schema.get("items"), request, response));
            }
        }
        return response;
    }

    /** One page of a list, with what the response says of further pages; a search has one page, with its hit. */
    private ArrayNode page(JsonNode schema, Request request, ObjectNode response) {
        ArrayNode rows = JSON.createArrayNode();
        String sought =
                request.parameters().getOrDefault("term", request.parameters().getOrDefault("email", ""));
        if (request.path().endsWith("/contacts/search")) {
            sought = request.body().replaceFirst("(?s).*\"q_keywords\":\"([^\"]*)\".*", "$1");
        }
        if (!sought.isEmpty()) {
            rows.add(((ObjectNode) values.of(schema)).put("email", "x" + sought));
            rows.add(((ObjectNode) values.of(schema)).put("email", sought));
            setPaging(response, 1, 1, rows.size(), "");
            return rows;
        }
        Map<String, String> asked = request.parameters();
        int start = Integer.parseInt(asked.getOrDefault("start", "0"));
        int number = asked.containsKey("cursor") || start > 0 ? 2 : Integer.parseInt(asked.getOrDefault("page", "1"));
        boolean paged = response.has("pagination") || response.has("metadata") || response.has("additional_data");
        List<ObjectNode> all = lists.computeIfAbsent(request.path(), path -> {
            List<ObjectNode> list = new ArrayList<>();
            for (int i = 0; i < (paged ? 2 : 1) * PAGE; i++) {
                list.add((ObjectNode) values.of(schema));
            }
            return list;
        });
        rows.addAll(all.subList((number - 1) * PAGE, number * PAGE));
        setPaging(response, number, all.size() / PAGE, all.size(), number == 1 ? "c2" : "");
        return rows;
    }

    private static void setPaging(ObjectNode response, int number, int pages, int total, String cursor) {
        if (response.get("pagination") instanceof ObjectNode paging) {
            boolean texts = paging.get("page").isTextual();
            paging.put("total_entries", total).put("total_pages", pages);
            paging.set("page", texts ? paging.textNode(String.valueOf(number)) : paging.numberNode(number));
        } else if (response.get("metadata") instanceof ObjectNode metadata) {
            metadata.put("page", number).put("lastPage", pages).put("totalItems", total);
        } else if (response.get("additional_data") instanceof ObjectNode more) {
            if (more.get("pagination") instanceof ObjectNode paging) {
                paging.put("start", (number - 1) * PAGE).put("more_items_in_collection", !cursor.isEmpty());
                paging.remove("next_start");
                if (!cursor.isEmpty()) {
                    paging.put("next_start", number * PAGE);
                }
            } else {
                more.set("next_cursor", cursor.isEmpty() ? more.nullNode() : more.textNode(cursor));
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
