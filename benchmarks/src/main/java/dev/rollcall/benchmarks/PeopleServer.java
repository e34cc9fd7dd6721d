package dev.rollcall.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An application on loopback that lists people by cursor, as JSON made beforehand. Thread-safe. */
final class PeopleServer implements AutoCloseable {
    private static final int PAGE = 500;
    private static final String[] FIRST = {"Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Zoë", "Łukasz"};
    private static final String[] LAST = {
        "Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Müller", "Nowak"
    };
    private static final String[] DEPARTMENT = {"Sales", "Research", "Finance", "Support", "Legal"};

    private final HttpServer server;
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final List<byte[]> pages;

    PeopleServer(int people) throws IOException {
        this.pages = pages(people);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/users", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/users";
    }

    private void answer(HttpExchange exchange) throws IOException {
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

    private static List<byte[]> pages(int people) {
        List<byte[]> pages = new ArrayList<>();
        for (int from = 0; from < people; from += PAGE) {
            StringBuilder page = new StringBuilder("{\"data\":[");
            int to = Math.min(people, from + PAGE);
            for (int id = from; id < to; id++) {
                page.append(id == from ? "" : ",").append(person(id));
            }
            page.append("],\"next\":")
                    .append(to < people ? "\"" + (pages.size() + 1) + "\"" : "null")
                    .append('}');
            pages.add(page.toString().getBytes(StandardCharsets.UTF_8));
        }
        return pages;
    }

    private static String person(int id) {
        String first = FIRST[id % FIRST.length];
        String last = LAST[id / FIRST.length % LAST.length];
        return ("{\"id\":%d,\"login\":\"user%d\",\"first_name\":\"%s\",\"last_name\":\"%s\",\"email\":\"User%d@Example.test\","
                        + "\"department\":\"%s\",\"title\":\"Engineer %d\",\"phone\":\"+64 9 %07d\",\"active\":true}")
                .formatted(id, id, first, last, id, DEPARTMENT[id % DEPARTMENT.length], id % 50, id);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
