package dev.rollcall.integration.lifecycle;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.rollcall.integration.real.RealDirectory;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryBuilder;
import dev.rollcall.provisioning.directory.DirectoryType;
import dev.rollcall.provisioningtestkit.InMemoryActiveDirectory;
import java.io.File;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A server with room for firms. Not thread-safe: for one thread at a time. */
final class Ground implements AutoCloseable {
    /** Opens pools, all to one server. */
    @FunctionalInterface
    interface Pools {
        LDAPConnectionPool open() throws Exception;
    }

    final DirectoryType type;
    final String top;
    final LDAPConnectionPool raw;
    final Pools pools;
    private final Function<LDAPConnectionPool, DirectoryBuilder> directories;
    private final Runnable stop;
    private int firms;

    private Ground(
            DirectoryType type,
            String top,
            Pools pools,
            Function<LDAPConnectionPool, DirectoryBuilder> directories,
            Runnable stop)
            throws Exception {
        this.type = type;
        this.top = top;
        this.pools = pools;
        this.raw = pools.open();
        this.directories = directories;
        this.stop = stop;
    }

    static Ground activeDirectoryInMemory() throws Exception {
        InMemoryActiveDirectory domain = InMemoryActiveDirectory.start();
        return new Ground(
                DirectoryType.ACTIVE_DIRECTORY,
                InMemoryActiveDirectory.BASE,
                () -> new LDAPConnectionPool(domain.connectSecurely(), 1, 4),
                Directory::activeDirectory,
                domain::close);
    }

    static Ground genericInMemory() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=test");
        config.addAdditionalBindCredentials("cn=admin", "admin");
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.startListening();
        server.add("dn: dc=example,dc=test", "objectClass: domain", "dc: example");
        return new Ground(
                DirectoryType.GENERIC,
                "dc=example,dc=test",
                () -> new LDAPConnectionPool(
                        new LDAPConnection("127.0.0.1", server.getListenPort(), "cn=admin", "admin"), 1, 4),
                pool -> Directory.generic(pool).disable("businessCategory", "locked", ""),
                server::close);
    }

    static Ground samba() throws Exception {
        RealDirectory server = RealDirectory.activeDirectory();
        return new Ground(
                DirectoryType.ACTIVE_DIRECTORY,
                server.baseDn(),
                () -> server.pool(4),
                Directory::activeDirectory,
                server::close);
    }

    static Ground openLdap() throws Exception {
        RealDirectory server = RealDirectory.openLdap();
        return new Ground(
                DirectoryType.OPENLDAP, server.baseDn(), () -> startTls(server), Directory::openLdap, server::close);
    }

    static Ground directoryServer389() throws Exception {
        RealDirectory server = RealDirectory.directoryServer389();
        return new Ground(
                DirectoryType.GENERIC,
                server.baseDn(),
                () -> server.pool(4),
                pool -> Directory.generic(pool).disable("nsAccountLock", "true", ""),
                server::close);
    }

    private static LDAPConnectionPool startTls(RealDirectory server) throws Exception {
        SSLUtil tls = new SSLUtil(new PEMFileTrustManager(new File(server.setting("CA_CERT"))));
        String[] address = server.setting("LDAP_URL").replace("ldap://", "").split(":");
        LDAPConnection connection = new LDAPConnection(address[0], Integer.parseInt(address[1]));
        StartTLSPostConnectProcessor startTls = new StartTLSPostConnectProcessor(tls.createSSLContext());
        startTls.processPreAuthenticatedConnection(connection);
        connection.bind(server.setting("BIND_DN"), server.setting("BIND_PASSWORD"));
        return new LDAPConnectionPool(connection, 1, 4, startTls);
    }

    boolean isActiveDirectory() {
        return type == DirectoryType.ACTIVE_DIRECTORY;
    }

    /** A subtree of its own with {@code ou=north} and {@code ou=south}, and a group beside it. */
    Firm firm() throws Exception {
        String base = "ou=firm" + ++firms + "," + top;
        raw.add("dn: " + base, "objectClass: organizationalUnit", "ou: firm" + firms);
        for (String ou : new String[] {"north", "south"}) {
            raw.add("dn: ou=" + ou + "," + base, "objectClass: organizationalUnit", "ou: " + ou);
        }
        return new Firm(this, firms, base, directories.apply(pools.open()).base(base));
    }

    /** The entries of a firm would be in the way of the next. */
    void clear(Firm firm) throws LDAPException {
        List<DN> dns = new ArrayList<>();
        try (LDAPConnection connection = raw.getConnection()) {
            for (String place : firm.places) {
                ASN1OctetString cookie = null;
                do {
                    SearchRequest page = new SearchRequest(place, SearchScope.SUB, "(objectClass=*)", "1.1");
                    page.addControl(new SimplePagedResultsControl(500, cookie));
                    SearchResult found = connection.search(page);
                    for (SearchResultEntry entry : found.getSearchEntries()) {
                        dns.add(entry.getParsedDN());
                    }
                    cookie = SimplePagedResultsControl.get(found).getCookie();
                } while (cookie.getValueLength() > 0);
            }
        }
        dns.sort(Comparator.comparingInt((DN dn) -> dn.getRDNs().length).reversed());
        for (DN dn : dns) {
            raw.delete(dn.toString());
        }
    }

    @Override
    public void close() {
        raw.close();
        stop.run();
    }
}
