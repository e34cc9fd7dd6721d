package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command does with its arguments, its files and what it prints, whatever is in the application. */
class CommandTest {
    private static final String PASSWORD = "pa55word";

    @TempDir
    Path folder;

    private final UserApi api = new UserApi();
    private EmbeddedDirectory directory;
    private Path file = Path.of("people.yaml");
    private Path report = Path.of("report.json");

    @BeforeEach
    void start() throws IOException {
        directory = EmbeddedDirectory.start(PASSWORD);
        report = folder.resolve("report.json");
        file = folder.resolve("people.yaml");
        write(configuration());
    }

    @AfterEach
    void stop() {
        directory.close();
        api.close();
    }

    private String configuration() {
        return SyncSuite.CONFIGURATION.formatted(api.url(), directory.url());
    }

    private void write(String configuration) throws IOException {
        Files.writeString(file, configuration);
    }

    private Captured run(String... words) {
        return Captured.run(Map.of("API_KEY", "k3y-s3cret", "LDAP_PASSWORD", PASSWORD), List.of(words));
    }

    private Captured sync(String... options) {
        List<String> words = new ArrayList<>(List.of("sync", file.toString()));
        words.addAll(List.of(options));
        return run(words.toArray(new String[0]));
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(report.toFile());
    }

    @Nested
    class an_empty_word {
        @ParameterizedTest
        @ValueSource(strings = {"sync", "check", "lint", "preview", "authorize", "provision", "webhook"})
        void is_no_file(String command) {
            Captured run = run(command, "");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("FILE: is empty", "nothing was contacted");
        }

        @Test
        void is_no_target_and_no_webhook() {
            Captured provision = run("provision", file.toString(), "");
            assertThat(provision.status()).isEqualTo(2);
            assertThat(provision.err()).contains("TARGET: is empty");

            Captured webhook = run("webhook", file.toString(), "", "--dn", EmbeddedDirectory.PEOPLE);
            assertThat(webhook.status()).isEqualTo(2);
            assertThat(webhook.err()).contains("NAME: is empty");
        }

        @Test
        void is_no_guardrail() {
            Captured run = sync("--allow", "");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("--allow: names no guardrail");
        }
    }

    @Nested
    class a_file_to_write {
        @ParameterizedTest
        @ValueSource(strings = {"--report", "--ldif", "--html"})
        void is_never_the_configuration(String option) throws IOException {
            String before = Files.readString(file);

            Captured run = sync(option, folder.resolve("./people.yaml").toString());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains(option + ": ", "is the configuration file");
            assertThat(file).hasContent(before);
        }

        @ParameterizedTest
        @ValueSource(strings = {"--report", "--ldif", "--html"})
        void is_never_a_link_to_a_file_that_is_needed(String option) throws IOException {
            String before = Files.readString(file);
            Path secret = Files.writeString(folder.resolve("bind.password"), "pa55word");
            write(configuration().replace("${env.LDAP_PASSWORD}", "${file.bind.password}"));
            Path hard = Files.createLink(folder.resolve("hard"), secret);
            Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic"), secret);
            Path toFile = Files.createLink(folder.resolve("to-file"), file);

            for (Path link : List.of(secret, hard, symbolic)) {
                Captured run = sync(option, link.toString());
                assertThat(run.status()).as(link.toString()).isEqualTo(2);
                assertThat(run.err()).contains("is a file that the configuration names");
            }
            assertThat(sync(option, toFile.toString()).err()).contains("is the configuration file");
            assertThat(secret).hasContent("pa55word");
            assertThat(Files.readString(file)).isNotEqualTo(before).contains("file.bind.password");
        }

        @ParameterizedTest
        @ValueSource(strings = {"--report", "--ldif", "--html"})
        void takes_the_place_of_a_link_whose_file_is_left_alone(String option) throws IOException {
            api.serve(UserApi.users(3));
            Path other = Files.writeString(folder.resolve("other"), "a secret of somebody else");
            Path hard = Files.createLink(folder.resolve("hard"), other);
            Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic"), other);

            assertThat(sync(option, hard.toString()).status()).isZero();
            assertThat(sync(option, symbolic.toString()).status()).isZero();

            assertThat(other).hasContent("a secret of somebody else");
            assertThat(Files.size(hard)).isGreaterThan(40);
            assertThat(Files.isSymbolicLink(symbolic)).isFalse();
        }

        @Test
        void is_never_one_that_the_configuration_names() throws IOException {
            write(configuration() + "state: {file: state.json}\n"
                    + "policy: {password: {generate: {length: 20}, deliver: {file: passwords.csv}}}\n");
            Path passwords = Files.writeString(folder.resolve("passwords.csv"), "status,key,dn,password\n");

            Captured run = sync(
                    "--html",
                    passwords.toString(),
                    "--ldif",
                    folder.resolve("state.json").toString());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .contains(
                            "passwords.csv' is a file that the configuration names",
                            "state.json' is a file that the configuration names");
            assertThat(passwords).hasContent("status,key,dn,password\n");
        }

