package dev.rollcall.examples;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.schema.Schema;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * An LDAP directory in memory, on a loopback address, with an empty {@code ou=people}. Disabled accounts look as in
 * OpenLDAP with its password policy overlay. Thread-safe.
 */
final class EmbeddedDirectory implements AutoCloseable {
    static final String SUFFIX = "dc=example,dc=test";
    static final String PEOPLE = "ou=people," + SUFFIX;
    static final String ADMIN = "cn=admin," + SUFFIX;

    /** As OpenLDAP has it, but for the syntax: this server knows no year 0, which means locked for good. */
    private static final String LOCKED_TIME =
            "( 1.3.6.1.4.1.42.2.27.8.1.17 NAME 'pwdAccountLockedTime' EQUALITY caseIgnoreMatch"
                    + " SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE USAGE"
                    + " directoryOperation )";

    private final InMemoryDirectoryServer server;

    private EmbeddedDirectory(InMemoryDirectoryServer server) {
        this.server = server;
    }

    static EmbeddedDirectory start(String password) {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(SUFFIX);
            config.addAdditionalBindCredentials(ADMIN, password);
            config.setListenerConfigs(
                    new InMemoryListenerConfig("ldap", InetAddress.getLoopbackAddress(), 0, null, null, null));
            // Ten thousand keys are asked for in searches of two hundred.
            config.setEqualityIndexAttributes("employeeNumber");
            config.setSchema(Schema.mergeSchemas(
                    Schema.getDefaultStandardSchema(),
                    new Schema(new Entry(
                            "dn: cn=schema",
                            "objectClass: ldapSubentry",
                            "objectClass: subschema",
                            "cn: schema",
                            "attributeTypes: " + LOCKED_TIME))));
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.add("dn: " + SUFFIX, "objectClass: domain", "dc: example");
            server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
            server.startListening();
            return new EmbeddedDirectory(server);
        } catch (LDAPException | com.unboundid.ldif.LDIFException e) {
            throw new IllegalStateException("the embedded directory does not start", e);
        }
    }

    String url() {
        return "ldap://127.0.0.1:" + server.getListenPort();
    }

    /** {@return the entries with an account below {@code ou=people}, operational attributes included} */
    List<SearchResultEntry> people() {
        return find(Filter.createPresenceFilter("uid"));
    }

    /** {@return the entry with this employee number} */
    Optional<SearchResultEntry> person(String key) {
        return find(Filter.createEqualityFilter("employeeNumber", key)).stream().findFirst();
    }

    /** {@return how many accounts are disabled} */
    long disabled() {
        return people().stream().filter(EmbeddedDirectory::isDisabled).count();
    }

    static boolean isDisabled(Entry entry) {
        return entry.hasAttribute("pwdAccountLockedTime");
    }

    InMemoryDirectoryServer server() {
        return server;
    }

    private List<SearchResultEntry> find(Filter filter) {
        try {
            return server.search(PEOPLE, SearchScope.SUB, filter, "*", "+").getSearchEntries();
        } catch (LDAPException e) {
            throw new IllegalStateException("the embedded directory does not answer", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
