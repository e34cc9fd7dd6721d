package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.configuration.ConfigurationFile;
import dev.rollcall.configuration.Environment;
import dev.rollcall.configuration.Target;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.scim.ScimConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider says of its attributes is held against the mapping, before anything is written. */
class ScimSchemasTest {
    private static List<Problem> problems(boolean creating, String... attributes) {
        try (ScriptedScim server = new ScriptedScim(Quirk.SCHEMAS);
                ScimConnector connector = server.connector()) {
            return connector.accounts().check(List.of(attributes), creating);
        }
    }

    @Test
    void attributes_that_the_provider_knows_are_no_problem_in_whatever_case() {
        assertThat(problems(
                        true,
                        "USERNAME",
                        "name.familyName",
                        "emails[type eq 'work'].value",
                        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"))
                .isEmpty();
    }

    @Test
    void an_attribute_that_it_does_not_know_is_told_with_the_one_that_is_near() {
        assertThat(problems(true, "userName", "titel")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("unknown-attribute");
            assertThat(problem.path()).isEqualTo("titel");
            assertThat(problem.remedy()).contains("'title'", "settings.schemas: false");
        });
    }

    @Test
    void so_are_parts_and_schemas_that_it_does_not_know() {
        assertThat(problems(true, "userName", "name.middleName", "urn:example:User:badge", "emails.display"))
                .extracting(Problem::path)
                .containsExactly("name.middleName", "urn:example:User:badge", "emails.display");
    }

    @Test
    void an_attribute_that_nobody_may_write_is_told() {
        assertThat(problems(true, "userName", "profileUrl"))
                .extracting(Problem::code)
                .containsExactly("read-only-attribute");
    }

    @Test
    void an_attribute_that_every_account_needs_is_told_where_accounts_are_made() {
        assertThat(problems(true, "title")).extracting(Problem::code).containsExactly("required-attribute");
        assertThat(problems(false, "title")).isEmpty();
    }

    private static Mapping mapping(String attribute) {
        return Mapping.builder()
                .forAccounts()
                .key("id", "externalId")
                .attribute("userName", "u${record.id}@example.test")
                .attribute(attribute, "${record.title}")
                .build();
    }

    private static Plan plan(ScimConnector connector, String attribute) {
        Source source = Source.of(List.of(UserRecord.of(Map.of("id", "1", "title", "Engineer"))));
        return Reconciler.builder(source, mapping(attribute), AccountTarget.of("crm", connector))
                .build()
                .plan();
    }

    @Test
    void a_plan_is_not_made_of_a_mapping_that_the_provider_cannot_take() {
        try (ScriptedScim server = new ScriptedScim(Quirk.SCHEMAS);
                ScimConnector connector = server.connector()) {
            assertThatThrownBy(() -> plan(connector, "titel"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("mapping.attributes.titel")
                    .hasMessageContaining("crm: the application does not know titel");
        }
    }

    /** The attributes begin in line 13. */
    private static final String FILE = """
            connectors:
              crm:
                connector: scim
                settings: {baseUrl: "%s"}
                authorization: {type: bearer, token: "${env.TOKEN}"}
            dataSources:
              people: {connector: pipedrive, authorization: {type: api-key, value: "${env.KEY}"}}
            targets:
              crm:
                use: crm
                from: people
                mapping:
                  attributes:
                    userName: u@example.test
                    titel: Engineer
                    profileUrl: x
                    name.givnName: Ada
                    "emails[type eq 'work'].display": Ada
                  key:
                    column: id
                    attribute: badge
                  match:
                    - {attribute: userName, format: "${record.email}"}
                    - {attribute: usrName, format: "${record.email}"}
                    - {attribute: profileUrl, format: "${record.email}"}
                protected:
                  - root
                  - (&(userName=admin*)(userTyp=Robot))
            """;

    @Test
    void problems_of_a_file_are_told_with_line_path_and_what_mends_them(@TempDir Path folder) throws Exception {
        try (ScriptedScim server = new ScriptedScim(Quirk.SCHEMAS)) {
            Path file = folder.resolve("people.yaml");
            Files.writeString(file, FILE.formatted(server.base()));
            Target target = ConfigurationFile.read(
                            file, Environment.of(Map.of("TOKEN", ScriptedScim.TOKEN, "KEY", "a-key")))
                    .targets()
                    .get("crm");
            Connector nobody = new Connector() {
                @Override
                public AuthorizationResult authorize(AuthorizationRequest request) {
                    return AuthorizationResult.notNeeded();
                }

                @Override
                public PageIterator<UserRecord> fetchUsers(UserQuery query) {
                    throw new AssertionError("the source is not read");
                }

                @Override
                public void close() {}
            };
            try (Connector accounts = target.connector().open(ConnectorContext.defaults())) {
                Reconciler reconciler = target.reconciler(nobody, accounts).build();

                assertThatThrownBy(reconciler::plan)
                        .isInstanceOfSatisfying(
                                ConfigurationException.class,
                                refused -> assertThat(refused.problems())
                                        .extracting(
                                                problem -> problem.toString().replaceFirst(" crm: the application", ""))
                                        .allMatch(text -> text.contains("; "))
                                        .map(text -> text.substring(0, text.indexOf("; ")))
                                        .containsExactlyInAnyOrder(
                                                "people.yaml:15: targets.crm.mapping.attributes.titel: does not know titel",
                                                "people.yaml:16: targets.crm.mapping.attributes.profileUrl:"
                                                        + " lets nobody write profileUrl",
                                                "people.yaml:17: targets.crm.mapping.attributes.name.givnName:"
                                                        + " does not know givnName",
                                                "people.yaml:18: targets.crm.mapping.attributes.emails[type eq 'work'].display:"
                                                        + " does not know display",
                                                "people.yaml:21: targets.crm.mapping.key.attribute: does not know badge",
                                                "people.yaml:24: targets.crm.mapping.match[1].attribute: does not know usrName",
                                                "people.yaml:28: targets.crm.protected[1]: does not know userTyp"));
            }
        }
    }

    @Test
    void a_provider_that_takes_more_than_it_tells_is_not_asked() {
        try (ScriptedScim server = new ScriptedScim(Quirk.SCHEMAS);
                ScimConnector connector = server.connector(settings -> settings.set("schemas", Value.of(false)));
                Plan plan = plan(connector, "titel")) {
            assertThat(plan.isEmpty()).isFalse();
            assertThat(server.count("GET /Schemas")).isZero();
        }
    }

    @Test
    void an_attribute_that_an_account_keeps_for_ever_is_a_conflict_when_it_changes() {
        try (ScriptedScim server = new ScriptedScim(Quirk.SCHEMAS);
                ScimConnector connector = server.connector()) {
            server.person("u1@example.test").put("externalId", "1").put("userType", "Trainee");
            try (Plan plan = plan(connector, "userType")) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts())
                        .singleElement()
                        .satisfies(
                                conflict -> assertThat(conflict.situation()).isEqualTo(Situation.REPLACEMENT_NEEDED));
            }
        }
    }

    @Test
    @Tag("real")
    void the_schemas_of_a_provider_of_another_author_are_read() {
        Collection<String> wrong = List.of(
                "userName",
                "titel",
                "name.givnName",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:badge");
        Collection<String> right = List.of(
                "userName",
                "externalId",
                "title",
                "roles",
                "name.givenName",
                "emails[type eq 'work'].value",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value");
        try (ScimSdkServer server = new ScimSdkServer(false);
                ScimConnector connector = server.connector()) {
            assertThat(connector.accounts().check(right, true)).isEmpty();
            assertThat(connector.accounts().check(wrong, true))
                    .extracting(Problem::code)
                    .containsOnly("unknown-attribute")
                    .hasSize(3);
        }
    }
}
