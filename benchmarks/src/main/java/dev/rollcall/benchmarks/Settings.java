package dev.rollcall.benchmarks;

import java.net.URI;

/** Where the people are, and where they are wanted, as the arguments of a program name them. Immutable and thread-safe. */
record Settings(String source, String ldapUrl, String bindDn, String password, String base) {
    String host() {
        return URI.create(ldapUrl).getHost();
    }

    int port() {
        return URI.create(ldapUrl).getPort();
    }
}
