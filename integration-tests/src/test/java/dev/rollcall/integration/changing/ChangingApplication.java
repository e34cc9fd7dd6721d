package dev.rollcall.integration.changing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * An application over HTTP that lists its people in every way of paging, as REST and as SCIM, and whose people change
 * between two requests. Thread-safe.
 */
final class ChangingApplication implements AutoCloseable {
    /** What happens to the people while they are listed. */
    enum Change {
        NONE,
        LEAVER,
        JOINER,
        BOTH,
        REORDER,
        /** The list skips the same person every time, and counts them. */
        STABLE_LIE,
        /** The list skips somebody else every time, and counts them. */
        SHIFTING_LIE
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<String> people = new ArrayList<>();
    private final Set<String> always = new HashSet<>();
    private Random random = new Random(0);
    private Change change = Change.NONE;
    private String hidden = "";
    private int size;
    private int changesLeft;
    private int joined;
    private boolean tellsTotal;

    ChangingApplication() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Begins anew: with other people, another change, and pages of another size. */
    synchronized Change begin(Random seeded, boolean total) {
        random = seeded;
        tellsTotal = total;
        List<Change> changes = List.of(Change.values());
        change = changes.get(random.nextInt(changes.size()));
        size = 2 + random.nextInt(6);
        changesLeft = 1 + random.nextInt(2);
        joined = 0;
        people.clear();
        int count = 5 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            people.add("p%03d".formatted(i));
        }
        hidden = change == Change.STABLE_LIE ? people.get(random.nextInt(count)) : "";
        always.clear();
        always.addAll(people);
        return change;
    }

    /** {@return who was there all the time} */
    synchronized Set<String> always() {
        Set<String> stayed = new HashSet<>(always);
        stayed.retainAll(people);
        return stayed;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String path = exchange.getRequestURI().getPath();
        String body;
        synchronized (this) {
            body = body(path, query, exchange);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, body.isEmpty() ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> query(String raw) {
        return raw == null
                ? Map.of()
                : Arrays.stream(raw.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** {@return the answer; empty if there is no such thing} */
    private String body(String path, Map<String, String> query, HttpExchange exchange) {
        String key = path.substring(path.lastIndexOf('/') + 1);
        if (path.equals("/scim/Users")) {
            return scim(query);
        } else if (path.startsWith("/scim/Users/") || path.startsWith("/users/")) {
            return people.contains(key) ? row(key) : "";
        } else if (path.startsWith("/scim/")) {
            return path.endsWith("ServiceProviderConfig")
                    ? "{\"pagination\": {\"cursor\": false, \"index\": true}, \"filter\": {\"supported\": true}}"
                    : "";
        }
        return rest(key, query, exchange);
    }

    private String scim(Map<String, String> query) {
        if (query.containsKey("filter")) {
            List<String> found = people.stream()
                    .filter(person -> query.get("filter").contains('"' + person + '"'))
                    .toList();
            return "{\"totalResults\": " + found.size() + ", \"Resources\": " + rows(found) + "}";
        }
        List<String> now = listed();
        int from = Math.min(now.size(), Integer.parseInt(query.getOrDefault("startIndex", "1")) - 1);
        List<String> page = now.subList(from, Math.min(now.size(), from + size));
        String total = "\"totalResults\": " + people.size() + ", ";
        mayChange(false);
        return "{" + total + "\"startIndex\": " + (from + 1) + ", \"Resources\": " + rows(page) + "}";
    }

    private String rest(String paging, Map<String, String> query, HttpExchange exchange) {
        List<String> now = listed();
        String at = query.getOrDefault("at", "");
        int from = switch (paging) {
            case "page" -> (at.isEmpty() ? 0 : Integer.parseInt(at) - 1) * size;
            case "after" ->
                (int) now.stream().filter(person -> person.compareTo(at) <= 0).count();
            default -> at.isEmpty() ? 0 : Integer.parseInt(at);
        };
        from = Math.min(now.size(), from);
        int to = Math.min(now.size(), from + size);
        List<String> page = now.subList(from, to);
        boolean more = to < now.size();
        String next = paging.equals("after") && !page.isEmpty() ? page.get(page.size() - 1) : Integer.toString(to);
        String announced = switch (paging) {
            case "offset" -> ", \"more\": " + more;
            case "cursor", "after" -> ", \"next\": " + (more ? '"' + next + '"' : "null");
            case "next-url" -> ", \"next\": " + (more ? '"' + url() + "/list/next-url?at=" + next + '"' : "null");
            default -> "";
        };
        if (paging.equals("link") && more) {
            exchange.getResponseHeaders().set("Link", "<" + url() + "/list/link?at=" + next + ">; rel=\"next\"");
        }
        String total = tellsTotal ? ", \"total\": " + people.size() : "";
        mayChange(paging.equals("after"));
        return "{\"data\": " + rows(page) + announced + total + "}";
    }

    private List<String> listed() {
        String skipped = change == Change.SHIFTING_LIE ? people.get(random.nextInt(people.size())) : hidden;
        return people.stream().filter(person -> !person.equals(skipped)).toList();
    }

    private static String rows(List<String> page) {
        return page.stream().map(ChangingApplication::row).collect(Collectors.joining(",", "[", "]"));
    }

    private static String row(String key) {
        return "{\"id\": \"" + key + "\", \"userName\": \"" + key + "\", \"active\": true}";
    }

    private void mayChange(boolean sorted) {
        if (changesLeft == 0 || random.nextInt(3) > 0) {
            return;
        }
        changesLeft--;
        switch (change) {
            case LEAVER -> people.remove(random.nextInt(people.size()));
            case JOINER -> join(sorted);
            case BOTH -> {
                people.remove(random.nextInt(people.size()));
                join(sorted);
            }
            case REORDER -> {
                if (!sorted) {
                    String moved = people.remove(random.nextInt(people.size()));
                    people.add(random.nextInt(people.size() + 1), moved);
                }
            }
            case NONE, STABLE_LIE, SHIFTING_LIE -> {}
        }
    }

    private void join(boolean sorted) {
        String name = "q%03d".formatted(joined++);
        people.add(sorted ? people.size() : random.nextInt(people.size() + 1), name);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
