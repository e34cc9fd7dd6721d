package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.ldap.sdk.LDAPInterface;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command against a local application and an in-memory directory. */
class SyncTest extends SyncSuite {
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

    @Test
    void a_directory_that_cannot_be_reached_is_status_6() {
        api.serve(UserApi.users(3));
        String gone = CONFIGURATION.formatted(api.url(), url());
        directory.close();

        Outcome outcome = syncFile(gone, "--apply");

        assertThat(outcome.status()).as(outcome.out() + outcome.err()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 2027-04-01T00:00:00Z",
        "zone: America/Los_Angeles, 2027-04-01T07:00:00Z",
        "zone: Pacific/Auckland, 2027-03-31T11:00:00Z"
    })
    void the_last_day_ends_in_the_zone_of_the_file(String zone, String end) {
        api.serve(UserApi.users(1));
        String file = CONFIGURATION.formatted(api.url(), url())
                + "    title: ${accountExpires('2027-03-31') | fromFileTime}\n"
                + zone;

        Outcome outcome = syncFile(file, "--apply");

        assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
        assertThat(people().values())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getAttributeValue("title")).isEqualTo(end));
    }

    @Test
    void a_plan_that_is_not_the_expected_one_is_not_applied() {
        api.serve(UserApi.users(3));
        String hash = sync().report().at("/run/planHash").asText();

        api.serve(UserApi.users(4));
        assertThat(sync("--apply", "--expect-plan", hash).status()).isEqualTo(3);
        assertThat(people()).isEmpty();

        api.serve(UserApi.users(3));
        assertThat(sync("--apply", "--expect-plan", hash).status()).isZero();
        assertThat(people()).hasSize(3);
    }

    @Nested
    class keys {
        @ParameterizedTest
        @CsvSource(quoteCharacter = '|', delimiter = ';', textBlock = """
                '"Doe, John",7'; 7/Doe, John
                '7, 8 ,,9'; 7/8/9
                '"say ""hi""\",a"b'; a"b/say "hi"
                '" 5 "'; 5
                """)
        void may_have_commas_and_quotes_as_in_csv(String quoted, String notFound) {
            api.serve(UserApi.users(1));
            String given = quoted.substring(1, quoted.length() - 1);

            Outcome outcome = sync("--keys", given);

            assertThat(outcome.status()).as(outcome.err()).isZero();
            assertThat(outcome.report().get("notFound"))
                    .extracting(JsonNode::asText)
                    .containsExactly(notFound.split("/"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"Doe, John", "\"a\"b,7"})
        void whose_quotes_are_wrong_are_refused(String given) {
            Outcome outcome = sync("--keys", given);

            assertThat(outcome.status()).isEqualTo(2);
            assertThat(outcome.err()).contains("--keys: ", "'" + given + "'", "as in CSV");
            assertThat(api.requests).hasValue(0);
        }

        @Test
        void that_neither_side_has_are_listed_and_no_success_if_that_is_strict() {
            api.serve(UserApi.users(3));

            Outcome outcome = sync("--keys", "2,77,78");

            assertThat(outcome.status()).isZero();
            assertThat(outcome.out())
                    .contains("not found: 2 keys that neither the source nor the directory has: '77', '78'; check the");
            assertThat(sync("--keys", "2,77", "--strict").status()).isEqualTo(5);
            assertThat(sync("--keys", "2", "--strict").status()).isZero();
            assertThat(sync("--keys", "2,77", "--strict", "--apply").status()).isEqualTo(5);
            assertThat(people()).hasSize(1);
        }
    }

    @Test
    void each_change_says_where_its_values_come_from_and_in_full_when_asked() {
        api.serve(UserApi.users(1));

        JsonNode brief = sync().report();
        JsonNode full = sync("--explain").report();

        assertThat(because(brief)).contains("record.last_name", "join(' ', record.first_name, record.last_name)");
        assertThat(because(full)).contains("""
                mail: set [u1@example.test]
                  the record is from page 1 of users
                  ${record.email | lower}
                    record.email = 'u1@example.test'
                    lower('u1@example.test') = 'u1@example.test'
                    gives 'u1@example.test'""");
        assertThat(full.at("/run/planHash")).isEqualTo(brief.at("/run/planHash"));
    }

    @Test
    void an_explanation_has_the_unchanged_and_the_missing_too() {
        api.serve(UserApi.users(30));
        assertThat(sync("--apply").status()).isZero();
        api.serve(UserApi.users(29));

        assertThat(sync().report().has("explained")).isFalse();
        Outcome outcome = sync("--explain");

        JsonNode explained = outcome.report().get("explained");
        assertThat(explained).hasSize(30);
        assertThat(explained.at("/1/key").asText()).isEqualTo("2");
        assertThat(explained.at("/1/situation").asText()).isEqualTo("CONFIRMED");
        assertThat(explained.at("/1/attributes").findValuesAsText("because").toString())
                .contains("record.email = 'u2@example.test'");
        assertThat(explained.findValuesAsText("situation")).contains("SOURCE_MISSING");
        assertThat(outcome.plannedAll()).containsEntry("unchanged", 29).containsEntry("disable", 1);
        assertThat(sync("--explain", "--keys", "2").out())
                .contains("explained: 2 uid=u2,ou=people,dc=example,dc=test  (CONFIRMED): the entry has every value");
    }

    private static List<String> because(JsonNode report) {
        return report.at("/changes/0/attributes").findValuesAsText("because");
    }

    @Test
    void one_of_several_data_sources_is_chosen_by_name() {
        api.serve(UserApi.users(3));
        String text = CONFIGURATION.formatted(api.url(), url());
        String mapping = text.substring(text.indexOf("mapping:")).indent(4);
        String several = text.substring(0, text.indexOf("active:")).replace("source:", "connectors:\n crm:")
                + text.substring(text.indexOf("directory:"), text.indexOf("mapping:"))
                + "dataSources:\n  staff:\n    use: crm\n    active: record.active\n" + mapping
                + "  nobody:\n    use: crm\n    scope: record.id == 'none'\n"
                + "    policy: {leavers: {action: ignore}}\n" + mapping;

        Outcome unnamed = syncFile(several, "--apply");
        assertThat(unnamed.status()).isEqualTo(2);
        assertThat(unnamed.err()).contains("the file has several data sources; name one of staff, nobody");

        assertThat(syncFile(several, "--apply", "--data-source", "nobdy").err()).contains("did you mean 'nobody'?");
        Outcome staff = syncFile(several, "--apply", "--data-source", "staff");
        assertThat(staff.status()).as(staff.err()).isZero();
        assertThat(people()).hasSize(3);
    }

    @Test
    void strict_runs_end_with_status_5_when_there_is_a_conflict() {
        api.serve(List.of(UserApi.user(1), UserApi.user(2), UserApi.user(2)));

        assertThat(sync("--apply").status()).isZero();
        assertThat(sync("--apply", "--strict").status()).isEqualTo(5);
    }

    @Test
    void every_fault_of_arguments_and_file_is_told_before_anything_is_contacted() {
        Outcome outcome = syncFile(
                CONFIGURATION.formatted(api.url(), url()).replace("primaryKey", "primryKey"),
                "--aply",
                "--allow",
                "maxDisableOrDelet");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "did you mean '--apply'?", "did you mean 'maxDisableOrDelete'?", "did you mean 'primaryKey'?");
        assertThat(api.requests).hasValue(0);
    }

    @Test
    void what_a_format_hides_is_shown_nowhere() {
        api.serve(UserApi.users(3));
        String hidden = CONFIGURATION
                .formatted(api.url(), url())
                .replace("mail: ${record.email | lower}", "mail: ${record.email | lower | redact}");
        assertThat(syncFile(hidden, "--apply").status()).isZero();

        Outcome changed = syncFile(
                hidden.replace("lower | redact", "upper | redact"),
                "--explain",
                "--allow",
                "maxAttributeChange",
                "--allow",
                "maxModify");

        assertThat(changed.planned("modify")).isEqualTo(3);
        assertThat(changed.out()).contains("mail: [redacted] -> [redacted]");
        assertThat(changed.out() + changed.report()).doesNotContainIgnoringCase("u1@example.test");
    }

    @Test
    void a_secret_that_is_not_there_is_one_mistake() {
        Outcome outcome = syncFile(CONFIGURATION.formatted(api.url(), url()).replace("env.API_KEY", "env.NOT_THERE"));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("NOT_THERE is not set", "1 problem; nothing was contacted");
    }

    @Test
    void ten_mistakes_are_ten_lines_with_place_and_suggestion() {
        String text = CONFIGURATION
                        .formatted(api.url(), directory.url())
                        .replace("connector: generic-rest", "connector: generic-rst")
                        .replace("active: record.active", "active: record.active =")
                        .replace("bindDn: cn=admin,dc", "bindDn: admin,dc")
                        .replace("${env.LDAP_PASSWORD}", "${env.LDAP_PASWORD}")
                        .replace("type: openldap", "type: openldab")
                        .replace("filter: (objectClass=inetOrgPerson)", "filtr: (objectClass=inetOrgPerson)")
                        .replace("key: {column: id, attribute", "key: {column: id, atribute")
                        .replace("onEmpty: fail", "onEmpty: fial")
                        .replace("cn: ${join(' ', ", "cn: ${jion(' ', ")
                        .replace("mail: ${record.email | lower}", "mail: ${record.email | lower")
                + "policy: {leavers: {action: disabel}}\n";

        Outcome outcome = syncFile(text, "--apply");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err().lines().filter(line -> line.startsWith("people.yaml:")))
                .extracting(line -> line.split(": ", 3)[1])
                .contains(
                        "source.connector",
                        "active",
                        "directory.bindDn",
                        "directory.password",
                        "directory.type",
                        "directory.filtr",
                        "mapping.key.atribute",
                        "mapping.attributes.sn.onEmpty",
                        "mapping.attributes.cn",
                        "mapping.attributes.mail",
                        "policy.leavers.action");
        assertThat(outcome.err())
                .contains("did you mean 'generic-rest'?", "did you mean 'join'?", "nothing was contacted");
        assertThat(api.requests).hasValue(0);
    }
}
