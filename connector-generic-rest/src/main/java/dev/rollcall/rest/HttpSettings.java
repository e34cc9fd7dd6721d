package dev.rollcall.rest;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections to an application are made: connect timeout, proxy, TLS. Immutable and thread-safe.
 *
 * <p>The client that is made of it follows no redirects by itself, keeps no cookies and answers no authentication
 * challenge.
 */
public final class HttpSettings {
    private static final HttpSettings DEFAULTS = new HttpSettings(Duration.ofSeconds(10), null, null);

    private final Duration connectTimeout;
    private final @Nullable ProxySelector proxy;
    private final @Nullable SSLContext tls;

    private HttpSettings(Duration connectTimeout, @Nullable ProxySelector proxy, @Nullable SSLContext tls) {
        this.connectTimeout = connectTimeout;
        this.proxy = proxy;
        this.tls = tls;
    }

    /** {@return ten seconds to connect, no proxy, the JDK's own trust} */
    public static HttpSettings defaults() {
        return DEFAULTS;
    }

    /** {@return a copy with another time to connect in} */
    public HttpSettings connectTimeout(Duration timeout) {
        return new HttpSettings(Objects.requireNonNull(timeout, "timeout"), proxy, tls);
    }

    /** {@return a copy that goes through a proxy} */
    public HttpSettings proxy(ProxySelector selector) {
        return new HttpSettings(connectTimeout, Objects.requireNonNull(selector, "selector"), tls);
    }

    /** {@return a copy with its own trust and keys} */
    public HttpSettings tls(SSLContext context) {
        return new HttpSettings(connectTimeout, proxy, Objects.requireNonNull(context, "context"));
    }

    HttpClient newClient() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        if (proxy != null) {
            builder.proxy(proxy);
        }
        if (tls != null) {
            builder.sslContext(tls);
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return "HTTP, connecting within " + connectTimeout + (proxy == null ? "" : ", through a proxy");
    }
}
