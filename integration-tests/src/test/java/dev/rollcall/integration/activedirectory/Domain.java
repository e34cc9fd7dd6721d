package dev.rollcall.integration.activedirectory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.integration.real.RealDirectory;
import dev.rollcall.provisioningtestkit.InMemoryActiveDirectory;

/**
 * A domain to ask. Thread-safe.
 *
 * @param base the DN of the domain
 * @param pool connections over TLS, of the administrator
 * @param clear opens a connection of the administrator without TLS
 * @param stop ends the domain
 */
record Domain(String base, LDAPConnectionPool pool, Clear clear, Runnable stop) implements AutoCloseable {
    /** Opens connections in clear, or is refused one. */
    @FunctionalInterface
    interface Clear {
        LDAPConnection open() throws LDAPException;
    }

    static Domain inMemory() throws LDAPException {
        InMemoryActiveDirectory domain = InMemoryActiveDirectory.start();
        LDAPConnectionPool pool = new LDAPConnectionPool(domain.connectSecurely(), 1);
        return new Domain(InMemoryActiveDirectory.BASE, pool, domain::connect, domain::close);
    }

    static Domain samba() {
        RealDirectory server = RealDirectory.activeDirectory();
        String[] address = server.setting("LDAP_URL").replace("ldap://", "").split(":");
        Clear clear = () -> new LDAPConnection(
                address[0], Integer.parseInt(address[1]), server.setting("BIND_DN"), server.setting("BIND_PASSWORD"));
        return new Domain(server.baseDn(), server.pool(1), clear, server::close);
    }

    @Override
    public void close() {
        pool.close();
        stop.run();
    }
}
