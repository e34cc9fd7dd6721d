package dev.rollcall.provisioning.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lends connections of a pool, all to one server: another server may lag behind, and what was read there does not
 * hold here. Thread-safe.
 */
final class DirectorySession {
    private final LDAPConnectionPool pool;
    private final Duration timeout;
    private @Nullable String server;

    DirectorySession(LDAPConnectionPool pool, Duration timeout) {
        this.pool = pool;
        this.timeout = timeout;
    }

    /** A new run may choose its server anew. */
    synchronized void begin() {
        server = null;
    }

    String server() {
        return with("reading the server's address", connection -> name(connection));
    }

    <T> T with(String doing, Function<LDAPConnection, T> work) {
        LDAPConnection connection = borrow(doing);
        boolean fine = false;
        try {
            T result = work.apply(connection);
            fine = true;
            return result;
        } catch (DirectoryException failed) {
            fine = connection.isConnected()
                    && failed.kind() != FailureKind.TIMEOUT
                    && failed.kind() != FailureKind.UNAVAILABLE;
            throw failed;
        } finally {
            if (fine) {
                pool.releaseConnection(connection);
            } else {
                pool.releaseDefunctConnection(connection);
            }
        }
    }

    LDAPConnection borrow(String doing) {
        LDAPConnection connection;
        try {
            connection = pool.getConnection();
        } catch (LDAPException failed) {
            throw DirectoryException.of(doing, failed);
        }
        connection.getConnectionOptions().setResponseTimeoutMillis(timeout.toMillis());
        String name = name(connection);
        synchronized (this) {
            if (server == null) {
                server = name;
            } else if (!server.equals(name)) {
                pool.releaseConnection(connection);
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
    LDAPConnection reconnect(String doing) {
        for (int idle = pool.getCurrentAvailableConnections(); idle > 0; idle--) {
            LDAPConnection connection = borrow(doing);
            if (isAlive(connection)) {
                return connection;
            }
            pool.releaseDefunctConnection(connection);
        }
        return borrow(doing);
    }

    private static boolean isAlive(LDAPConnection connection) {
        try {
            return connection.isConnected() && connection.getRootDSE() != null;
        } catch (LDAPException closed) {
            return false;
        }
    }

    void release(LDAPConnection connection, boolean fine) {
        if (fine && connection.isConnected()) {
            pool.releaseConnection(connection);
        } else {
            pool.releaseDefunctConnection(connection);
        }
    }

    void close() {
        pool.close();
    }

    private static String name(LDAPConnection connection) {
        return connection.getConnectedAddress() + ":" + connection.getConnectedPort();
    }
}
