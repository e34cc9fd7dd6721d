package dev.rollcall.integration.scim;

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
import dev.rollcall.scim.ScimConnector;
import dev.rollcall.scim.ScimQuirks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A service provider on loopback that has the quirks it is given. Thread-safe. */
final class ScriptedScim implements AutoCloseable {
    static final String TOKEN = "a-secret-token";

    static {
        // Else Nagle's algorithm makes each answer take 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The requests, as {@code PATCH /Users/id-1}. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** The bodies of what was written. */
    final List<String> bodies = new CopyOnWriteArrayList<>();

    final ScriptedUsers users;
    private final ScriptedPages pages;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile int latencyMillis;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile int failureStatus;
    private volatile String failureDetail = "";

    ScriptedScim(Quirk... quirks) {
        this.users = new ScriptedUsers(Set.of(quirks));
        this.pages = new ScriptedPages(users);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/scim/v2", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/scim/v2");
    }

    /** Answers later, as a server far away does. */
    ScriptedScim latency(int millis) {
        latencyMillis = millis;
        return this;
    }

    /** Refuses the next writes with a status. */
    void failNext(int times, int status) {
        failNext(times, status, "not now");
    }

    void failNext(int times, int status, String detail) {
        failureDetail = detail;
        failureStatus = status;
        failures.set(times);
    }

    private Settings.Builder settings(String token) {
        return Settings.builder()
                .set("baseUrl", base().toString())
                .block(
                        "authorization",
                        Value.of(Map.of("type", Value.of("bearer"), "token", Value.of(Secret.of(token)))));
    }

    ScimConnector connector() {
        return connector(ScimQuirks.none());
    }

    ScimConnector connector(ScimQuirks quirks) {
        return ScimConnector.open(settings(TOKEN).build(), ConnectorContext.defaults(), quirks);
    }

    /** {@return a connector with more settings} */
    ScimConnector connector(Consumer<Settings.Builder> more) {
        return connector(more, ConnectorContext.defaults());
    }

    ScimConnector connector(Consumer<Settings.Builder> more, ConnectorContext context) {
        Settings.Builder settings = settings(TOKEN);
        more.accept(settings);
        return ScimConnector.open(settings.build(), context, ScimQuirks.none());
    }

    ScimConnector connectorWith(String token) {
        return ScimConnector.open(settings(token).build(), ConnectorContext.defaults(), ScimQuirks.none());
    }

    /** Adds people with the names {@code u1@example.test} and so on, keyed {@code 1} and so on. */
    ScriptedScim people(int count) {
        for (int i = 1; i <= count; i++) {
            person("u" + i + "@example.test").put("externalId", String.valueOf(i));
            users.change("id-" + i, user -> {});
        }
        return this;
    }

    /** Adds a person, and gives what is kept of them. */
    ObjectNode person(String userName) {
        ObjectNode given = JSON.createObjectNode().put("userName", userName);
        if (users.has(Quirk.ACTIVE_AS_TEXT)) {
            given.put("active", "True");
        } else {
            given.put("active", true);
        }
        String id = users.create(given).path("id").asText();
        ObjectNode[] kept = new ObjectNode[1];
        users.change(id, user -> kept[0] = user);
        return kept[0];
    }

    JsonNode user(String userName) {
        return users.all().stream()
                .filter(user -> user.path("userName").asText().equals(userName))
                .findFirst()
                .orElseThrow();
    }

