package dev.rollcall.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program of its own: people of 40 columns and 1.2 KB on numbered pages, {@code /users?page=1&size=1000&of=100000&delay=50}.
 * Prints its port, and ends with its standard input. Thread-safe.
 */
final class RestServer {
    private static final Pattern NUMBER = Pattern.compile("(page|size|of|delay)=(\\d+)");
    private static final byte[] COLUMNS = columns();

    private RestServer() {}

    private static byte[] columns() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < 40; i++) {
            text.append(",\"column_%02d\":\"value %02d of a person\"".formatted(i, i));
        }
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/users", RestServer::answer);
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {}
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        int page = 1;
        int size = 1000;
        int of = 1000;
        int delay = 0;
        Matcher matcher = NUMBER.matcher(exchange.getRequestURI().getQuery());
        while (matcher.find()) {
            int number = Integer.parseInt(matcher.group(2));
            switch (matcher.group(1)) {
                case "page" -> page = number;
                case "size" -> size = number;
                case "of" -> of = number;
                default -> delay = number;
            }
        }
        try {
            TimeUnit.MILLISECONDS.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = new java.io.BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            out.write(("{\"pages\":" + (of + size - 1) / size + ",\"data\":[").getBytes(StandardCharsets.UTF_8));
            int from = (page - 1) * size;
            for (int id = from; id < Math.min(of, from + size); id++) {
                out.write(((id == from ? "" : ",") + "{\"id\":" + id).getBytes(StandardCharsets.UTF_8));
                out.write(COLUMNS);
            }
            out.write("]}".getBytes(StandardCharsets.UTF_8));
        }
    }
}
