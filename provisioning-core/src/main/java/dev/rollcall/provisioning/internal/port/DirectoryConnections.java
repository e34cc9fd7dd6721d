package dev.rollcall.provisioning.internal.port;

import com.unboundid.ldap.sdk.LDAPException;
import java.time.Duration;

/** Lends connections to a directory. Implementations are thread-safe. */
public interface DirectoryConnections {
    /**
     * Lends a connection.
     *
     * @param timeout how long it waits for a response
     * @throws LDAPException if no server can be reached
     */
    DirectoryConnection borrow(Duration timeout) throws LDAPException;

    /** Takes a connection back; one that is not fine is closed. */
    void release(DirectoryConnection connection, boolean fine);

    /** How many connections are open and not lent. */
    int idle();

    /** Closes every connection. */
    void close();
}
