package dev.rollcall.rest;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A program of its own, for a small heap: reads one page of people of 1.2 KB from a server in it. Argument: how many. */
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

    public static void main(String[] args) throws Exception {
        int people = Integer.parseInt(args[0]);
        HttpServer server = serve(people, people);
        System.out.println("records " + byEngine(server.getAddress().getPort(), ConnectorContext.defaults()));
        server.stop(0);
        System.exit(0);
    }
}
