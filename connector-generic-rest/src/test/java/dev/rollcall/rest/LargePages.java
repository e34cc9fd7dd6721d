package dev.rollcall.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A program of its own, for a small heap: reads people of 1.2 KB from a server in it, by the engine and by hand.
 * Arguments: how many people, how many on a page, how many rounds, and {@code hand} to compare.
 */
final class LargePages {
    private static final byte[] TAIL = tail();

    private LargePages() {}

    private static byte[] tail() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 39; i++) {
            text.append(",\"column_")
                    .append(i)
                    .append("\":\"value number ")
                    .append(i)
                    .append("\"");
        }
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    static HttpServer serve(int people, int size) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/users", exchange -> {
            int page = Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll("\\D+", ""));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new java.io.BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
                out.write(("{\"pages\":" + (people / size) + ",\"data\":[").getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < size; i++) {
                    out.write(((i == 0 ? "" : ",") + "{\"id\":" + ((page - 1) * size + i))
                            .getBytes(StandardCharsets.UTF_8));
                    out.write(TAIL);
                }
                out.write("]}".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        return server;
    }

    static long byEngine(int port, ConnectorContext context) {
        Value source = Value.from(Map.of(
                "primaryKey",
                "id",
                "endpoints",
                List.of(Map.of(
                        "name",
                        "users",
                        "url",
                        "http://127.0.0.1:" + port + "/users",
                        "records",
                        "/data",
                        "paging",
                        Map.of("type", "page", "parameter", "page", "totalPages", "/pages")))));
        RestSettings settings =
                RestSettings.read(Settings.of((Value.Fields) source), new GenericRestProvider().descriptor());
        long count = 0;
        try (RestConnector connector = RestConnector.of(settings, context);
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                count += pages.next().items().size();
            }
        }
        return count;
    }

    static long byHand(int port, int pages) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        JsonFactory factory = new JsonFactory();
        long count = 0;
        for (int page = 1; page <= pages; page++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/users?page=" + page))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (JsonParser parser = factory.createParser(response.body())) {
                while (parser.nextToken() != JsonToken.START_ARRAY) {}
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    Map<String, Object> record = new LinkedHashMap<>();
                    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                        JsonToken token = parser.nextToken();
                        record.put(
                                name, token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : parser.getText());
                    }
                    count += record.isEmpty() ? 0 : 1;
                }
                while (parser.nextToken() != null) {}
            }
        }
        return count;
    }

    public static void main(String[] args) throws Exception {
        int people = Integer.parseInt(args[0]);
        int size = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        boolean compare = args.length > 3;
        HttpServer server = serve(people, size);
        int port = server.getAddress().getPort();
        ExecutorService threads = Executors.newCachedThreadPool();
        Map<String, Long> best = new HashMap<>();
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            long count = byEngine(port, ConnectorContext.defaults());
            best.merge("engine", System.nanoTime() - start, Math::min);
            System.out.println("records " + count);
            if (compare) {
                start = System.nanoTime();
                byEngine(port, ConnectorContext.defaults().executor(threads));
                best.merge("engine, ahead", System.nanoTime() - start, Math::min);
                start = System.nanoTime();
                byHand(port, people / size);
                best.merge("by hand", System.nanoTime() - start, Math::min);
            }
        }
        best.forEach((name, nanos) -> System.out.println(name + " " + nanos / 1_000_000 + " ms"));
        server.stop(0);
        System.exit(0);
    }
}
