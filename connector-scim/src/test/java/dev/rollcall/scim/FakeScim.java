package dev.rollcall.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A service provider whose names need not be unique, and which may answer what it likes. */
final class FakeScim implements AutoCloseable {
    /** A response of the service. */
    record Answer(int status, String body) {}

    /** Answers in the place of the service; null lets the service answer. */
    @FunctionalInterface
    interface Hook {
        @Nullable
        Answer answer(String method, String path, String body);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FILTER = Pattern.compile("(\\w+) eq \"(.*)\"");

    final Map<String, ObjectNode> users = new LinkedHashMap<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> queries = new CopyOnWriteArrayList<>();
    Hook hook = (method, path, body) -> null;
    String configuration = "{\"patch\":{\"supported\":true},\"filter\":{\"supported\":true,\"maxResults\":200}}";
    private final HttpServer server;
    private int made;

    FakeScim() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    ScimConnector connector() {
        Settings settings = Settings.builder()
                .set("baseUrl", "http://127.0.0.1:" + server.getAddress().getPort())
                .set("retries", "0")
                .block(
                        "authorization",
                        Value.of(Map.of("type", Value.of("bearer"), "token", Value.of(Secret.of("a-secret-token")))))
                .build();
        return ScimConnector.open(settings, ConnectorContext.defaults(), ScimQuirks.none());
    }

    ObjectNode add(String externalId, String userName) {
        ObjectNode user = JSON.createObjectNode();
        user.putArray("schemas").add(ScimPath.CORE);
        user.put("externalId", externalId).put("userName", userName).put("active", true);
        return put(user);
    }

    private synchronized ObjectNode put(ObjectNode user) {
        String id = "a" + ++made;
        user.put("id", id);
        user.putObject("meta").put("resourceType", "User").put("version", "W/\"1\"");
        users.put(id, user);
        return user;
    }

    long count(String prefix) {
        return requests.stream().filter(request -> request.startsWith(prefix)).count();
    }

    static String list(Iterable<ObjectNode> users) {
        ObjectNode list = JSON.createObjectNode();
        ArrayNode resources = list.putArray("Resources");
        users.forEach(resources::add);
        list.put("totalResults", resources.size());
        return list.toString();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String filter = query.replaceFirst("^.*?filter=([^&]*).*$", "$1");
            boolean filtered = query.contains("filter=");
            String asked = filtered ? "?" + URLDecoder.decode(filter, StandardCharsets.UTF_8) : "";
            queries.add(query);
            requests.add(method + " " + path + asked);
            Answer answer = hook.answer(method, path + asked, body);
            answer = answer == null ? answer(method, path, asked, body) : answer;
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/scim+json");
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer answer(String method, String path, String filter, String body)
            throws JsonProcessingException {
        if (path.equals("/ServiceProviderConfig")) {
            return new Answer(200, configuration);
        } else if (path.equals("/Users") && method.equals("GET")) {
            Matcher asked = FILTER.matcher(filter);
            List<ObjectNode> found = new ArrayList<>(users.values());
            if (asked.find()) {
                String value = asked.group(2);
                found.removeIf(user -> !user.path(asked.group(1)).asText().equals(value));
            }
            return new Answer(200, list(found));
        } else if (path.equals("/Users")) {
            return new Answer(201, put((ObjectNode) JSON.readTree(body)).toString());
        }
        ObjectNode user = users.get(path.replaceFirst("^/Users/", ""));
        if (user == null) {
            return new Answer(404, "{}");
        } else if (method.equals("DELETE")) {
            users.remove(user.path("id").asText());
            return new Answer(204, "");
        } else if (method.equals("PATCH")) {
            for (JsonNode operation : JSON.readTree(body).path("Operations")) {
                user.set(operation.path("path").asText(), operation.path("value"));
            }
        }
        return new Answer(200, user.toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