    long count(String prefix) {
        return requests.stream().filter(request -> request.startsWith(prefix)).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath().substring("/scim/v2".length());
            requests.add(exchange.getRequestMethod() + " " + path);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (latencyMillis > 0) {
                Thread.sleep(latencyMillis);
            }
            try {
                answer(exchange, path, body);
            } catch (ScriptedUsers.Refused refused) {
                refuse(exchange, refused);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String path, String body) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            throw new ScriptedUsers.Refused(401, "", "Bearer token required");
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET")) {
            checkWrite(exchange, body);
        }
        String id = path.startsWith("/Users/") ? decoded(path.substring("/Users/".length())) : "";
        if (path.equals("/ServiceProviderConfig")) {
            configuration(exchange);
        } else if (path.equals("/Users") && method.equals("GET")) {
            send(exchange, 200, pages.answer(query(exchange)));
        } else if (path.equals("/Users") && method.equals("POST")) {
            created(exchange, users.create(object(body)));
        } else if (path.equals("/Bulk") && method.equals("POST") && users.has(Quirk.BULK)) {
            bulk(exchange, object(body));
        } else if (id.isEmpty()) {
            throw new ScriptedUsers.Refused(404, "", "Endpoint Not Found");
        } else if (method.equals("GET")) {
            send(
                    exchange,
                    200,
                    users.get(id)
                            .orElseThrow(() -> new ScriptedUsers.Refused(404, "", "Resource " + id + " not found")));
        } else {
            ObjectNode now = write(method, id, body, version(exchange));
            boolean silent = now == null || users.has(Quirk.ANSWERS_204);
            send(exchange, silent ? 204 : 200, silent ? null : now);
        }
    }

    private static String version(HttpExchange exchange) {
        String version = exchange.getRequestHeaders().getFirst("If-Match");
        return version == null ? "" : version;
    }

    private ObjectNode write(String method, String id, String body, String version) {
        switch (method) {
            case "DELETE" -> {
                users.delete(id, version);
                return null;
            }
            case "PUT" -> {
                return users.replace(id, object(body), version);
            }
            default -> {
                if (users.has(Quirk.NO_PATCH)) {
                    throw new ScriptedUsers.Refused(501, "", "PATCH is not supported");
                }
                return users.patch(id, object(body), version);
            }
        }
    }

    private void checkWrite(HttpExchange exchange, String body) {
        bodies.add(body);
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ScriptedUsers.Refused(failureStatus, "", failureDetail);
        }
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (users.has(Quirk.PLAIN_JSON_ONLY) && !type.startsWith("application/json") && !body.isEmpty()) {
            throw new ScriptedUsers.Refused(415, "", "Unsupported Media Type");
        } else if (users.has(Quirk.SCIM_JSON_ONLY) && !type.startsWith("application/scim+json") && !body.isEmpty()) {
            throw new ScriptedUsers.Refused(400, "", "Invalid content type. Was '" + type + "'");
        }
    }

    private void configuration(HttpExchange exchange) throws IOException {
        if (users.has(Quirk.NO_DISCOVERY)) {
            throw new ScriptedUsers.Refused(404, "", "");
        }
        ObjectNode config = JSON.createObjectNode();
        config.putObject("patch").put("supported", true);
        config.putObject("filter").put("supported", true);
        config.putObject("bulk")
                .put("supported", users.has(Quirk.BULK))
                .put("maxOperations", 100)
                .put("maxPayloadSize", 1 << 20);
        config.putObject("pagination").put("cursor", users.has(Quirk.CURSOR)).put("index", !users.has(Quirk.CURSOR));
        send(exchange, 200, config);
    }

    private void created(HttpExchange exchange, ObjectNode user) throws IOException {
        boolean silent = users.has(Quirk.CREATED_WITHOUT_BODY) || users.has(Quirk.CREATED_WITHOUT_PLACE);
        if (users.has(Quirk.CREATED_WITHOUT_BODY)) {
            exchange.getResponseHeaders()
                    .add("Location", "/scim/v2/Users/" + user.path("id").asText());
        }
        send(exchange, 201, silent ? null : user);
    }

    private void bulk(HttpExchange exchange, ObjectNode request) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode operations = answer.putArray("Operations");
        for (JsonNode operation : request.path("Operations")) {
            ObjectNode result = operations.addObject();
            result.put("method", operation.path("method").asText());
            if (!users.has(Quirk.BULK_STATUS_AS_OBJECT)) {
                result.put("bulkId", operation.path("bulkId").asText());
            }
            int status = 201;
            try {
                String path = operation.path("path").asText();
                if (path.equals("/Users")) {
                    String id = users.create((ObjectNode) operation.path("data"))
                            .path("id")
                            .asText();
                    result.put("location", base() + "/Users/" + id);
                } else {
                    status = 200;
                    String version = operation.path("version").asText();
                    write(
                            operation.path("method").asText(),
                            decoded(path.substring("/Users/".length())),
                            operation.path("data").toString(),
                            version);
                }
            } catch (ScriptedUsers.Refused refused) {
                status = refused.status;
                result.set("response", error(refused));
            }
            if (users.has(Quirk.BULK_STATUS_AS_OBJECT)) {
                result.putObject("status").put("code", String.valueOf(status));
            } else {
                result.put("status", String.valueOf(status));
            }
        }
        send(exchange, 200, answer);
    }

    private static ObjectNode error(ScriptedUsers.Refused refused) {
        ObjectNode error = JSON.createObjectNode();
        error.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:Error");
        error.put("status", String.valueOf(refused.status)).put("detail", refused.getMessage());
        if (!refused.type.isEmpty()) {
            error.put("scimType", refused.type);
        }
        return error;
    }

    private void refuse(HttpExchange exchange, ScriptedUsers.Refused refused) throws IOException {
        if (users.has(Quirk.HTML_ERRORS)) {
            bytes(exchange, refused.status, "text/html", "<!doctype html><h1>HTTP Status " + refused.status + "</h1>");
        } else {
            send(exchange, refused.status, error(refused));
        }
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        bytes(exchange, status, "application/scim+json", body == null ? "" : body.toString());
    }

    private static void bytes(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        Arrays.stream(raw == null ? new String[0] : raw.split("&")).forEach(pair -> {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
        });
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static ObjectNode object(String body) {
        try {
            return (ObjectNode) JSON.readTree(body);
        } catch (IOException e) {
            throw new ScriptedUsers.Refused(400, "invalidSyntax", "no JSON");
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