        @Test
        void is_one_for_each_option() {
            String same = folder.resolve("same").toString();

            Captured run = sync("--report", same, "--ldif", same);

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("is what --report writes");
            assertThat(Path.of(same)).doesNotExist();
        }

        @Test
        void that_could_not_be_written_is_status_5() {
            assumeThat(Path.of("/dev/full")).as("a device that is always full").exists();
            api.serve(UserApi.users(3));

            Captured run = sync("--apply", "--report", "/dev/full");

            assertThat(run.status()).as(run.err()).isEqualTo(5);
            assertThat(run.err()).contains("/dev/full cannot be written");
            assertThat(directory.people()).hasSize(3);
        }
    }

    @Nested
    class a_connector_that_a_data_source_uses_by_name {
        @BeforeEach
        void use() throws IOException {
            api.serve(UserApi.users(3));
            String text = configuration();
            write(text.substring(0, text.indexOf("active:")).replace("source:", "connectors:\n crm:")
                    + text.substring(text.indexOf("directory:"), text.indexOf("mapping:"))
                    + "dataSources:\n  staff:\n    use: crm\n"
                    + text.substring(text.indexOf("mapping:")).indent(4));
        }

        @Test
        void is_called_once_by_check() {
            Captured run = run("check", file.toString());

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).contains("crm (generic-rest): answers, with 3 users");
            assertThat(api.requests).hasValue(1);
        }

