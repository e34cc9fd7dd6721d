package dev.rollcall.rest;

import dev.rollcall.rest.internal.http.HttpTransport;
import dev.rollcall.rest.internal.http.TransportRequest;
import dev.rollcall.rest.internal.http.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application without a network: its responses and faults come from a script, on the thread that calls. Thread-safe. */
final class ScriptedTransport implements HttpTransport {
    /** What the application does with a request. */
    @FunctionalInterface
    interface Script {
        TransportResponse play(TransportRequest request) throws IOException;
    }

    private final List<TransportRequest> requests = new CopyOnWriteArrayList<>();
    private final Script script;

    ScriptedTransport(Script script) {
        this.script = script;
    }

    @Override
    public TransportResponse send(TransportRequest request) throws IOException {
        requests.add(request);
        return script.play(request);
    }

    /** {@return every request, in the order in which they were sent} */
    List<TransportRequest> requests() {
        return List.copyOf(requests);
    }

    /** {@return a response with a body of JSON} */
    static TransportResponse json(int status, String body) {
        return response(status, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@return a success whose connection breaks after this many bytes of its body} */
    static TransportResponse breaking(String body, int after) {
        byte[] whole = body.getBytes(StandardCharsets.UTF_8);
        return response(200, new InputStream() {
            private int position;

            @Override
            public int read() throws IOException {
                if (position == after) {
                    throw new IOException("fixed content-length: " + whole.length + ", bytes received: " + after);
                }
                return whole[position++] & 0xff;
            }

            /** One byte at a time, as the slowest connection gives them. */
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                target[offset] = (byte) read();
                return 1;
            }
        });
    }

    private static TransportResponse response(int status, InputStream body) {
        Map<String, List<String>> headers = new TreeMap<>(Map.of("Content-Type", List.of("application/json")));
        return new TransportResponse(status, HttpHeaders.of(headers, (name, value) -> true), body);
    }
}
