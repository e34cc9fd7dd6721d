package dev.rollcall.provisioning.internal.port;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a server in memory without a network in between. Thread-safe. */
public final class InMemoryConnections implements DirectoryConnections {
    private final InMemoryDirectoryServer server;
    private final boolean controls;

    /**
     * Asks a server.
     *
     * @param controls whether it says which controls it supports: assertion, post-read
     */
    public InMemoryConnections(InMemoryDirectoryServer server, boolean controls) {
        this.server = server;
        this.controls = controls;
    }

    @Override
    public DirectoryConnection borrow(Duration timeout) {
        return new Direct(server, controls);
    }

    @Override
    public void release(DirectoryConnection connection, boolean fine) {
        // There is nothing to close.
    }

    @Override
    public int idle() {
        return 0;
    }

    @Override
    public void close() {
        // The server is closed by the test that opened it.
    }

    private record Direct(InMemoryDirectoryServer directory, boolean controls) implements DirectoryConnection {
        @Override
        public SearchResult search(SearchRequest request) throws LDAPSearchException {
            return directory.search(request);
        }

        @Override
        public LDAPResult write(LDAPRequest request) throws LDAPException {
            if (request instanceof AddRequest add) {
                return directory.add(add);
            } else if (request instanceof ModifyRequest modify) {
                return directory.modify(modify);
            } else if (request instanceof ModifyDNRequest rename) {
                return directory.modifyDN(rename);
            }
            return directory.delete((DeleteRequest) request);
        }

        @Override
        public void send(LDAPRequest request, Consumer<LDAPResult> response) {
            LDAPResult result;
            try {
                result = write(request);
            } catch (LDAPException refused) {
                result = refused.toLDAPResult();
            }
            response.accept(result);
        }

        @Override
        public ExtendedResult extended(ExtendedRequest request) throws LDAPException {
            return directory.processExtendedOperation(request);
        }

        @Override
        public @Nullable RootDSE rootDse() throws LDAPException {
            return controls ? directory.getRootDSE() : null;
        }

        @Override
        public @Nullable Schema schema() throws LDAPException {
            return directory.getSchema();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public String server() {
            return "memory:389";
        }

        @Override
        public boolean isEncrypted() {
            return true;
        }

        @Override
        public boolean isLoopback() {
            return true;
        }

        @Override
        public @Nullable BindRequest lastBind() {
            return null;
        }
    }
}
