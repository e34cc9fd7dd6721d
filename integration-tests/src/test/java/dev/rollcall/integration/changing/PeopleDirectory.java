package dev.rollcall.integration.changing;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.directory.Directory;
import java.util.List;

/** A directory in memory with an entry for each of some keys, and the mapping to it. Not thread-safe: for one thread at a time. */
final class PeopleDirectory implements AutoCloseable {
    private static final String BASE = "ou=people,dc=example,dc=test";
    static final Mapping MAPPING = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("uid=${record.id}," + BASE)
            .objectClasses("inetOrgPerson")
            .build();

    private final InMemoryDirectoryServer server;
    private final Directory directory;

    PeopleDirectory(List<String> keys) throws LDAPException, LDIFException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=test");
        config.setSchema(null);
        server = new InMemoryDirectoryServer(config);
        server.startListening();
        server.add("dn: dc=example,dc=test", "objectClass: domain", "dc: example");
        server.add("dn: " + BASE, "objectClass: organizationalUnit", "ou: people");
        for (String key : keys) {
            server.add(
                    "dn: uid=" + key + "," + BASE,
                    "objectClass: person",
                    "objectClass: inetOrgPerson",
                    "uid: " + key,
                    "cn: x",
                    "sn: x",
                    "employeeNumber: " + key);
        }
        directory = Directory.openLdap(new LDAPConnectionPool(server.getConnection(), 1, 2))
                .base(BASE)
                .build();
    }

    Directory directory() {
        return directory;
    }

    @Override
    public void close() {
        directory.close();
        server.shutDown(true);
    }
}
