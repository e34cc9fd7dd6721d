package dev.rollcall.provisioning.directory;

import dev.rollcall.provisioning.internal.port.DirectoryConnections;

/** Builds directories over connections that are no pool's. Thread-safe. */
public final class DirectoryOverPort {
    private DirectoryOverPort() {}

    public static DirectoryBuilder openLdap(DirectoryConnections connections) {
        return new DirectoryBuilder(DirectoryType.OPENLDAP, connections);
    }
}
