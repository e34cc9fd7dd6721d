package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.provisioning.internal.lease.HeldLease;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which nothing is written without a lease: every write and extended request of a run, whichever class makes it, goes
 * through here. Not thread-safe: for one thread at a time.
 *
 * @param connection the connection itself
 * @param lease what is looked at before each request that may change something
 */
record LeasedConnection(DirectoryConnection connection, HeldLease lease) implements DirectoryConnection {
    private void check() throws LDAPException {
        if (!lease.keep()) {
            // Not one of the codes that stand for a lost connection, after which a write is sent again.
            throw new LDAPException(
                    ResultCode.CANCELED, "not sent: " + lease.why().problem().message());
        }
    }

    @Override
    public LDAPResult write(LDAPRequest request) throws LDAPException {
        check();
        return connection.write(request);
    }

    @Override
    public void send(LDAPRequest request, Consumer<LDAPResult> response) throws LDAPException {
        check();
        connection.send(request, response);
    }

    @Override
    public ExtendedResult extended(ExtendedRequest request) throws LDAPException {
        check();
        return connection.extended(request);
    }

    @Override
    public SearchResult search(SearchRequest request) throws LDAPSearchException {
        return connection.search(request);
    }

    @Override
    public @Nullable RootDSE rootDse() throws LDAPException {
        return connection.rootDse();
    }

    @Override
    public @Nullable Schema schema() throws LDAPException {
        return connection.schema();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public String server() {
        return connection.server();
    }

    @Override
    public boolean isEncrypted() {
        return connection.isEncrypted();
    }

    @Override
    public boolean isLoopback() {
        return connection.isLoopback();
    }

    @Override
    public @Nullable BindRequest lastBind() {
        return connection.lastBind();
    }
}
