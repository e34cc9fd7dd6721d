package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.ConfigurationFile;
import dev.rollcall.configuration.Environment;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.report.PlanLdif;
import dev.rollcall.provisioning.report.Report;
import dev.rollcall.provisioning.source.DirectorySource;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.state.StateStore;
import dev.rollcall.rest.Authorization;
import dev.rollcall.rest.Endpoint;
import dev.rollcall.rest.Join;
import dev.rollcall.rest.Paging;
import dev.rollcall.rest.RestConnector;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short programs of the documentation, each as it stands there, carried out. */
class DocumentedProgramsTest {
    @TempDir
    Path folder;

    private final EmbeddedDirectory embedded = EmbeddedDirectory.start("pa55word");
    private final UserApi api = new UserApi();

    @AfterEach
    void stop() {
        embedded.close();
        api.close();
    }

    private static Connector open(String id, Settings settings) {
        return Connectors.discover(DocumentedProgramsTest.class.getClassLoader())
                .open(id, settings, ConnectorContext.defaults());
    }

    private Directory directory() throws LDAPException {
        return Directory.openLdap(embedded.server().getConnectionPool(2))
                .base(EmbeddedDirectory.PEOPLE)
                .build();
    }

    private static Mapping people() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${uid}," + EmbeddedDirectory.PEOPLE)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("uid", "u${record.id}")
                .attribute("cn", "${record.first_name} ${record.last_name}")
                .attribute("sn", "${record.last_name}")
                .attribute("mail", "${record.email}")
                .build();
    }

    private Connector users() {
        api.serve(List.of(UserApi.user(1).replace("active", "active_flag")));
        return RestConnector.builder()
                .endpoint(Endpoint.get("users", api.url() + "/users")
                        .records("/data")
                        .build())
                .build();
    }

    @Test
    void reading_the_configuration() throws IOException {
        Path file = Files.writeString(
                folder.resolve("people.yaml"),
                SyncSuite.CONFIGURATION
                        .formatted(api.url(), embedded.url())
                        .replaceAll("\\$\\{env\\.\\w+}", "\\${file.secret}"));
        Files.writeString(folder.resolve("secret"), "s3cret");

        Configuration configuration = ConfigurationFile.read(file, Environment.of(System.getenv()));

        assertThat(configuration.dataSources()).containsOnlyKeys("default");
    }

    @Test
    void reconciling() throws Exception {
        try (Connector pipedrive = users();
                Directory directory = directory()) {
            Mapping people = people();

            Reconciler reconciler = Reconciler.builder(
                            Source.of(pipedrive).active("record.active_flag"), people, directory)
                    .leavers(Leavers.disable())
                    .categories(Categories.defaults().and("link"))
                    .guardrails(Guardrails.defaults())
                    .build();
            try (Plan plan = reconciler.plan()) {
                Report.of(plan).write(folder.resolve("report.json"));
                PlanLdif.of(plan).write(folder.resolve("plan.ldif"));
                if (plan.guardrails().passed()) {
                    reconciler.apply(plan);
                }
            }

            assertThat(embedded.server().getEntry("uid=u1," + EmbeddedDirectory.PEOPLE))
                    .isNotNull();
            assertThat(folder.resolve("plan.ldif")).content().contains("changetype: add");
        }
    }

    @Test
    void any_application_in_code() {
        api.serve(List.of(UserApi.user(1).replace("\"id\"", "\"role_id\": 7, \"id\"")));
        api.serve("/roles", "{\"data\": [{\"id\": 7, \"name\": \"admin\"}]}");
        api.serve("/token", "{\"access_token\": \"t0ken\", \"token_type\": \"bearer\", \"expires_in\": 600}");
        URI url = URI.create(api.url());
        Secret secret = Secret.of("s3cret");

        Connector people = RestConnector.builder()
                .baseUrl(url)
                .authorization(Authorization.oauth2(OAuthSettings.Grant.CLIENT_CREDENTIALS)
                        .tokenUrl("${settings.baseUrl}/token")
                        .client("rollcall", secret))
                .primaryKey("id")
                .endpoint(Endpoint.get("users", "${settings.baseUrl}/users")
                        .records("/data")
                        .paging(Paging.cursor("cursor", "/next"))
                        .build())
                .join(Join.list(Endpoint.get("roles", "${settings.baseUrl}/roles")
                                .records("/data")
                                .paging(Paging.none())
                                .build())
                        .key("id")
                        .lookup("record.role_id")
                        .as("role"))
                .build();

        try (people;
                PageIterator<UserRecord> pages = people.fetchUsers(UserQuery.all())) {
            assertThat(pages.next().items().get(0).value("role.name")).isEqualTo(Value.of("admin"));
        }
    }

    @Test
    void remembering_what_a_server_keeps_in_its_own_way() throws Exception {
        try (Connector connector = users();
                Directory directory = directory()) {
            Source users = Source.of(connector);
            Mapping people = people();

            Reconciler reconciler = Reconciler.builder(users, people, directory)
                    .state(StateStore.file(folder.resolve("rollcall-state.json")))
                    .build();

            try (Plan plan = reconciler.plan()) {
                assertThat(plan.changes()).hasSize(1);
            }
        }
    }

    @Test
    void making_an_application_agree() throws Exception {
        embedded.server()
                .add(
                        "dn: uid=ada," + EmbeddedDirectory.PEOPLE,
                        "objectClass: inetOrgPerson",
                        "uid: ada",
                        "cn: Ada",
                        "sn: Lovelace",
                        "mail: Ada@example.test",
                        "employeeNumber: 7");
        try (ScimStandIn application = ScimStandIn.start("t0ken");
                Connector connector = open(
                        "scim",
                        Settings.builder()
                                .set("baseUrl", application.url())
                                .block(
                                        "authorization",
                                        Value.from(Map.of("type", "bearer", "token", Secret.of("t0ken"))))
                                .build());
                Directory directory = directory()) {
            Mapping accounts = Mapping.builder()
                    .forAccounts()
                    .key("employeeNumber", "externalId")
                    .attribute("userName", "${record.mail | lower}")
                    .build();
            Reconciler reconciler = Reconciler.builder(
                            Source.of(DirectorySource.of(directory, List.of("employeeNumber", "mail")))
                                    .active("record.enabled"),
                            accounts,
                            AccountTarget.of("crm", connector))
                    .build();

            try (Plan plan = reconciler.plan()) {
                reconciler.apply(plan);
            }
            assertThat(application.user("ada@example.test")).isPresent();
        }
    }
}
