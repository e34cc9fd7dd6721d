package dev.rollcall.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for Pipedrive on a loopback address: users behind an API token, page by page with a cursor. Thread-safe.
 */
final class PipedriveStandIn implements AutoCloseable {
    /** A user, as the application knows it. */
    record User(int id, String firstName, String lastName, String email, String department, boolean active) {
        User lastName(String name) {
            return new User(id, firstName, name, email, department, active);
        }

        User deactivated() {
            return new User(id, firstName, lastName, email, department, false);
        }

        String json() {
            return """
                    {"id": %d, "first_name": "%s", "last_name": "%s", "email": "%s", "department": "%s", \
                    "active_flag": %b}""".formatted(id, firstName, lastName, email, department, active);
        }
    }

    private static final Pattern LIMIT = Pattern.compile("(?:^|&)limit=(\\d+)");
    private static final Pattern CURSOR = Pattern.compile("(?:^|&)cursor=after-(\\d+)");

    private final HttpServer server;
    private final String token;
    private final SortedMap<Integer, User> users = new TreeMap<>();
    private int cutAfter = Integer.MAX_VALUE;
    private int requests;

    private PipedriveStandIn(HttpServer server, String token) {
        this.server = server;
        this.token = token;
        server.createContext("/api/v2/users", this::answer);
    }

    static PipedriveStandIn start(String token, Collection<User> users) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            PipedriveStandIn standIn = new PipedriveStandIn(server, token);
            users.forEach(standIn::put);
            server.start();
            return standIn;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2";
    }

    synchronized void put(User user) {
        users.put(user.id(), user);
    }

    synchronized User get(int id) {
        return Optional.ofNullable(users.get(id)).orElseThrow();
    }

    synchronized void remove(int id) {
        users.remove(id);
    }

    /** Loses everyone after so many users, as a broken export does: the list ends early and looks whole. */
    synchronized void cutAfter(int count) {
        cutAfter = count;
    }

    synchronized int requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known = token.equals(exchange.getRequestHeaders().getFirst("x-api-token"));
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        String body = known ? page(query) : "{\"success\": false, \"error\": \"unauthorized access\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized String page(String query) {
        requests++;
        int limit = number(LIMIT, query, 100);
        int after = number(CURSOR, query, 0);
        List<User> all = users.values().stream()
                .sorted(Comparator.comparingInt(User::id))
                .limit(cutAfter)
                .filter(user -> user.id() > after)
                .toList();
        List<User> page = all.subList(0, Math.min(limit, all.size()));
        String next = page.size() < all.size()
                ? "\"after-" + page.get(page.size() - 1).id() + "\""
                : "null";
        String data = String.join(", ", page.stream().map(User::json).toList());
        return "{\"success\": true, \"data\": [" + data + "], \"additional_data\": {\"next_cursor\": " + next + "}}";
    }

    private static int number(Pattern pattern, String query, int fallback) {
        Matcher matcher = pattern.matcher(query);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : fallback;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
