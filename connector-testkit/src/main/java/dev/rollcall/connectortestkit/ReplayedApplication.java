package dev.rollcall.connectortestkit;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers as a recorded application did, without it. A request is known by its method, address and body; where the same
 * was asked several times, the answers come in the order in which they came, and the last one stays. What was not
 * recorded is answered with status 501. Thread-safe.
 */
public final class ReplayedApplication implements AutoCloseable {
    private final List<Recording> left;
    private final Map<String, Recording> last = new LinkedHashMap<>();
    private final SecretRemoval removal = new SecretRemoval(List.of());
    private final Loopback server;

    private ReplayedApplication(List<Recording> recordings) {
        this.left = new ArrayList<>(recordings);
        this.server = new Loopback((exchange, target, body) -> Loopback.send(
                exchange, answer(exchange.getRequestMethod(), removal.target(target), removal.body(body))));
    }

    /** {@return an application that answers from a file, which {@link RecordingApplication} wrote} */
    public static ReplayedApplication of(Path recording) {
        return new ReplayedApplication(Recording.read(recording));
    }

    /** {@return the origin to point a connector at} */
    public URI address() {
        return server.address();
    }

    private synchronized ApplicationAnswer answer(String method, String target, String body) {
        String key = method + " " + target + "\n" + body;
        for (Recording recording : left) {
            if (recording.method().equals(method)
                    && recording.target().equals(target)
                    && recording.request().equals(body)) {
                left.remove(recording);
                last.put(key, recording);
                break;
            }
        }
        Recording found = last.get(key);
        if (found == null) {
            return ApplicationAnswer.status(501, "not recorded: " + method + " " + target);
        }
        String here = address().toString();
        Map<String, String> headers = new LinkedHashMap<>();
        found.headers().forEach((name, value) -> headers.put(name, value.replace(Recording.ORIGIN, here)));
        return new ApplicationAnswer(found.status(), headers, found.answer().replace(Recording.ORIGIN, here));
    }

    @Override
    public void close() {
        server.close();
    }
}
