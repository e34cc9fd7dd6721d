package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.ConfigurationFile;
import dev.rollcall.configuration.DataSource;
import dev.rollcall.configuration.Environment;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Problem;
import dev.rollcall.formats.Condition;
import dev.rollcall.rest.RestConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connectors for applications in the configuration file: named once, used by several data sources. */
class ConnectorConfigurationTest {
    private static final String COMMON = """
            directory:
              url: ldap://127.0.0.1:1389
              type: openldap
              base: ou=people,dc=example,dc=test
            """;
    private static final String MAPPING = """
            mapping:
              key: {attribute: employeeNumber}
              dn: cn=${record.name},ou=people,dc=example,dc=test
              objectClasses: [top, person, organizationalPerson, inetOrgPerson]
              attributes: {sn: "${record.name}", cn: "${record.name}"}
            """;

    @TempDir
    Path folder;

    private Configuration read(String text) {
        try {
            Path file = Files.writeString(folder.resolve("people.yaml"), text);
            Environment environment = Environment.of(Map.of("TOKEN", "PLANTED-t0k3n", "SECRET", "PLANTED-s3cr3t"));
            return ConfigurationFile.read(file, environment);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> problems(String text) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void three_lines_are_a_source() {
        Configuration configuration = read("""
                source:
                  connector: pipedrive
                  authorization: {type: api-key, value: "${env.TOKEN}"}
                """ + COMMON + MAPPING);

        DataSource people = configuration.dataSources().get("default");
        assertThat(people.mapping().key().column()).hasToString("id");
        assertThat(people.active())
                .map(Condition::toString)
                .hasValueSatisfying(active -> assertThat(active).contains("record.active_flag"));
    }

    @Test
    void what_the_configuration_says_of_activity_counts_for_more_than_what_the_connector_says() {
        Configuration configuration = read("""
                active: record.email is present
                source:
                  connector: apollo
                  authorization: {type: api-key, value: "${env.TOKEN}"}
                """ + COMMON + MAPPING);

        assertThat(configuration.dataSources().get("default").active())
                .hasValue(Condition.parse("record.email is present"));
    }

    @Test
    void two_data_sources_use_one_connector_with_endpoints_of_their_own() {
        Configuration configuration =
                read("""
                connectors:
                  hr: {connector: elmo, settings: {baseUrl: "https://hr.example.test"}, authorization: {clientId: a, clientSecret: "${env.SECRET}"}}
                  crm: {connector: pipedrive, authorization: {type: api-key, value: "${env.TOKEN}"}}
                dataSources:
                  everybody:
                    use: hr
                    endpoints: [users]
                """ + MAPPING.indent(4) + """
                  with-managers:
                    description: those of one department
                    policy: {leavers: {action: ignore}}
                    use: hr
                    primaryKey: id
                    scope: record.department == 'Engines'
                    endpoints: [users, {name: managers, required: true}]
                """ + MAPPING.indent(4) + """
                  persons:
                    policy: {leavers: {action: ignore}}
                    use: crm
                    endpoints: [persons]
                """ + MAPPING.indent(4) + COMMON);

        assertThat(configuration.dataSources()).containsOnlyKeys("everybody", "with-managers", "persons");
        assertThat(endpoints(configuration, "everybody")).containsExactly("users");
        assertThat(endpoints(configuration, "with-managers")).containsExactly("users", "managers");
        assertThat(endpoints(configuration, "persons")).containsExactly("persons");
        assertThat(configuration.dataSources().get("everybody").mapping().key().column())
                .hasToString("employeeNumber");
        assertThat(configuration
                        .dataSources()
                        .get("with-managers")
                        .mapping()
                        .key()
                        .column())
                .hasToString("id");
        assertThat(configuration.connectors()).containsOnlyKeys("hr", "crm");
    }

    private static List<String> endpoints(Configuration configuration, String source) {
        try (Connector connector =
                configuration.dataSources().get(source).connector().open(ConnectorContext.defaults())) {
            return ((RestConnector) connector).endpointNames();
        }
    }

    /** What is missing, unknown, of a wrong type and a secret in clear, of one connector after the other. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pipedrive    | settings: {roleId: two, baseURL: x}, authorization: {type: oauth2, clientId: a, clientSecret: PLANTED} | settings.roleId, settings.baseURL, authorization.redirectUri, authorization.clientSecret
            apollo       | settings: {baseUrl: two, userID: x}, authorization: {type: oauth2, clientId: a, clientSecret: PLANTED} | settings.baseUrl, settings.userID, authorization.redirectUri, authorization.clientSecret
            apollo       | settings: {baseUrl: [], user: x}, authorization: {value: PLANTED}                                     | settings.baseUrl, settings.user, authorization.value
            elmo         | settings: {baseUrl: two, tenant: x}, authorization: {clientSecret: PLANTED}                           | settings.baseUrl, settings.tenant, authorization.clientId, authorization.clientSecret
            elmo         | settings: {tenant: x}, authorization: {type: bearer, token: PLANTED}                                  | settings.baseUrl, settings.tenant, authorization.token
            apollo-scim  | settings: {pageSize: two, tenant: x}, authorization: {type: bearer, token: PLANTED}                   | settings.baseUrl, settings.pageSize, settings.tenant, authorization.token
            scim         | settings: {pageSize: two, tenant: x}, authorization: {type: bearer, token: PLANTED}                   | settings.baseUrl, settings.pageSize, settings.tenant, authorization.token
            generic-rest | settings: {baseUrl: two}, authorization: {type: basic, usrname: a, password: PLANTED}, endpoints: [{name: users, url: '${settings.baseUrl}/u'}] | endpoints[0].url, authorization.usrname, authorization.username, authorization.password
            """)
    void every_kind_of_fault_of_a_connector_is_told_at_once_by_name(String connector, String block, String paths) {
        List<String> problems = problems("connectors:\n  one: {connector: " + connector + ", " + block + "}\n");

        assertThat(problems).noneMatch(problem -> problem.contains("PLANTED"));
        assertThat(problems)
                .allMatch(problem -> problem.startsWith("people.yaml:2: "))
                .extracting(problem -> problem.replaceFirst("people.yaml:2: connectors.one.([^:]*): .*", "$1"))
                .contains(paths.split(", "));
    }

    @Test
    void every_fault_of_every_connector_is_told_at_once_by_name_and_line_and_shows_no_secret() {
        List<String> problems = problems("""
                connectors:
                  crm:
                    connector: pipedrive
                    settings: {baseURL: "https://acme.pipedrive.com", roleId: two}
                    authorization: {type: api-key, value: PLANTED-in-clear}
                  hr:
                    connector: elmo
                    settings: {baseUrl: acme}
                    authorization: {clientId: a}
                  sales:
                    connector: appollo
                dataSources:
                  people:
                    use: crn
                    endpoints: [users]
                  partners:
                    use: hr
                    endpoints: [employes]
                """ + MAPPING.indent(4) + COMMON);

        assertThat(problems)
                .noneMatch(problem -> problem.contains("PLANTED"))
                .extracting(problem -> problem.replaceFirst("people.yaml:(\\d+): ([^:]*): .*", "$1 $2"))
                .contains(
                        "4 connectors.crm.settings.baseURL",
                        "4 connectors.crm.settings.roleId",
                        "5 connectors.crm.authorization.value",
                        "8 connectors.hr.settings.baseUrl",
                        "9 connectors.hr.authorization.clientSecret",
                        "11 connectors.sales.connector",
                        "14 dataSources.people.use",
                        "18 dataSources.partners.endpoints[0]");
        assertThat(problems)
                .anyMatch(problem -> problem.contains("did you mean 'baseUrl'?"))
                .anyMatch(problem -> problem.contains("a secret stands in clear"))
                .anyMatch(problem -> problem.contains("did you mean 'apollo'?"))
                .anyMatch(problem -> problem.contains("did you mean 'crm'?"))
                .anyMatch(problem -> problem.contains("did you mean 'employees'?"));
    }

    @Test
    void functions_on_the_class_path_are_found_by_the_file() {
        Configuration configuration =
                read("""
                source:
                  connector: pipedrive
                  authorization: {type: api-key, value: "${env.TOKEN}"}
                """ + COMMON + MAPPING.replace("{sn:", "{telephoneNumber: \"${record.phone | e164('NZ')}\", sn:"));

        assertThat(configuration
                        .dataSources()
                        .get("default")
                        .mapping()
                        .columns()
                        .toString())
                .contains("phone");
    }
}
