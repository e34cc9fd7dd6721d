package dev.rollcall.rest.internal.http;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Scheme, host and port of an address: how far a credential may go. Immutable and thread-safe.
 *
 * @param scheme in lower case
 * @param host in lower case
 * @param port as it is dialled, defaults filled in
 */
public record Origin(String scheme, String host, int port) {
    private static final int LAST_PORT = 65_535;

    public static Origin of(URI uri) {
        String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
        String host = Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, host, port);
    }

    /** {@return an origin, whose host may begin with {@code *.} for every host under a domain} */
    public static Optional<Origin> pattern(String text) {
        try {
            boolean wild = text.contains("://*.");
            Origin origin = of(URI.create(text.replace("://*.", "://")));
            Origin pattern = wild ? new Origin(origin.scheme, "*." + origin.host, origin.port) : origin;
            return origin.isHttp() && (!wild || origin.host.contains(".")) ? Optional.of(pattern) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return whether {@code other} is this one, or one of these} */
    public boolean covers(Origin other) {
        boolean sameHost = host.startsWith("*.")
                ? other.host.endsWith(host.substring(1)) && other.host.length() > host.length() - 1
                : other.host.equals(host);
        return sameHost && other.scheme.equals(scheme) && other.port == port;
    }

    /** {@return whether this is an address that HTTP can call} */
    public boolean isHttp() {
        return port <= LAST_PORT && (scheme.equals("http") || scheme.equals("https")) && !host.isEmpty();
    }

    /** {@return whether nobody on the way can read along: TLS, or this very machine} */
    public boolean isPrivate() {
        return scheme.equals("https") || isLoopback();
    }

    /** {@return whether this is this very machine} */
    boolean isLoopback() {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    @Override
    public String toString() {
        boolean standard = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (standard ? "" : ":" + port);
    }
}
