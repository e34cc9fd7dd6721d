package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.Condition;
import dev.rollcall.mapping.Alternative;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.rule.OnLimit;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.mapping.rule.Sanitizer;
import dev.rollcall.mapping.rule.ValuesPolicy;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    static final String PEOPLE = """
            source:
              connector: payroll
              settings:
                url: https://payroll.example.test
                token: ${env.TOKEN}
            active: record.active
            directory:
              url: ldap://127.0.0.1:1389
              bindDn: cn=admin,dc=example,dc=test
              password: ${env.LDAP_PASSWORD}
              type: openldap
              base: ou=people,dc=example,dc=test
            mapping:
              key: {column: id, attribute: employeeNumber, normalize: [trim]}
              dn: uid=${uid},ou=people,dc=example,dc=test
              objectClasses: [top, person, organizationalPerson, inetOrgPerson]
              attributes:
                sn: ${record.last_name}
                cn: ${join(' ', record.first_name, record.last_name)}
                uid: ${record.login}
            """;

    @TempDir
    Path folder;

    private FileOfATest file() {
        return new FileOfATest(folder, Map.of("TOKEN", "t0ken", "LDAP_PASSWORD", "pa55word"), new Payroll());
    }

    private Configuration read(String text) {
        return file().read(text);
    }

    private List<String> problems(String text) {
        return file().problems(text);
    }

    @Test
    void a_file_without_mistakes_gives_a_data_source_named_default() {
        Configuration configuration = read(PEOPLE);

        assertThat(configuration.dataSources()).containsOnlyKeys("default");
        DataSource people = configuration.dataSources().get("default");
        assertThat(people.connector().descriptor().id()).isEqualTo("payroll");
        assertThat(people.connector().settings().secret("token").reveal()).isEqualTo("t0ken");
        assertThat(people.mapping().key().attribute()).isEqualTo("employeeNumber");
        assertThat(people.active()).hasValue(Condition.parse("record.active"));
        assertThat(people.policy().categories()).isEqualTo(Categories.defaults());
        assertThat(people.directory()).hasToString("ldap://127.0.0.1:1389 ou=people,dc=example,dc=test");
    }

    @Test
    void a_mistyped_key_is_told_with_its_line_and_what_was_meant() {
        assertThat(problems(PEOPLE.replace("bindDn", "bindDN")))
                .contains("people.yaml:9: directory.bindDN: there is no such key; did you mean 'bindDn'?");
    }

    @Test
    void a_wrong_value_is_quoted() {
        assertThat(problems(PEOPLE + "policy: strict\n"))
                .anySatisfy(problem -> assertThat(problem).contains("policy: must be a map of keys; was 'strict'"));
        assertThat(problems(PEOPLE + "policy: {leavers: [disable]}\n"))
                .anySatisfy(problem -> assertThat(problem).contains("must be a map of keys; was a list"));
        assertThat(problems(PEOPLE.replace("ldap://127.0.0.1:1389", "http://127.0.0.1:1389")))
                .anySatisfy(problem ->
                        assertThat(problem).contains("is no address of a directory; was 'http://127.0.0.1:1389'"));
        assertThat(problems(PEOPLE.replace("cn=admin,dc=example,dc=test", "{a: b}")))
                .anySatisfy(problem -> assertThat(problem).contains("bindDn: must be a text; was a map"));
    }

    @Test
    void what_a_provider_finds_is_told_with_its_line() {
        assertThat(problems(PEOPLE.replace("    url: https", "    uri: https")))
                .containsExactly(
                        "people.yaml:3: source.settings.url: is required; set it",
                        "people.yaml:4: source.settings.uri: the connector 'payroll' has no such setting; did you mean"
                                + " 'url'?");
    }

    @Test
    void a_secret_in_clear_is_a_problem_that_does_not_show_it() {
        assertThat(problems(PEOPLE.replace("${env.LDAP_PASSWORD}", "hunter2").replace("${env.TOKEN}", "hunter2")))
                .hasSize(2)
                .allMatch(problem -> problem.contains("a secret stands in clear"))
                .noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void a_key_of_a_part_that_is_not_built_is_a_note() {
        Configuration configuration = read(PEOPLE + "orchestrations: {leaver: {start: crm}}\n");

        assertThat(configuration.notes())
                .extracting(Problem::toString)
                .containsExactly(
                        "people.yaml:21: orchestrations: not built yet; no orchestration is started by a run of"
                                + " this version");
    }

    @Test
    void the_type_of_the_directory_decides_which_limits_values_keep() {
        String title = PEOPLE + "    title: ${record.title}\n";
        String domain = title.replace("type: openldap", "type: active-directory");

        assertThat(read(title).dataSources().get("default").mapping().maxLength("title"))
                .isEmpty();
        assertThat(read(domain).dataSources().get("default").mapping().maxLength("title"))
                .hasValue(128);
    }

    @Test
    void a_privileged_group_is_named_by_its_dn() {
        String privileged = PEOPLE.replace("  type: openldap", "  type: active-directory\n  allowPrivileged: [admins]");
        assertThat(problems(privileged))
                .singleElement()
                .asString()
                .contains("directory.allowPrivileged", "'admins' is no DN");
    }

    @Test
    void a_mapping_is_the_one_that_code_builds() {
        String rules = """
                    givenName: {format: "${record.first_name}", onAbsent: clear, onNull: default, default: "${record.nick}"}
                    mail: [{when: record.email is present, format: "${record.email | lower}"}, {format: "${uid}@x.test"}]
                    displayName: {format: "${cn}", apply: on-create, maxLength: 10, onLimit: truncate}
                    manager: {reference: "${record.boss}"}
                    proxyAddresses: {format: ["SMTP:${mail}", "smtp:${uid}@x.test"], values: merge, owns: "(?i)smtp:.*"}
                """;
        Mapping fromFile = read(PEOPLE.replace(
                                "uid: ${record.login}",
                                "uid: {unique: [\"${record.login}\", \"${record.id}\"], counter: {start: 5}, sanitize: uid}")
                        + rules)
                .dataSources()
                .get("default")
                .mapping();
        Mapping fromCode = Mapping.builder()
                .key("id", "employeeNumber", KeyRule.Normalization.TRIM)
                .dn("uid=${uid},ou=people,dc=example,dc=test")
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last_name}")
                .attribute("cn", "${join(' ', record.first_name, record.last_name)}")
                .attribute(
                        "uid",
                        AttributeRule.unique("${record.login}", "${record.id}")
                                .counterFrom(5)
                                .sanitize(Sanitizer.UID))
                .attribute(
                        "givenName",
                        AttributeRule.format("${record.first_name}")
                                .onAbsent(OnNothing.CLEAR)
                                .onNull(OnNothing.defaultTo("${record.nick}")))
                .attribute(
                        "mail",
                        AttributeRule.firstOf(
                                Alternative.when("record.email is present", "${record.email | lower}"),
                                Alternative.otherwise("${uid}@x.test")))
                .attribute(
                        "displayName",
                        AttributeRule.format("${cn}").onCreate().maxLength(10).onLimit(OnLimit.TRUNCATE))
                .attribute("manager", AttributeRule.reference("${record.boss}"))
                .attribute(
                        "proxyAddresses",
                        AttributeRule.format("SMTP:${mail}", "smtp:${uid}@x.test")
                                .values(ValuesPolicy.merge("(?i)smtp:.*")))
                .build();

        for (Map<String, Object> columns : List.<Map<String, Object>>of(
                Map.of("id", 1, "first_name", "Ada", "last_name", "Lovelace", "login", "ada", "email", "A@x.test"),
                Map.of("id", " 2 ", "last_name", "Lovelace-Byron", "login", "B c", "boss", 1),
                Map.of("id", 3, "first_name", "Al", "last_name", "L", "login", "taken", "nick", "N"))) {
            MappingInput input = MappingInput.none()
                    .names((attribute, name) ->
                            List.of("taken", "3").contains(name) ? Optional.of("someone") : Optional.empty());
            assertThat(wanted(fromFile, columns, input)).isEqualTo(wanted(fromCode, columns, input));
        }
        assertThat(fromFile.ownedAttributes()).isEqualTo(fromCode.ownedAttributes());
    }

    private static Object wanted(Mapping mapping, Map<String, Object> columns, MappingInput input) {
        try {
            return mapping.map(UserRecord.of(columns), input);
        } catch (MappingException e) {
            return e.problem();
        }
    }

    @Nested
    class a_policy {
        private Policy policy(String text) {
            return read(PEOPLE + "policy: " + text + "\n")
                    .dataSources()
                    .get("default")
                    .policy();
        }

        @Test
        void says_what_a_run_may_do() {
            Policy policy = policy(
                    "{categories: [create, groups], enable: never, leavers: {action: delete, inactive: ignore},"
                            + " guardrails: {maxDisableOrDelete: {count: 5}, maxModify: {percent: none}, onTrip: stop}}");

            assertThat(policy.categories()).isEqualTo(Categories.of("create", "groups"));
            assertThat(policy.enabling()).isEqualTo(Enabling.NEVER);
            assertThat(policy.leavers().sourceMissing()).isEqualTo(Leavers.Action.DELETE);
            assertThat(policy.leavers().inactive()).isEqualTo(Leavers.Action.IGNORE);
            assertThat(policy.leavers().outOfScope()).isEqualTo(Leavers.Action.DISABLE);
            assertThat(policy.guardrails().limit(GuardrailName.MAX_DISABLE_OR_DELETE))
                    .isEqualTo(Limit.of(5, 10));
            assertThat(policy.guardrails().limit(GuardrailName.MAX_MODIFY)).isEqualTo(Limit.none());
            assertThat(policy.guardrails().onTrip()).isEqualTo(Guardrails.OnTrip.STOP);
        }

        @Test
        void gives_passwords_that_are_delivered_beside_the_file() {
            assertThat(policy("{password: {generate: {length: 20}, deliver: {file: new.csv}}}")
                            .passwords())
                    .isPresent();
            assertThat(policy("{password: {generate: {length: 20}, deliver: discard}}")
                            .passwords())
                    .isPresent();
        }

        @Test
        void tells_its_mistakes() {
            assertThat(problems(PEOPLE
                            + "policy: {categories: [creat], leavers: {inactive: delete, deleteAfter: P30D}, guardrails:"
                            + " {maxModify: {percent: 101}}, password: {generate: {length: 8}}}\n"))
                    .allMatch(problem -> problem.startsWith("people.yaml:21: policy."))
                    .extracting(problem -> problem.substring(16, problem.indexOf(": ", 20)))
                    .containsExactlyInAnyOrder(
                            "policy.categories[0]",
                            "policy.leavers.inactive",
                            "policy.leavers.deleteAfter",
                            "policy.guardrails.maxModify.percent",
                            "policy.password.generate.length",
                            "policy.password.deliver");
        }

        @Test
        void moves_nobody_above_the_base_and_maps_nothing_that_disables() {
            assertThat(problems(PEOPLE.replace("    sn:", "    PwdAccountLockedTime: \"000001010000Z\"\n    sn:")
                            + "policy: {leavers: {action: disable-and-move, moveTo: \"dc=example,dc=test\"}}\n"))
                    .anySatisfy(problem -> assertThat(problem)
                            .contains("mapping.attributes.PwdAccountLockedTime: disables accounts here"))
                    .anySatisfy(
                            problem -> assertThat(problem).contains("policy.leavers.moveTo: is above directory.base"))
                    .hasSize(2);
        }

        @Test
        void deletes_later_only_where_a_mark_holds_the_day() {
            String policy = "policy: {leavers: {action: delete, deleteAfter: 30d}}\n";

            assertThat(problems(PEOPLE + policy))
                    .containsExactly(
                            "people.yaml:21: policy.leavers.deleteAfter: needs to know since when an account is"
                                    + " disabled; set directory.mark, which holds the day");
            assertThat(problems(PEOPLE.replace(
                                    "directory:\n",
                                    "directory:\n  mark: {attribute: description, value: \"rollcall:crm\"}\n")
                            + policy))
                    .isEmpty();
        }
    }

    @Nested
    class a_condition {
        @Test
        void sees_columns_only() {
            assertThat(problems(PEOPLE.replace("active: record.active", "active: mail is present and entry.sn == 'x'")))
                    .containsExactlyInAnyOrder(
                            "people.yaml:6: active: 'mail' is not known here; only columns are: record.mail",
                            "people.yaml:6: active: 'entry.sn' is not known here; only columns are: record.NAME");
        }

        @Test
        void is_parsed_when_the_file_is_read() {
            assertThat(problems(PEOPLE.replace("active: record.active", "active: record.active ==")))
                    .singleElement()
                    .asString()
                    .startsWith("people.yaml:6: active: ");
        }
    }

    @Nested
    class a_password {
        @Test
        void does_not_go_over_the_network_in_clear() {
            assertThat(problems(PEOPLE.replace("127.0.0.1:1389", "dc1.example.test")))
                    .containsExactly("people.yaml:8: directory.url: the password would go over the network in clear;"
                            + " use ldaps://, or startTls: true, or say allowClearText: true");
        }

        @Test
        void goes_over_tls() {
            assertThat(problems(PEOPLE.replace("ldap://127.0.0.1:1389", "ldaps://dc1.example.test")))
                    .isEmpty();
        }
    }

    @Nested
    class connectors {
        private static final String NAMED = PEOPLE.replace(
                        PEOPLE.substring(PEOPLE.indexOf("  connector"), PEOPLE.indexOf("active")), "  use: pay\n")
                + """
                connectors:
                  pay:
                    connector: payroll
                    settings: {url: "https://payroll.example.test", token: "${env.TOKEN}"}
                """;

        @Test
        void may_be_used_by_name() {
            DataSource people = read(NAMED).dataSources().get("default");

            assertThat(people.connector().settings().text("url")).isEqualTo("https://payroll.example.test");
        }

        @Test
        void tell_their_problems_once_and_at_their_own_place() {
            assertThat(problems(NAMED.replace("{url:", "{uri:")))
                    .containsExactly(
                            "people.yaml:21: connectors.pay.settings.uri: the connector 'payroll' has no such"
                                    + " setting; did you mean 'url'?",
                            "people.yaml:21: connectors.pay.settings.url: is required; set it");
        }

        @Test
        void are_used_by_their_names_and_named_by_their_kind() {
            assertThat(problems(NAMED.replace("use: pay", "connector: pay")))
                    .contains(
                            "people.yaml:2: source.connector: there is no connector 'pay'; what stands under connectors"
                                    + " is used by its name: use: pay");
        }

        @Test
        void must_be_there_to_be_used() {
            assertThat(problems(NAMED.replace("use: pay", "use: pya")))
                    .containsExactly("people.yaml:2: source.use: there is no connector 'pya' under connectors; did you"
                            + " mean 'pay'?");
        }
    }

    @Test
    void ten_mistakes_are_ten_problems() {
        String text = PEOPLE.replace("connector: payroll", "connector: payrol")
                        .replace("active: record.active", "actve: record.active")
                        .replace("ldap://127.0.0.1:1389", "http://127.0.0.1")
                        .replace("${env.LDAP_PASSWORD}", "${env.LDAP_PASWORD}")
                        .replace("type: openldap", "type: openldab")
                        .replace("base: ou=people,dc", "base: people,dc")
                        .replace("normalize: [trim]", "normalise: [trim]")
                        .replace("sn: ${record.last_name}", "sn: {format: \"${record.last_name}\", onEmpty: fial}")
                        .replace(
                                "cn: ${join(' ', record.first_name, record.last_name)}",
                                "cn: {formt: \"${record.name}\"}")
                + "polcy: {}\n";

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(text))
                .satisfies(e -> assertThat(e.problems())
                        .allSatisfy(problem -> {
                            assertThat(problem.location()).isPresent();
                            assertThat(problem.remedy()).isNotEmpty();
                        })
                        .extracting(Problem::path)
                        .contains(
                                "source.connector",
                                "actve",
                                "directory.url",
                                "directory.password",
                                "directory.type",
                                "directory.base",
                                "mapping.key.normalise",
                                "mapping.attributes.sn.onEmpty",
                                "mapping.attributes.cn.formt",
                                "polcy"));
    }
}
