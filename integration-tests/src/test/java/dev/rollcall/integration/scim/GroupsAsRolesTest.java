package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.scim.ScimConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The format of the page about targets that makes roles of groups. */
class GroupsAsRolesTest {
    private static final String ROLES =
            "${map(filter(record.memberOf, startsWith(it, 'cn=app-')), extract(it, '^cn=app-([^,]+)', 1))}";

    private static final Mapping ACCOUNTS = Mapping.builder()
            .forAccounts()
            .key("id", "externalId")
            .attribute("userName", "u${record.id}")
            .attribute("roles", ROLES)
            .build();

    private static void run(ScimConnector connector, String... groups) {
        List<String> dns = List.of(groups).stream()
                .map(name -> "cn=" + name + ",ou=groups,dc=example,dc=test")
                .toList();
        Source source = Source.of(List.of(UserRecord.of(Map.of("id", "1", "memberOf", dns))));
        Reconciler reconciler = Reconciler.builder(source, ACCOUNTS, AccountTarget.of("scim", connector))
                .build();
        try (Plan plan = reconciler.plan();
                Outcomes outcomes = reconciler.apply(plan)) {
            assertThat(outcomes.isComplete()).as(plan.conflicts().toString()).isTrue();
        }
        try (Plan again = reconciler.plan()) {
            assertThat(again.isEmpty()).as(again.toString()).isTrue();
        }
    }

    @Test
    void who_comes_into_a_group_gets_its_role_and_who_leaves_it_loses_it() {
        try (ScriptedScim server = new ScriptedScim();
                ScimConnector connector = server.connector()) {
            run(connector, "app-sales", "staff", "app-support");
            assertThat(server.user("u1").path("roles").toString())
                    .isEqualTo("[{\"value\":\"sales\"},{\"value\":\"support\"}]");

            run(connector, "app-support", "staff");
            assertThat(server.user("u1").path("roles").toString()).isEqualTo("[{\"value\":\"support\"}]");

            run(connector, "staff");
            assertThat(server.user("u1").has("roles")).isFalse();
        }
    }

    @Test
    void the_page_shows_the_format_that_is_tested_here() throws IOException {
        assertThat(Files.readString(Path.of("../docs/targets.md"))).contains("roles: \"" + ROLES + "\"");
    }
}
