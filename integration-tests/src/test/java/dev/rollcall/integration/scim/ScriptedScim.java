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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;

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
        server.createContext("/scim/v3", this::handle);
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
        String id = users.add(given).path("id").asText();
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
            if (users.has(Quirk.MOVED) && exchange.getRequestURI().getPath().startsWith("/scim/v2")) {
                String there = exchange.getRequestURI().toString().replaceFirst("/scim/v2", "/scim/v3");
                exchange.getResponseHeaders().add("Location", there);
                exchange.sendResponseHeaders(308, -1);
                return;
            }
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
        String place = users.has(Quirk.USERS_AT_PEOPLE) ? "/People" : "/Users";
        String id = path.startsWith(place + "/") ? decoded(path.substring(place.length() + 1)) : "";
        if (ScriptedDiscovery.PLACES.contains(path)) {
            discovery(exchange, path);
        } else if (path.equals(place) && method.equals("GET")) {
            ObjectNode list = pages.answer(query(exchange));
            send(exchange, 200, users.has(Quirk.BARE_LIST) ? list.path("Resources") : list);
        } else if (path.equals(place) && method.equals("POST")) {
            created(exchange, users.create(object(body)));
        } else if (path.equals("/Bulk") && method.equals("POST") && users.has(Quirk.BULK)) {
            bulk(exchange, object(body));
        } else if (id.isEmpty()) {
            throw new ScriptedUsers.Refused(404, "", "Endpoint Not Found");
        } else if (method.equals("GET")) {
            ObjectNode user = users.get(id)
                    .orElseThrow(() -> new ScriptedUsers.Refused(404, "", "Resource " + id + " not found"));
            if (!users.version(user).isEmpty()) {
                exchange.getResponseHeaders().add("ETag", users.version(user));
            }
            send(exchange, 200, user);
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
                if (users.has(Quirk.NO_PATCH) || users.has(Quirk.PATCH_IS_405)) {
                    int status = users.has(Quirk.PATCH_IS_405) ? 405 : 501;
                    throw new ScriptedUsers.Refused(status, "", "PATCH is not supported");
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

    private void discovery(HttpExchange exchange, String path) throws IOException {
        if (users.has(Quirk.DISCOVERY_IS_HTML)) {
            bytes(exchange, 200, "text/html", "<!doctype html><title>Welcome</title>");
        } else {
            send(exchange, 200, ScriptedDiscovery.answer(path, users, base()));
        }
    }

    private void created(HttpExchange exchange, ObjectNode user) throws IOException {
        boolean silent = users.has(Quirk.CREATED_WITHOUT_BODY) || users.has(Quirk.CREATED_WITHOUT_PLACE);
        if (users.has(Quirk.CREATED_WITHOUT_BODY)) {
            exchange.getResponseHeaders()
                    .add("Location", "/scim/v2/Users/" + user.path("id").asText());
        }
        send(exchange, users.has(Quirk.CREATED_AS_200) ? 200 : 201, silent ? null : user);
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
                    String root = users.has(Quirk.BULK_PLACE_AS_PATH) ? "/scim/v2" : base().toString();
                    if (!users.has(Quirk.BULK_WITHOUT_PLACE)) {
                        result.put("location", root + "/Users/" + id);
                    }
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
            } else if (users.has(Quirk.BULK_STATUS_AS_NUMBER)) {
                result.put("status", status);
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

    private void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        String text = body == null ? "" : body.toString();
        if (users.has(Quirk.OTHER_CASE)) {
            text = text.replaceAll("\"(userName|externalId|active|emails|value|id|Resources|meta)\":", "\"$1\" :");
            text = Pattern.compile("\"([A-Za-z]+)\" :")
                    .matcher(text)
                    .replaceAll(found -> "\"" + found.group(1).toUpperCase(Locale.ROOT) + "\":");
        }
        if (users.has(Quirk.NULLS)) {
            text = text.replaceAll("\"userName\":", "\"nickName\":null,\"roles\":[],\"ims\":null,\"userName\":");
        }
        bytes(exchange, status, users.has(Quirk.JSON_AS_HTML) ? "text/html" : "application/scim+json", text);
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
