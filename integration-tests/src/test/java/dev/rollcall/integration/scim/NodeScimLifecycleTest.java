package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.scim.ScimConnector;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of accounts at providers that run on Node.js, with default settings. */
@Tag("real")
class NodeScimLifecycleTest {
    abstract static class On extends Lifecycle {
        private final NodeScimServer server;
        private final ScimConnector connector;
        private final int many;

        On(NodeScimServer server, int many) {
            this.server = server;
            this.connector = server.connector();
            this.many = many;
        }

        @Override
        ScimConnector connector() {
            return connector;
        }

        @Override
        void somebodyElseMakes(String userName) {
            connector
                    .accounts()
                    .write(AccountWrite.create(Map.of(
                            "userName",
                            List.of(userName),
                            "emails[type eq 'work'].value",
                            List.of(userName),
                            "name.familyName",
                            List.of("Else"))));
        }

        @Test
        void many_accounts_are_made_and_read_again() {
            List<UserRecord> people = IntStream.rangeClosed(1, many)
                    .mapToObj(number -> UserRecord.of(person(number)))
                    .toList();
            Reconciler reconciler = Reconciler.builder(Source.of(people), ACCOUNTS, AccountTarget.of("scim", connector))
                    .allow("emptyTarget")
                    .build();
            try (Plan plan = reconciler.plan();
                    Outcomes outcomes = reconciler.apply(plan)) {
                assertThat(outcomes.failures()).isEmpty();
                assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(many);
            }
            try (Plan again = reconciler.plan()) {
                assertThat(again.isEmpty()).as("a second run: " + again).isTrue();
                assertThat(again.managed()).isEqualTo(many);
            }
        }

        @AfterEach
        void close() {
            connector.close();
            server.close();
        }
    }

    @Nested
    class on_scimmy extends On {
        on_scimmy() {
            super(NodeScimServer.scimmy(), 1000);
        }
    }

    @Nested
    class on_better_auth extends On {
        on_better_auth() {
            super(NodeScimServer.betterAuth(), 200); // it copies all it has for each write
        }
    }
}
