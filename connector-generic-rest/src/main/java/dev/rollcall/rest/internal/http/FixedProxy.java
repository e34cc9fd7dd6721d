package dev.rollcall.rest.internal.http;

import dev.rollcall.rest.internal.settings.Node;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One proxy for every address but those of this machine. Immutable and thread-safe. */
public final class FixedProxy extends ProxySelector {
    private final URI address;
    private final Proxy proxy;

    private FixedProxy(URI address) {
        this.address = address;
        this.proxy = new Proxy(
                Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(
                        address.getHost(), Origin.of(address).port()));
    }

    /** {@return the proxy at an address; an address that is not one is reported to the node} */
    public static Optional<ProxySelector> parse(Node node, String key, String text) {
        try {
            URI address = URI.create(text.trim());
            boolean bare = address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && List.of("", "/").contains(String.valueOf(address.getRawPath()));
            if (bare && "http".equalsIgnoreCase(address.getScheme()) && address.getHost() != null) {
                return Optional.of(new FixedProxy(address));
            }
        } catch (IllegalArgumentException e) {
            // Told below, as for another address that is no proxy's.
        }
        node.problem("wrong-value", key, "is no address of a proxy", "such as http://proxy.example.com:3128");
        return Optional.empty();
    }

    /** What goes to this machine never leaves it: it may be a credential without TLS. */
    @Override
    public List<Proxy> select(URI uri) {
        return List.of(Origin.of(uri).isLoopback() ? Proxy.NO_PROXY : proxy);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress tried, IOException failure) {
        // There is no other one to try.
    }

    @Override
    public String toString() {
        return "the proxy " + address;
    }
}
