package dev.rollcall.provisioning.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import dev.rollcall.provisioning.internal.port.DirectoryConnections;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lends connections, all to one server: another server may lag behind, and what was read there does not
 * hold here. Thread-safe.
 */
final class DirectorySession {
    private final DirectoryConnections connections;
    private final Duration timeout;
    private @Nullable String server;

    DirectorySession(DirectoryConnections connections, Duration timeout) {
        this.connections = connections;
        this.timeout = timeout;
    }

    /** A new run may choose its server anew. */
    synchronized void begin() {
        server = null;
    }

    String server() {
        return with("reading the server's address", DirectoryConnection::server);
    }

    <T> T with(String doing, Function<DirectoryConnection, T> work) {
        DirectoryConnection connection = borrow(doing);
        boolean fine = false;
        try {
            T result = work.apply(connection);
            fine = true;
            return result;
        } catch (DirectoryException failed) {
            fine = connection.isOpen()
                    && failed.kind() != FailureKind.TIMEOUT
                    && failed.kind() != FailureKind.UNAVAILABLE;
            throw failed;
        } finally {
            connections.release(connection, fine);
        }
    }

    DirectoryConnection borrow(String doing) {
        DirectoryConnection connection;
        try {
            connection = connections.borrow(timeout);
        } catch (LDAPException failed) {
            throw DirectoryException.of(doing, failed);
        }
        String name = connection.server();
        synchronized (this) {
            if (server == null) {
                server = name;
            } else if (!server.equals(name)) {
                connections.release(connection, true);
                throw new DirectoryException(
                        FailureKind.UNAVAILABLE,
                        ResultCode.SERVER_DOWN,
                        Problem.of(
                                "server-lost",
                                "",
                                doing + ": " + server + " is gone, and a run does not go on at " + name,
                                "run again"),
                        null);
            }
        }
        return connection;
    }

    /** A connection that was not open before: the others of the pool may have been closed by the server as well. */
    DirectoryConnection reconnect(String doing) {
        for (int idle = connections.idle(); idle > 0; idle--) {
            DirectoryConnection connection = borrow(doing);
            if (isAlive(connection)) {
                return connection;
            }
            connections.release(connection, false);
        }
        return borrow(doing);
    }

    private static boolean isAlive(DirectoryConnection connection) {
        try {
            return connection.isOpen() && connection.rootDse() != null;
        } catch (LDAPException closed) {
            return false;
        }
    }

    void release(DirectoryConnection connection, boolean fine) {
        connections.release(connection, fine && connection.isOpen());
    }

    void close() {
        connections.close();
    }
}
