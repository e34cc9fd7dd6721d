package dev.rollcall.integration.scim;

import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Settings;
import dev.rollcall.scim.ScimConnector;
import dev.rollcall.scim.ScimQuirks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The life of accounts at a service provider that somebody else wrote. */
@Tag("real")
class ScimSdkLifecycleTest {
    abstract static class On extends Lifecycle {
        private final ScimSdkServer server;
        private final ScimConnector connector;

        On(boolean bulk, String style) {
            server = new ScimSdkServer(bulk);
            Settings settings = Settings.builder()
                    .set("baseUrl", server.base().toString())
                    .set("patchStyle", style)
                    .build();
            connector = ScimConnector.open(settings, ConnectorContext.defaults(), ScimQuirks.none());
        }

        @Override
        ScimConnector connector() {
            return connector;
        }

        @Override
        void somebodyElseMakes(String userName) {
            connector.accounts().write(AccountWrite.create(Map.of("userName", List.of(userName))));
        }

        @AfterEach
        void close() {
            connector.close();
            server.close();
        }
    }

    @Nested
    class by_path extends On {
        by_path() {
            super(false, "path");
        }
    }

    @Nested
    class in_bulk extends On {
        in_bulk() {
            super(true, "path");
        }
    }

    @Nested
    class without_path extends On {
        without_path() {
            super(false, "no-path");
        }
    }

    @Nested
    class by_put extends On {
        by_put() {
            super(false, "put");
        }
    }
}
