package dev.rollcall.configuration;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/** The address of a directory server. Immutable and thread-safe. */
record ServerAddress(String host, int port, boolean tls) {
    /** {@return the address in {@code ldap://host:port} or {@code ldaps://host:port}, if it is one} */
    static Optional<ServerAddress> parse(String text) {
        try {
            URI uri = URI.create(text.strip());
            String scheme = String.valueOf(uri.getScheme());
            boolean tls = scheme.equalsIgnoreCase("ldaps");
            String host = uri.getHost();
            boolean bare = (uri.getPath() == null || uri.getPath().length() <= 1)
                    && uri.getQuery() == null
                    && uri.getUserInfo() == null;
            if (host == null || !bare || !(tls || scheme.equalsIgnoreCase("ldap"))) {
                return Optional.empty();
            }
            String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return Optional.of(new ServerAddress(name, uri.getPort() > 0 ? uri.getPort() : tls ? 636 : 389, tls));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return whether nothing that is sent there leaves this machine; no name is looked up to find out} */
    boolean isLoopback() {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return host.matches("[0-9.]+|.*:.*") && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return (tls ? "ldaps://" : "ldap://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