        @Test
        void is_the_only_one_there_is() {
            assertThat(run("preview", file.toString()).status()).isZero();
            assertThat(run("authorize", file.toString()).status()).isZero();
        }
    }

    @Test
    void a_target_is_told_which_connector_writes() throws IOException {
        write("""
                connectors: {apollo: {connector: apollo, authorization: {type: api-key, value: "${env.API_KEY}"}}}
                targets:
                  apollo:
                    use: apollo
                    from: directory
                    mapping: {key: {column: employeeNumber, attribute: externalId}, attributes: {userName: "${record.mail}"}}
                """
                + configuration()
                        .substring(
                                configuration().indexOf("directory:"),
                                configuration().indexOf("mapping:")));

        Captured run = run("provision", file.toString(), "apollo");

        assertThat(run.err()).contains("the connector 'apollo' writes no accounts; such as apollo-scim, scim");
    }

    @ParameterizedTest
    @CsvSource({"https://a.example.test, true", "https://b.example.test, false"})
    void targets_that_end_accounts_of_one_application_are_refused_without_a_common_name_too(String url, boolean refused)
            throws IOException {
        String target = """
                  %s:
                    connector: scim
                    settings: {url: "%s"}
                    authorization: {type: bearer, token: "${env.API_KEY}"}
                    from: directory
                    mapping: {key: {column: employeeNumber, attribute: externalId}, attributes: {userName: "${record.mail}"}}
                    policy: {categories: [create, modify, disable], leavers: disable}
                """;
        write("targets:\n" + target.formatted("one", "https://a.example.test") + target.formatted("two", url)
                + configuration()
                        .substring(
                                configuration().indexOf("directory:"),
                                configuration().indexOf("mapping:")));

        String told = "'one' and 'two' both end accounts of one application, with the same settings and authorization";
        assertThat(run("provision", file.toString(), "one").err().contains(told))
                .isEqualTo(refused);
    }

    @Test
    void a_connector_that_is_used_and_not_there_is_to_be_described() throws IOException {
        write(configuration().replaceFirst("(?s)source:.*?\nactive:", "source: {use: crm}\nactive:"));

        assertThat(sync().err()).contains("there is no connector 'crm' under connectors; describe it under connectors");
    }

    @Test
    void a_limit_that_is_one_word_is_told_how_limits_are_lifted() throws IOException {
        write(configuration() + "policy: {guardrails: {maxModify: none}}\n");

        assertThat(sync().err()).contains("maxModify: must be a map of keys", "none in place of a number lifts it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orchestrate", "serve"})
    void a_command_of_a_later_version_is_not_built_yet(String name) {
        Captured run = run(name);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("not built yet");
    }

    @Nested
    class what_is_printed {
        @Test
        void has_no_lines_that_a_value_made() {
            api.serve(UserApi.users(3));
            assertThat(sync("--apply").status()).isZero();
            List<String> users = UserApi.users(3);
            users.set(0, UserApi.user(1, "Eve\\n  - delete  uid=u2,ou=people,dc=example,dc=test", true));
            api.serve(users);

            Captured run = sync("--allow", "maxModify");

            assertThat(run.out())
                    .contains("sn: Last1 -> Eve\\n  - delete")
                    .doesNotContainPattern("(?m)^ *- delete")
                    .doesNotContain("\n  - ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\u2028", "\u2029", "\u0085", "\u000B", "\f", "\u202E", "\u001B"})
        void has_no_separator_or_control_of_a_value(String separator) {
            String json =
                    separator.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(Collectors.joining());
            api.serve(List.of(UserApi.user(1, "Eve" + json + "- delete", true), UserApi.user(1)));
            Captured run = sync("--keys", "1,7" + separator + "8");

            assertThat(run.out()).contains("'7\uFFFD8'").doesNotContain(separator);

            api.serve(UserApi.users(3));
            assertThat(sync("--apply").status()).isZero();
            List<String> users = UserApi.users(3);
            users.set(0, UserApi.user(1, "Eve" + json + "- delete", true));
            api.serve(users);
            assertThat(sync("--allow", "maxModify").out())
                    .contains("Eve\uFFFD- delete")
                    .doesNotContain(separator);
        }

        @Test
        void says_which_containers_are_made() throws IOException {
            api.serve(UserApi.users(3));
            write(configuration()
                    .replace(
                            "dn: uid=${uid},ou=people,dc=example,dc=test",
                            "dn: {format: \"uid=${uid},ou=new,ou=people,dc=example,dc=test\", createParents: true}"));

            Captured run = sync("--report", report.toString());

            assertThat(run.out()).containsOnlyOnce("+ create  ou=new,ou=people,dc=example,dc=test  (container)");
            assertThat(report().at("/changes/0/parents/0").asText()).isEqualTo("ou=new,ou=people,dc=example,dc=test");
            assertThat(report().get("changes").findValues("parents")).hasSize(1);
        }

        @Test
        void does_not_call_it_done_when_the_source_broke_off() {
            api.serve(UserApi.users(1_000));
            api.fault(UserApi.Fault.PAGE_FAILS);

            assertThat(sync().out()).contains("nothing was planned").doesNotContain("nothing to do");
        }
    }

    @Nested
    class the_report {
        @Test
        void tells_that_too_many_changes_failed() throws IOException {
            api.serve(UserApi.users(200));
            write(configuration().replace("inetOrgPerson]", "inetOrgPerson, notInTheSchema]"));

            Captured run = sync("--apply", "--report", report.toString());

            assertThat(run.status()).as(run.err()).isEqualTo(3);
            assertThat(run.out()).contains("guardrail failures: ");
            assertThat(report().at("/guardrails/0/name").asText()).isEqualTo("failures");
            assertThat(report().at("/guardrails/0/limit").asText()).isEqualTo("20 %");
            assertThat(report().at("/stopped/reason").asText()).isEqualTo("too many changes failed");
            assertThat(report().at("/stopped/notTried").asInt())
                    .isEqualTo(200 - report().get("failures").size())
                    .isPositive();
        }

        @Test
        void has_every_field_when_the_directory_refused_and_names_it() throws IOException {
            api.serve(UserApi.users(3));
            write(configuration().replace("base: ou=people,", "base: ou=nobody,"));

            assertThat(sync("--report", report.toString()).status()).isEqualTo(6);

            assertIsEmpty(report());
            assertThat(report().at("/directory/server").asText())
                    .isEqualTo(directory.url().substring(7));
            assertThat(report().at("/directory/reason").asText()).isNotEmpty();
        }

        @Test
        void is_written_when_a_person_must_agree() throws IOException {
            write(configuration()
                    .replaceFirst(
                            "authorization: \\{.*}",
                            "authorization: {type: oauth2, grant: authorization-code, tokenUrl: \"http://127.0.0.1:1/t\","
                                    + " authorizationUrl: \"http://127.0.0.1:1/a\", clientId: me,"
                                    + " clientSecret: \"\\${env.API_KEY}\", redirectUri: \"http://127.0.0.1:1/c\"}"));

            assertThat(sync("--report", report.toString()).status()).isEqualTo(4);

            assertIsEmpty(report());
            assertThat(report().at("/source/reason").asText()).contains("a person must agree");
        }

        private void assertIsEmpty(JsonNode json) {
            for (String list : List.of(
                    "notFound",
                    "guardrails",
                    "failures",
                    "conflicts",
                    "unresolved",
                    "unknown",
                    "normalized",
                    "changes")) {
                assertThat(json.get(list)).as(list).isNotNull().isEmpty();
            }
            for (String counts : List.of("situations", "blocked", "withheld")) {
                assertThat(json.get(counts).isObject()).as(counts).isTrue();
            }
            assertThat(json.get("applied").isNull()).isTrue();
        }
    }
}
