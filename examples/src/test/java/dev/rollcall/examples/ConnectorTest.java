package dev.rollcall.examples;

import com.unboundid.ldap.sdk.LDAPInterface;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The documented configurations of the connectors, with a directory in memory. */
class ConnectorTest extends ConnectorSuite {
    private EmbeddedDirectory directory;

    @BeforeEach
    void start() {
        directory = EmbeddedDirectory.start(password());
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    @Override
    String url() {
        return directory.url();
    }

    @Override
    String password() {
        return "pa55word";
    }

    @Override
    LDAPInterface connection() {
        return directory.server();
    }
}
