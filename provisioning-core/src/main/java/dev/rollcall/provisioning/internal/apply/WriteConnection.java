package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.lease.HeldLease;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;

/**
 * The connection that a run writes on. A server that closes it, because of one request that it does not take, is
 * connected to again. Not thread-safe: for one thread at a time.
 */
final class WriteConnection implements AutoCloseable {
    private static final String DOING = "applying the plan";

    private final DirectoryAccess session;
    private final HeldLease lease;
    private DirectoryConnection connection;
    private boolean fine = true;

    WriteConnection(DirectoryAccess session, HeldLease lease) {
        this.session = session;
        this.lease = lease;
        this.connection = session.borrow(DOING);
    }

    DirectoryConnection get() {
        return new LeasedConnection(connection, lease);
    }

    /**
     * Connects to the same server again.
     *
     * @throws DirectoryException if it cannot be reached; the connection stays the broken one
     */
    void reopen() {
        DirectoryConnection broken = connection;
        connection = session.reconnect(DOING);
        session.release(broken, false);
    }

    /** The connection is not to be used again. */
    void broken() {
        fine = false;
    }

    @Override
    public void close() {
        session.release(connection, fine);
    }
}
