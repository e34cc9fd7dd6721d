package dev.rollcall.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An application on loopback that lists people by cursor, as JSON made beforehand: at {@code /users} everybody, at
 * {@code /changed} with another title for one in a hundred, at {@code /gone} besides without another one in a hundred.
 * Thread-safe.
 */
final class PeopleServer implements AutoCloseable {
    private static final int PAGE = 500;
    private static final String[] FIRST = {"Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Zoë", "Łukasz"};
    private static final String[] LAST = {
        "Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Müller", "Nowak"
    };
    private static final String[] DEPARTMENT = {"Sales", "Research", "Finance", "Support", "Legal"};

    private final HttpServer server;
    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    PeopleServer(int people) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        lists(people).forEach((path, pages) -> server.createContext(path, exchange -> answer(exchange, pages)));
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static Map<String, List<byte[]>> lists(int people) {
        return Map.of(
                "/users", pages(people, id -> person(id, "Engineer")),
                "/changed", pages(people, PeopleServer::changed),
                "/gone", pages(people, id -> id % 100 == 1 ? "" : changed(id)));
    }

    private static String changed(int id) {
        return person(id, id % 100 == 0 ? "Manager" : "Engineer");
    }

    private static void answer(HttpExchange exchange, List<byte[]> pages) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int page = 0;
        for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
            if (parameter.startsWith("cursor=")) {
                page = Integer.parseInt(parameter.substring("cursor=".length()));
            }
        }
        byte[] body = pages.get(page);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static List<byte[]> pages(int people, IntFunction<String> person) {
        List<byte[]> pages = new ArrayList<>();
        for (int from = 0; from < people; from += PAGE) {
            int to = Math.min(people, from + PAGE);
            String data = IntStream.range(from, to)
                    .mapToObj(person)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(","));
            String next = to < people ? "\"" + (pages.size() + 1) + "\"" : "null";
            pages.add(("{\"data\":[" + data + "],\"next\":" + next + "}").getBytes(StandardCharsets.UTF_8));
        }
        return pages;
    }

    private static String person(int id, String title) {
        String first = FIRST[id % FIRST.length];
        String last = LAST[id / FIRST.length % LAST.length];
        return ("{\"id\":%d,\"login\":\"user%d\",\"first_name\":\"%s\",\"last_name\":\"%s\",\"email\":\"User%d@Example.test\","
                        + "\"department\":\"%s\",\"title\":\"%s %d\",\"phone\":\"+64 9 %07d\",\"manager\":%d,"
                        + "\"badge\":\"%08X-ABCD-4ABC-8ABC-ABCDEFABCDEF\",\"active\":true}")
                .formatted(
                        id, id, first, last, id, DEPARTMENT[id % DEPARTMENT.length], title, id % 50, id, id / 10, id);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
