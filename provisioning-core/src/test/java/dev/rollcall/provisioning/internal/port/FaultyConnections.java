package dev.rollcall.provisioning.internal.port;

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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts the writes to a directory, and has one of them meet a fault. Not thread-safe: for one thread at a time. */
public final class FaultyConnections implements DirectoryConnections {
    /** What becomes of the write, and of the connection. */
    public enum Fault {
        /** The connection is lost before the write reached the server. */
        LOST_BEFORE,
        /** The connection is lost after the server made the write; its response is lost. */
        LOST_AFTER,
        /** The same, and no server can be reached any more. */
        GONE_BEFORE,
        GONE_AFTER,
        /** The server makes the write, and never responds. */
        SILENT,
        /** The response comes after those of later writes. */
        LATE,
        /** The server is busy and does nothing. */
        BUSY,
        /** The server refuses the write. */
        REFUSED
    }

    private static final Executor LATER = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

    private final DirectoryConnections connections;
    private @Nullable Fault fault;
    private int at;
    private int writes;
    private boolean gone;

    public FaultyConnections(DirectoryConnections connections) {
        this.connections = connections;
    }

    /** Has the write with this number, from 0, counted from now, meet a fault. */
    public void meet(Fault newFault, int write) {
        heal();
        fault = newFault;
        at = write;
    }

    /** The server can be reached, and no write meets a fault; counts anew. */
    public void heal() {
        fault = null;
        writes = 0;
        gone = false;
    }

    /** How many writes were sent since the last fault was set. */
    public int writes() {
        return writes;
    }

    @Override
    public DirectoryConnection borrow(Duration timeout) throws LDAPException {
        if (gone) {
            throw new LDAPException(ResultCode.CONNECT_ERROR, "no server can be reached");
        }
        return new Faulty(connections.borrow(timeout));
    }

    @Override
    public void release(DirectoryConnection connection, boolean fine) {
        connections.release(((Faulty) connection).real, fine);
    }

    @Override
    public int idle() {
        return connections.idle();
    }

    @Override
    public void close() {
        connections.close();
    }

    private @Nullable Fault next() {
        return writes++ == at ? fault : null;
    }

    private final class Faulty implements DirectoryConnection {
        private interface Write<T> {
            T made() throws LDAPException;
        }

        private final DirectoryConnection real;
        private boolean open = true;

        Faulty(DirectoryConnection real) {
            this.real = real;
        }

        /** Makes a write that is waited for, or not. */
        private <T> T waitedFor(Write<T> write) throws LDAPException {
            refuseIfLost();
            Fault met = next();
            if (met == null || met == Fault.LATE) {
                return write.made();
            }
            switch (met) {
                case LOST_AFTER, GONE_AFTER, SILENT -> write.made();
                default -> {}
            }
            throw failure(met);
        }

        private LDAPException failure(Fault met) {
            switch (met) {
                case SILENT:
                    return new LDAPException(ResultCode.TIMEOUT, "no response in time");
                case BUSY:
                    return new LDAPException(ResultCode.BUSY, "busy");
                case REFUSED:
                    return new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "refused");
                default:
                    open = false;
                    gone = met == Fault.GONE_BEFORE || met == Fault.GONE_AFTER;
                    return new LDAPException(ResultCode.SERVER_DOWN, "the connection was lost");
            }
        }

        private void refuseIfLost() throws LDAPException {
            if (!open || gone) {
                throw new LDAPException(ResultCode.SERVER_DOWN, "the connection was lost");
            }
        }

        @Override
        public SearchResult search(SearchRequest request) throws LDAPSearchException {
            try {
                refuseIfLost();
            } catch (LDAPException lost) {
                throw new LDAPSearchException(lost);
            }
            return real.search(request);
        }

        @Override
        public LDAPResult write(LDAPRequest request) throws LDAPException {
            return waitedFor(() -> real.write(request));
        }

        @Override
        public void send(LDAPRequest request, Consumer<LDAPResult> response) throws LDAPException {
            refuseIfLost();
            Fault met = next();
            if (met == null) {
                real.send(request, response);
            } else if (met == Fault.LATE) {
                real.send(request, result -> LATER.execute(() -> response.accept(result)));
            } else {
                if (met == Fault.LOST_AFTER || met == Fault.GONE_AFTER || met == Fault.SILENT) {
                    real.send(request, result -> {});
                }
                if (met != Fault.SILENT) {
                    response.accept(failure(met).toLDAPResult());
                }
            }
        }

        @Override
        public ExtendedResult extended(ExtendedRequest request) throws LDAPException {
            return waitedFor(() -> real.extended(request));
        }

        @Override
        public @Nullable RootDSE rootDse() throws LDAPException {
            refuseIfLost();
            return real.rootDse();
        }

        @Override
        public @Nullable Schema schema() throws LDAPException {
            refuseIfLost();
            return real.schema();
        }

        @Override
        public boolean isOpen() {
            return open && !gone;
        }

        @Override
        public String server() {
            return real.server();
        }

        @Override
        public boolean isEncrypted() {
            return real.isEncrypted();
        }

        @Override
        public boolean isLoopback() {
            return real.isLoopback();
        }

        @Override
        public @Nullable BindRequest lastBind() {
            return real.lastBind();
        }
    }
}
