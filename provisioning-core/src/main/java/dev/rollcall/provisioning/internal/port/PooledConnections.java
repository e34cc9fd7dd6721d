package dev.rollcall.provisioning.internal.port;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.AsyncResultListener;
import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.schema.Schema;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connections of a pool of UnboundID. Thread-safe. */
public final class PooledConnections implements DirectoryConnections {
    private final LDAPConnectionPool pool;

    public PooledConnections(LDAPConnectionPool pool) {
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    @Override
    public DirectoryConnection borrow(Duration timeout) throws LDAPException {
        LDAPConnection connection = pool.getConnection();
        connection.getConnectionOptions().setResponseTimeoutMillis(timeout.toMillis());
        return new Pooled(connection);
    }

    @Override
    public void release(DirectoryConnection connection, boolean fine) {
        LDAPConnection lent = ((Pooled) connection).connection;
        if (fine) {
            pool.releaseConnection(lent);
        } else {
            pool.releaseDefunctConnection(lent);
        }
    }

    @Override
    public int idle() {
        return pool.getCurrentAvailableConnections();
    }

    @Override
    public void close() {
        pool.close();
    }

    private record Pooled(LDAPConnection connection) implements DirectoryConnection {
        @Override
        public SearchResult search(SearchRequest request) throws LDAPSearchException {
            return connection.search(request);
        }

        @Override
        public LDAPResult write(LDAPRequest request) throws LDAPException {
            if (request instanceof AddRequest add) {
                return connection.add(add);
            } else if (request instanceof ModifyRequest modify) {
                return connection.modify(modify);
            } else if (request instanceof ModifyDNRequest rename) {
                return connection.modifyDN(rename);
            } else if (request instanceof DeleteRequest delete) {
                return connection.delete(delete);
            }
            throw new IllegalArgumentException("not a write: " + request.getClass());
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the listener is called, the future is not needed
        public void send(LDAPRequest request, Consumer<LDAPResult> response) throws LDAPException {
            AsyncResultListener listener = (id, result) -> response.accept(result);
            if (request instanceof AddRequest add) {
                connection.asyncAdd(add, listener);
            } else if (request instanceof ModifyRequest modify) {
                connection.asyncModify(modify, listener);
            } else if (request instanceof ModifyDNRequest rename) {
                connection.asyncModifyDN(rename, listener);
            } else if (request instanceof DeleteRequest delete) {
                connection.asyncDelete(delete, listener);
            } else {
                throw new IllegalArgumentException("not a write: " + request.getClass());
            }
        }

        @Override
        public ExtendedResult extended(ExtendedRequest request) throws LDAPException {
            return connection.processExtendedOperation(request);
        }

        @Override
        public @Nullable RootDSE rootDse() throws LDAPException {
            return connection.getRootDSE();
        }

        @Override
        public @Nullable Schema schema() throws LDAPException {
            return connection.getSchema();
        }

        @Override
        public boolean isOpen() {
            return connection.isConnected();
        }

        @Override
        public String server() {
            return connection.getConnectedAddress() + ":" + connection.getConnectedPort();
        }

        @Override
        public boolean isEncrypted() {
            return connection.getSSLSession() != null;
        }

        @Override
        public boolean isLoopback() {
            return connection.getConnectedInetAddress() != null
                    && connection.getConnectedInetAddress().isLoopbackAddress();
        }

        @Override
        public @Nullable BindRequest lastBind() {
            return connection.getLastBindRequest();
        }
    }
}
