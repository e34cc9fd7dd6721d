package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Settings;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time zone of a file, and who is given it. */
class ZoneTest {
    private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");

    @TempDir
    Path folder;

    private final List<ConnectorContext> opened = new ArrayList<>();

    private FileOfATest file() {
        ConnectorProvider payroll = new Payroll();
        return new FileOfATest(folder, Map.of("TOKEN", "t0ken"), new ConnectorProvider() {
            @Override
            public ConnectorDescriptor descriptor() {
                return payroll.descriptor();
            }

            @Override
            public Connector create(Settings settings, ConnectorContext context) {
                opened.add(context);
                return payroll.create(settings, context);
            }
        });
    }

    private static String people(String zone) {
        return zone + """
                connectors:
                  crm: {connector: payroll, settings: {url: "https://crm.example.test", token: "${env.TOKEN}"}}
                source: {use: crm}
                directory: {url: "ldap://127.0.0.1", bindDn: cn=admin, password: "${env.TOKEN}", type: openldap, base: dc=test}
                mapping:
                  key: {attribute: employeeNumber}
                  dn: cn=${cn},dc=test
                  objectClasses: [person]
                  attributes: {cn: "${record.name}", sn: "${record.name}"}
                """;
    }

    @Test
    void is_the_one_that_the_file_names_for_its_connectors_too() {
        Configuration configuration = file().read(people("zone: Pacific/Auckland\n"));

        configuration.connectors().get("crm").open(ConnectorContext.defaults());
        configuration.dataSources().get("default").connector().open(ConnectorContext.defaults());

        assertThat(configuration.zone()).isEqualTo(AUCKLAND);
        assertThat(opened)
                .hasSize(2)
                .allSatisfy(context -> assertThat(context.zone()).isEqualTo(AUCKLAND));
    }

    @Test
    void is_utc_or_the_one_of_the_host_where_the_file_names_none() {
        Configuration configuration = file().read(people(""));

        configuration.connectors().get("crm").open(ConnectorContext.defaults());
        configuration.connectors().get("crm").open(ConnectorContext.defaults().zone(AUCKLAND));

        assertThat(configuration.zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(opened).extracting(ConnectorContext::zone).containsExactly(ZoneOffset.UTC, AUCKLAND);
    }

    @ParameterizedTest
    @CsvSource({"Etc/GMT+12, Etc/GMT+12", "UTC, UTC", "'\"+02:00\"', +02:00", "' Europe/Berlin ', Europe/Berlin"})
    void has_any_name_that_java_knows(String given, String zone) {
        assertThat(file().read(people("zone: " + given + "\n")).zone()).isEqualTo(ZoneId.of(zone));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Europe/Berln | there is no time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?",
                "europe/berlin | there is no time zone 'europe/berlin'; did you mean 'Europe/Berlin'?",
                "W. Europe Standard Time | there is no time zone 'W. Europe Standard Time'; write it as Europe/Berlin, UTC or +02:00",
                "[Europe/Berlin] | must be a",
                "'' | has no value"
            })
    void that_is_none_is_told_with_its_line(String given, String message) {
        assertThat(file().problems(people("# the zone\nzone: " + given + "\n")))
                .singleElement()
                .asString()
                .contains("people.yaml:2: zone: " + message);
    }
}
