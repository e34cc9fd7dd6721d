package dev.rollcall.rest;

import dev.rollcall.connector.ConnectorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A program of its own, for a network of its own, whose packets it drops: prints what becomes of a read. */
final class PacketFaults {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";

    /** Nothing passes any more: the bucket holds less than a packet. */
    private static final String DROP_ALL = "tc qdisc replace dev lo root tbf rate 8bit burst 1 latency 1ms";

    private PacketFaults() {}

    public static void main(String[] args) throws Exception {
        run("ip link set lo up mtu 1500");
        run("ip addr add 10.1.1.1/24 dev lo");
        run("ip route add unreachable 10.9.9.9");
        dropInMidBody();
        dropConnections();
        tell("host unreachable", "https://10.9.9.9");
        tell("network unreachable", "https://10.7.7.7");
        narrow();
    }

    private static void dropInMidBody() {
        try (RawServer server = new RawServer((socket, out) -> {
            out.write((HEAD + "100\r\n\r\n{\"data\": [").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.sleep(100);
            run(DROP_ALL);
            out.write("{\"id\": 1}".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            socket.getInputStream().read();
        })) {
            tell("blackhole mid-body", "http://127.0.0.1:" + server.port());
        }
    }

    private static void dropConnections() throws IOException, InterruptedException {
        run(DROP_ALL);
        try (RawServer server = RawServer.saying("HTTP/1.1 204 Nothing\n\n")) {
            tell("SYN dropped", "http://127.0.0.1:" + server.port());
        }
        run("tc qdisc del dev lo root");
    }

    /** A line of a megabyte a second, which forgets what comes faster, until that is sent again. */
    private static void narrow() throws IOException, InterruptedException {
        run("tc qdisc replace dev lo root tbf rate 8mbit burst 3000 latency 5ms");
        String people = IntStream.range(0, 5_000)
                .mapToObj(id -> "{\"id\": " + id + ", \"filler\": \"" + "x".repeat(80) + "\"}")
                .collect(Collectors.joining(",", "{\"data\": [", "]}"));
        try (RawServer server = new RawServer((socket, out) ->
                out.write((HEAD + people.length() + "\r\n\r\n" + people).getBytes(StandardCharsets.US_ASCII)))) {
            tell("loss and little bandwidth", "http://127.0.0.1:" + server.port(), "10s");
        }
    }

    /** Only where nothing comes anyway is it waited for a short time. */
    private static void tell(String fault, String origin) {
        tell(fault, origin, "400ms");
    }

    private static void tell(String fault, String origin, String timeout) {
        String source = FaultSuite.source(origin, "").replace("timeout: 10s", "timeout: " + timeout)
                + "http: {connectTimeout: " + timeout + "}\n";
        String outcome;
        try {
            int records = Sources.fetch(Sources.connector(source)).size();
            boolean dropped = run("tc -s qdisc show dev lo").matches("(?s).*dropped [1-9].*");
            outcome = "whole: " + records + " records and " + (dropped ? "some" : "no") + " packets dropped";
        } catch (ConnectorException e) {
            outcome = e.kind() + ": " + e.getMessage().replace('\n', ' ');
        } catch (IOException | InterruptedException e) {
            outcome = e.toString();
        }
        System.out.println("= " + fault + ": " + outcome);
    }

    private static String run(String command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
