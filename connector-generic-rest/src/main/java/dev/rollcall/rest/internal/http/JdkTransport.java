package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.ConnectorContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;

/** The HTTP transport on {@code java.net.http}. Thread-safe. */
public final class JdkTransport implements HttpTransport {
    private final LazyClient client;

    private JdkTransport(LazyClient client) {
        this.client = client;
    }

    /**
     * {@return a transport}
     *
     * @param newClient makes the client, with {@code Redirect.NEVER}; called once, when it is needed or the host lends a
     *     thread for it
     */
    public static JdkTransport of(Callable<HttpClient> newClient, ConnectorContext context) {
        return new JdkTransport(LazyClient.of(newClient, context));
    }

    @Override
    public TransportResponse send(TransportRequest request) throws IOException, InterruptedException {
        HttpRequest sent = request(request);
        HttpResponse<InputStream> response =
                client.get().send(sent, info -> new BodyStream(request.timeout(), request.bodyTimeout()));
        return new TransportResponse(response.statusCode(), response.headers(), response.body());
    }

    private static HttpRequest request(TransportRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri()).timeout(request.timeout());
        if (!request.uri().getScheme().equalsIgnoreCase("https")) {
            // Without TLS the JDK asks every server to change to HTTP/2, which some of them do not survive.
            builder.version(HttpClient.Version.HTTP_1_1);
        }
        request.headers().forEach(header -> builder.header(header.getKey(), header.getValue()));
        return builder.method(
                        request.method(),
                        request.body().isNone()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body().bytes()))
                .build();
    }
}
