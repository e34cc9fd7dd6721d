package dev.rollcall.examples;

import com.unboundid.ldap.sdk.LDAPInterface;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The documented configurations of the connectors, with a real OpenLDAP server, where one is installed. */
@Tag("real")
class OpenLdapConnectorTest extends ConnectorSuite {
    @TempDir
    Path data;

    private OpenLdap server;

    @BeforeEach
    void start() throws Exception {
        server = OpenLdap.start(data);
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    String url() {
        return server.url();
    }

    @Override
    String password() {
        return server.password();
    }

    @Override
    LDAPInterface connection() {
        return server.connection();
    }
}
