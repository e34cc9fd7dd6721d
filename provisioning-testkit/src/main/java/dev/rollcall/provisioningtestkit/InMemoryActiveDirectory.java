package dev.rollcall.provisioningtestkit;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/**
 * An LDAP server in this process, on loopback, with Active Directory's rules: {@code unicodePwd} only over TLS and only
 * quoted UTF-16LE, {@code sAMAccountName} unique and of at most 20 characters, {@code userAccountControl},
 * {@code objectGUID}, {@code memberOf}, searches cut off at 1,000 entries, members handed out in ranges, and its result
 * codes with their numbers. Thread-safe.
 *
 * <pre>{@code
 * try (InMemoryActiveDirectory domain = InMemoryActiveDirectory.start();
 *         LDAPConnection connection = domain.connectSecurely()) { ... }
 * }</pre>
 */
public final class InMemoryActiveDirectory implements AutoCloseable {
    /** The name of the domain. */
    public static final String BASE = "DC=example,DC=test";

    /** The administrator's DN. */
    public static final String ADMINISTRATOR = "CN=Administrator,CN=Users," + BASE;

    /** The administrator's password. */
    public static final String PASSWORD = "Passw0rd-Test";

    private final InMemoryDirectoryServer server;
    private final TestCertificate certificate;

    private final DomainRules rules;

    private InMemoryActiveDirectory(InMemoryDirectoryServer server, DomainRules rules, TestCertificate certificate) {
        this.server = server;
        this.rules = rules;
        this.certificate = certificate;
    }

    /** Starts an empty domain: {@code CN=Users}, {@code OU=People}, {@code OU=Groups} and the administrator. */
    public static InMemoryActiveDirectory start() {
        return start(Clock.systemUTC());
    }

    /** Starts an empty domain whose times come from {@code clock}. */
    public static InMemoryActiveDirectory start(Clock clock) {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
            config.setSchema(schema());
            config.setEnforceAttributeSyntaxCompliance(true);
            config.setEnforceSingleStructuralObjectClass(false);
            config.setGenerateOperationalAttributes(false);
            config.addAdditionalBindCredentials(ADMINISTRATOR, PASSWORD);
            config.setReferentialIntegrityAttributes("member", "memberOf", "manager");
            config.setEqualityIndexAttributes("sAMAccountName", "userPrincipalName", "mail", "objectGUID");
            config.setPasswordAttributes("unicodePwd");
            config.setCustomRootDSEAttributes(List.of(
                    new Attribute("defaultNamingContext", BASE),
                    new Attribute("supportedCapabilities", "1.2.840.113556.1.4.800")));
            TestCertificate certificate = new TestCertificate();
            InetAddress loopback = InetAddress.getLoopbackAddress();
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("ldap", loopback, 0, null),
                    InMemoryListenerConfig.createLDAPSConfig(
                            "ldaps",
                            loopback,
                            0,
                            certificate.server().getServerSocketFactory(),
                            certificate.client().getSocketFactory()));
            DomainRules rules = new DomainRules(clock);
            config.addInMemoryOperationInterceptor(rules);
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            rules.serve(server, () -> server.getListenPort("ldaps"));
            populate(server, rules.entries());
            server.startListening();
            return new InMemoryActiveDirectory(server, rules, certificate);
        } catch (LDAPException | GeneralSecurityException e) {
            throw new IllegalStateException("the in-memory domain cannot be started: " + e.getMessage(), e);
        }
    }

    /** {@return a connection in clear, bound as the administrator; close it} */
    public LDAPConnection connect() throws LDAPException {
        return new LDAPConnection("127.0.0.1", port(), ADMINISTRATOR, PASSWORD);
    }

    /** {@return a connection over TLS, bound as the administrator; close it} */
    public LDAPConnection connectSecurely() throws LDAPException {
        return new LDAPConnection(clientSockets(), "127.0.0.1", securePort(), ADMINISTRATOR, PASSWORD);
    }

    /** {@return the port without TLS} */
    public int port() {
        return server.getListenPort("ldap");
    }

    /** {@return the port with TLS} */
    public int securePort() {
        return server.getListenPort("ldaps");
    }

    /** {@return sockets that trust this server and no other} */
    public SSLSocketFactory clientSockets() {
        try {
            return certificate.client().getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** {@return the server's certificate in PEM, valid for {@code localhost} and {@code 127.0.0.1}} */
    public String certificatePem() {
        return certificate.pem();
    }

    /** From now on takes a password for an account that is there only, and not with a new one, as some domains do. */
    public void refusePasswordsOfNewAccounts() {
        rules.refuseNewPasswords();
    }

    /** Stops the server. */
    @Override
    public void close() {
        server.shutDown(true);
    }

    private static Schema schema() {
        try (InputStream definitions = InMemoryActiveDirectory.class.getResourceAsStream("active-directory.ldif")) {
            if (definitions == null) {
                throw new IllegalStateException("active-directory.ldif is not in the jar");
            }
            return Schema.getSchema(definitions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void populate(InMemoryDirectoryServer server, DomainEntries entries) throws LDAPException {
        add(server, entries, BASE, "top domainDNS");
        add(server, entries, "CN=Users," + BASE, "top container");
        add(server, entries, "OU=People," + BASE, "top organizationalUnit");
        add(server, entries, "OU=Groups," + BASE, "top organizationalUnit");
        add(
                server,
                entries,
                ADMINISTRATOR,
                "top person organizationalPerson user",
                new Attribute("sAMAccountName", "Administrator"),
                new Attribute("userAccountControl", "512"),
                new Attribute("unicodePwd", PASSWORD),
                new Attribute("adminCount", "1"),
                new Attribute("isCriticalSystemObject", "TRUE"));
    }

    private static void add(
            InMemoryDirectoryServer server, DomainEntries entries, String dn, String classes, Attribute... attributes)
            throws LDAPException {
        Entry entry = new Entry(dn, attributes);
        entry.addAttribute("objectClass", classes.split(" ", -1));
        entries.complete(entry);
        server.add(entry);
    }
}
