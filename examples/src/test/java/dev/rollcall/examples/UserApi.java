package dev.rollcall.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An application with users on a loopback address, page by page with a cursor, and with faults when asked. */
final class UserApi implements AutoCloseable {
    /** Ten pages for everybody, however many there are. */
    private static final int PAGES = 10;

    enum Fault {
        NONE,
        /** Page 7 answers 500, however often it is asked. */
        PAGE_FAILS,
        /** The list is whole and empty. */
        EMPTY,
        /** The list is whole and half as long. */
        HALF,
        /** Page 7 ends in the middle of a record. */
        CUT,
        /** Page 7 announces the cursor of page 3. */
        REPEATED_CURSOR,
        /** Page 7 redirects to another host. */
        REDIRECT
    }

    private static final Pattern CURSOR = Pattern.compile("cursor=p(\\d+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    final AtomicInteger requests = new AtomicInteger();
    private volatile List<String> users = List.of();
    private volatile Fault fault = Fault.NONE;
    private volatile String elsewhere = "";

    UserApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/users", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    static String user(int id) {
        return user(id, "Last" + id, true);
    }

    static String user(int id, String lastName, boolean active) {
        return "{\"id\": %d, \"first_name\": \"First\", \"last_name\": \"%s\", \"email\": \"u%d@example.test\", \"active\": %b}"
                .formatted(id, lastName, id, active);
    }

    static List<String> users(int count) {
        List<String> users = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            users.add(user(id));
        }
        return users;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void serve(List<String> everyone) {
        users = List.copyOf(everyone);
    }

    void fault(Fault next) {
        fault = next;
    }

    void redirectTo(String address) {
        elsewhere = address;
    }

    /** Answers whatever is sent to a path with this JSON. */
    void serve(String path, String json) {
        server.createContext(path, exchange -> {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        Matcher matcher = CURSOR.matcher(query);
        int page = matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
        boolean faulty = page == 7;
        List<String> all = users;
        if (fault == Fault.EMPTY) {
            all = List.of();
        } else if (fault == Fault.HALF) {
            all = all.subList(0, all.size() / 2);
        }
        int size = Math.max(5, users.size() / PAGES);
        int from = Math.min((page - 1) * size, all.size());
        int to = Math.min(from + size, all.size());
        int next = faulty && fault == Fault.REPEATED_CURSOR ? 3 : page + 1;
        String cursor = to < all.size() ? "\"p" + next + "\"" : "null";
        String body = "{\"data\": [" + String.join(", ", all.subList(from, to)) + "], \"next\": " + cursor + "}";
        int status = 200;
        if (faulty && fault == Fault.PAGE_FAILS) {
            status = 500;
            body = "{\"error\": \"database is down\"}";
        } else if (faulty && fault == Fault.CUT) {
            body = body.substring(0, body.length() / 2);
        } else if (faulty && fault == Fault.REDIRECT) {
            status = 302;
            exchange.getResponseHeaders().set("Location", elsewhere + "/users?cursor=p7");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
