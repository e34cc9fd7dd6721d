package dev.rollcall.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for an application that takes accounts by SCIM, on a loopback address: lists, creates and replaces users, and
 * knows no PATCH. Thread-safe.
 */
final class ScimStandIn implements AutoCloseable {
    private static final String BASE = "/scim/v2";
    private static final Pattern START = Pattern.compile("(?:^|&)startIndex=(\\d+)");
    private static final int PAGE = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final String token;
    private final TreeMap<Integer, ObjectNode> users = new TreeMap<>();
    private String dropped = "";
    private List<String> described = List.of();
    private int writes;

    private ScimStandIn(HttpServer server, String token) {
        this.server = server;
        this.token = token;
        server.createContext(BASE, this::answer);
    }

    static ScimStandIn start(String token) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ScimStandIn standIn = new ScimStandIn(server, token);
            server.start();
            return standIn;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + BASE;
    }

    /** {@return the user with this name, if there is one} */
    synchronized Optional<JsonNode> user(String userName) {
        return users.values().stream()
                .filter(user -> user.path("userName").asText().equalsIgnoreCase(userName))
                .map(user -> (JsonNode) user.deepCopy())
                .findFirst();
    }

    synchronized int count() {
        return users.size();
    }

    synchronized long active() {
        return users.values().stream()
                .filter(user -> user.path("active").asBoolean())
                .count();
    }

    /** Takes an attribute from now on as many applications do: without a word, and without keeping it. */
    synchronized void drop(String attribute) {
        dropped = attribute;
    }

    /** Describes its users as having these attributes and no others. */
    synchronized void describe(List<String> attributes) {
        described = List.copyOf(attributes);
    }

    /** {@return how many requests have written something} */
    synchronized int writes() {
        return writes;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath().substring(BASE.length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        ObjectNode answer = JSON.createObjectNode();
        int status;
        synchronized (this) {
            if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                status = 401;
            } else if (path.equals("/Users") && method.equals("GET")) {
                status = 200;
                page(Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""), answer);
            } else if (path.equals("/Users") && method.equals("POST")) {
                status = create((ObjectNode) JSON.readTree(body), answer);
            } else if (path.equals("/Schemas") && !described.isEmpty()) {
                status = 200;
                ArrayNode attributes = answer.putArray("Resources")
                        .addObject()
                        .put("id", "urn:ietf:params:scim:schemas:core:2.0:User")
                        .putArray("attributes");
                described.forEach(name -> attributes.addObject().put("name", name));
            } else if (path.matches("/Users/\\d+")) {
                status = one(method, Integer.parseInt(path.substring("/Users/".length())), body, answer);
            } else {
                status = 404;
            }
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/scim+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void page(String query, ObjectNode answer) {
        Matcher matcher = START.matcher(query);
        int start = matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
        List<ObjectNode> all = List.copyOf(users.values());
        answer.put("totalResults", all.size());
        ArrayNode resources = answer.putArray("Resources");
        all.subList(Math.min(start - 1, all.size()), Math.min(start - 1 + PAGE, all.size()))
                .forEach(resources::add);
    }

    private int create(ObjectNode user, ObjectNode answer) {
        if (user(user.path("userName").asText()).isPresent()) {
            answer.put("scimType", "uniqueness").put("detail", "this name is in use");
            return 409;
        }
        writes++;
        user.remove(dropped);
        int id = users.isEmpty() ? 1 : users.lastKey() + 1;
        user.put("id", String.valueOf(id));
        users.put(id, user);
        answer.setAll(user);
        return 201;
    }

    private int one(String method, int id, byte[] body, ObjectNode answer) throws IOException {
        ObjectNode present = users.get(id);
        if (present == null) {
            return 404;
        } else if (method.equals("PUT")) {
            writes++;
            present = (ObjectNode) JSON.readTree(body);
            present.remove(dropped);
            present.put("id", String.valueOf(id));
            users.put(id, present);
        } else if (!method.equals("GET")) {
            return 501;
        }
        answer.setAll(present);
        return 200;
    }

    /** {@return what is kept, by name, for a person to look at} */
    synchronized Map<String, Boolean> activeByName() {
        Map<String, Boolean> states = new TreeMap<>();
        users.values()
                .forEach(user -> states.put(
                        user.path("userName").asText(), user.path("active").asBoolean()));
        return states;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
