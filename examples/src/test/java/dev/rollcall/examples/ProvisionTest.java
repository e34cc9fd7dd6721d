package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of the page about targets, run by the command against an in-memory directory and a stand-in for the application. */
class ProvisionTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("LDAP_PASSWORD", "pa55word", "SCIM_TOKEN", "scim-secret", "WRONG", "wrong");

    @TempDir
    Path folder;

    private EmbeddedDirectory directory;
    private ScimStandIn application;
    private String configuration = "";
    private Path report = Path.of("report.json");

    @BeforeEach
    void start() {
        directory = EmbeddedDirectory.start("pa55word");
        application = ScimStandIn.start("scim-secret");
        configuration = DocumentedPage.of("targets.md")
                .blocks("yaml")
                .get(0)
                .replace("ldap://127.0.0.1:1389", directory.url())
                .replace("http://127.0.0.1:8080/scim/v2", application.url());
        report = folder.resolve("report.json");
    }

    @AfterEach
    void stop() {
        directory.close();
        application.close();
    }

    private void people(int from, int to) throws LDAPException, LDIFException {
        for (int i = from; i <= to; i++) {
            directory
                    .server()
                    .add(
                            "dn: uid=u" + i + "," + EmbeddedDirectory.PEOPLE,
                            "objectClass: inetOrgPerson",
                            "uid: u" + i,
                            "cn: First" + i + " Last" + i,
                            "sn: Last" + i,
                            "givenName: First" + i,
                            "mail: U" + i + "@example.test",
                            "employeeNumber: " + i);
        }
    }

    private Captured provision(String... options) throws IOException {
        Path file = folder.resolve("accounts.yaml");
        Files.writeString(file, configuration);
        List<String> words =
                new ArrayList<>(List.of("provision", file.toString(), "crm", "--report", report.toString()));
        words.addAll(List.of(options));
        return Captured.run(ENVIRONMENT, words);
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(report.toFile());
    }

    @Test
    void people_of_the_directory_get_accounts_and_a_second_run_has_nothing_to_do() throws Exception {
        people(1, 60);

        Captured planned = provision("--allow", "emptyTarget");
        assertThat(planned.status()).as(planned.toString()).isZero();
        assertThat(planned.out()).contains("crm: 0 accounts", "create 60");
        assertThat(application.count()).isZero();
        assertThat(report().at("/applied").isNull()).isTrue();

        Captured applied = provision("--apply", "--allow", "emptyTarget");
        assertThat(applied.status()).as(applied.toString()).isZero();
        assertThat(report().at("/applied/create").asInt()).isEqualTo(60);
        assertThat(report().at("/target/name").asText()).isEqualTo("crm");
        assertThat(report().at("/directory/server").isNull()).isTrue();
        assertThat(application.user("u7@example.test").orElseThrow().toString())
                .contains("\"externalId\":\"7\"", "\"givenName\":\"First7\"", "\"active\":true")
                .contains("\"emails\":[{\"type\":\"work\",\"value\":\"u7@example.test\",\"primary\":true}]");

        int writes = application.writes();
        Captured again = provision("--apply");
        assertThat(again.out()).contains("nothing to do; unchanged 60");
        assertThat(application.writes()).isEqualTo(writes);
    }

    @Test
    void columns_of_the_directory_may_have_any_name_of_their_attribute() throws Exception {
        people(1, 1);
        configuration = configuration
                .replace("${record.sn}", "${record.surname}")
                .replace("${record.givenName}", "${record['2.5.4.42']}")
                .replace("column: employeeNumber", "column: \"['2.16.840.1.113730.3.1.3']\"")
                .replace("record.mail is present", "record.rfc822Mailbox is present");

        Captured applied = provision("--apply");

        assertThat(applied.status()).as(applied.toString()).isZero();
        assertThat(application.user("u1@example.test").orElseThrow().toString())
                .contains("\"externalId\":\"1\"", "\"givenName\":\"First1\"", "\"familyName\":\"Last1\"");
    }

    @Test
    void an_attribute_that_the_application_does_not_have_is_told_with_its_line_and_in_the_report() throws Exception {
        people(1, 1);
        application.describe(List.of("userName", "name", "emails", "title"));
        configuration = configuration.replace("attributes:\n", "attributes:\n        titel: Engineer\n");

        Captured run = provision("--apply");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .containsPattern(
                        "accounts.yaml:\\d+: targets.crm.mapping.attributes.titel: crm: the application does not"
                                + " know titel; did you mean 'title'\\?")
                .contains("1 problem; nothing was planned, nothing was written")
                .doesNotContain("nothing was contacted");
        assertThat(report().at("/target/reason").asText()).contains("titel");
        assertThat(application.writes()).isZero();
    }

    @Test
    void what_the_application_drops_is_told_once_and_not_written_again() throws Exception {
        people(1, 2);
        application.drop("title");
        configuration = configuration.replace("attributes:\n", "attributes:\n        title: Engineer\n");
        provision("--apply");
        assertThat(report().get("normalized")).hasSize(2);
        assertThat(provision().out()).as("without a state").contains("modify 2");

        configuration += "state: {file: state.json}\n";
        provision("--apply");
        int writes = application.writes();
        Captured again = provision("--apply");

        assertThat(again.out()).contains("nothing to do; unchanged 2");
        assertThat(application.writes()).isEqualTo(writes);
        assertThat(folder.resolve("state.json")).content().contains("\"crm\"").doesNotContain("Engineer");
    }

    @Test
    void a_state_that_is_damaged_is_told_before_anything_is_contacted() throws Exception {
        Files.writeString(folder.resolve("state.json"), "{\"version\": 1, \"norm");
        configuration += "state: {file: state.json}\n";

        Captured run = provision("--apply");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("state.json is damaged", "delete it", "nothing was contacted");
        assertThat(folder.resolve("state.json")).hasContent("{\"version\": 1, \"norm");
    }

    @Test
    void who_is_changed_disabled_or_removed_in_the_directory_is_so_in_the_application() throws Exception {
        people(1, 40);
        provision("--apply");

        modify("u1", new Modification(ModificationType.REPLACE, "sn", "Married"));
        modify("u2", new Modification(ModificationType.ADD, "pwdAccountLockedTime", "000001010000Z"));
        directory.server().delete("uid=u3," + EmbeddedDirectory.PEOPLE);
        Captured applied = provision("--apply");

        assertThat(applied.status()).as(applied.toString()).isZero();
        assertThat(application
                        .user("u1@example.test")
                        .orElseThrow()
                        .at("/name/familyName")
                        .asText())
                .isEqualTo("Married");
        assertThat(application.activeByName())
                .containsEntry("u2@example.test", false)
                .containsEntry("u3@example.test", false);
        assertThat(application.active()).isEqualTo(38);

        modify("u2", new Modification(ModificationType.DELETE, "pwdAccountLockedTime"));
        people(3, 3);
        provision("--apply");
        assertThat(application.active()).isEqualTo(40);
    }

    private void modify(String uid, Modification modification) throws LDAPException {
        directory.server().modify("uid=" + uid + "," + EmbeddedDirectory.PEOPLE, modification);
    }

    @Test
    void half_of_the_directory_missing_is_status_3_and_nobody_is_disabled() throws Exception {
        people(1, 40);
        provision("--apply");
        for (int i = 21; i <= 40; i++) {
            directory.server().delete("uid=u" + i + "," + EmbeddedDirectory.PEOPLE);
        }

        Captured applied = provision("--apply");

        assertThat(applied.status()).isEqualTo(3);
        assertThat(applied.out()).contains("maxDisableOrDelete", "disable 20");
        assertThat(application.active()).isEqualTo(40);

        assertThat(provision("--apply", "--allow", "maxDisableOrDelete").status())
                .isZero();
        assertThat(application.active()).isEqualTo(20);
    }

    @Nested
    class when_something_is_wrong {
        @Test
        void an_application_that_refuses_the_token_is_status_6() throws Exception {
            people(1, 3);
            configuration = configuration.replace("env.SCIM_TOKEN", "env.WRONG");

            Captured run = provision("--apply");

            assertThat(run.status()).as(run.toString()).isEqualTo(6);
            assertThat(run.err()).contains("application: UNAUTHORIZED").doesNotContain("wrong");
            assertThat(report().at("/target/name").asText()).isEqualTo("crm");
            assertThat(report().at("/target/reason").asText()).isNotEmpty();
            assertThat(report().at("/source/reason").isNull()).isTrue();
        }

        @Test
        void a_directory_that_cannot_be_reached_is_status_6() throws Exception {
            directory.close();
            Captured run = provision("--apply");
            assertThat(run.status()).as(run.toString()).isEqualTo(6);
            assertThat(run.err()).contains("directory: ");
        }

        @Test
        void all_mistakes_of_a_target_are_told_at_once() throws Exception {
            configuration = configuration
                    .replace("from: directory", "from: directry")
                    .replace("name.givenName", "name..givenName")
                    .replace("attribute: externalId", "attribute: id")
                    .replace("active: record.enabled", "active: record.enabled ==")
                    .replace("{action: disable}", "{action: disable-and-move, moveTo: 'ou=x,dc=y'}, enable: ours")
                    .replace("name.familyName: ${record.sn}", "name.familyName: {unique: \"${record.sn}\"}")
                    .replace("scope:", "scop:");

            Captured run = provision();

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .contains(
                            "did you mean 'directory'?",
                            "'name..givenName' is no SCIM attribute",
                            "'id' cannot be mapped: the service makes it",
                            "targets.crm.active",
                            "accounts of an application are not moved",
                            "an application does not tell who disabled an account",
                            "is for directories only",
                            "did you mean 'scope'?",
                            "nothing was contacted");
        }

        @Test
        void accounts_get_no_other_key_by_a_previous_one_or_as_a_rehire() throws Exception {
            configuration = configuration
                    .replace("attribute: externalId}", "attribute: externalId, previous: employeeType}")
                    .replace("| lower}\"}]", "| lower}\", rehire: true}]");

            Captured run = provision();

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .containsPattern(
                            "accounts.yaml:\\d+: targets.crm.mapping.key.previous: 'employeeType': accounts of an application do"
                                    + " not get another key; take it out")
                    .containsPattern("accounts.yaml:\\d+: targets.crm.mapping.match\\[0\\].rehire: accounts of an"
                            + " application do not get another key; take it out")
                    .contains("2 problems; nothing was contacted");
        }

        @Test
        void a_target_that_is_not_in_the_file_is_suggested() throws Exception {
            Path file = folder.resolve("accounts.yaml");
            Files.writeString(file, configuration);
            Captured run = Captured.run(ENVIRONMENT, List.of("provision", file.toString(), "cmr"));
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("did you mean 'crm'?");
        }

        @Test
        void a_key_that_has_no_effect_without_a_directory_is_told() throws Exception {
            configuration = fromDataSource("http://127.0.0.1:9/users")
                    .replace("  staff:\n", "  staff:\n    mark: {attribute: info, value: staff}\n");

            Captured run = provision();

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .contains("dataSources.staff.mark: has no meaning beside the other keys of this block");
        }

        @Test
        void a_data_source_that_cannot_be_read_whole_is_status_4() throws Exception {
            try (UserApi api = new UserApi()) {
                api.serve(UserApi.users(40));
                configuration = fromDataSource(api.url());
                assertThat(provision("--apply").status()).isZero();
                assertThat(application.active()).isEqualTo(40);

                api.fault(UserApi.Fault.PAGE_FAILS);
                Captured run = provision("--apply");

                assertThat(run.status()).as(run.toString()).isEqualTo(4);
                assertThat(application.active()).isEqualTo(40);
            }
        }
    }

    private String fromDataSource(String url) {
        return configuration
                        .substring(configuration.indexOf("connectors:"))
                        .replace("from: directory", "from: staff")
                        .replace("column: employeeNumber", "column: id")
                        .replace("record.mail", "record.email")
                        .replace("record.enabled", "record.active")
                        .replace("record.givenName", "record.first_name")
                        .replace("record.sn", "record.last_name")
                + """
                dataSources:
                  staff:
                    connector: generic-rest
                    settings: {baseUrl: "%s"}
                    primaryKey: id
                    endpoints:
                      - name: users
                        url: ${settings.baseUrl}/users
                        records: /data
                        paging: {type: cursor, parameter: cursor, next: /next}
                        request: {retries: 0}
                """.formatted(url);
    }
}
