package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Settings;
import dev.rollcall.rest.Endpoint;
import dev.rollcall.rest.GenericRestProvider;
import dev.rollcall.rest.RestPresets;
import dev.rollcall.rest.RestProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are declared and have no meaning where they are, and how often a block is read. */
class MeaninglessKeysTest {
    @TempDir
    Path folder;

    private List<String> problems(String text) {
        return new FileOfATest(folder, Map.of("T", "t0k3n"), new GenericRestProvider()).problems(text);
    }

    @Test
    void a_connector_for_several_places_does_not_use_another_one() {
        assertThat(problems("connectors:\n  crm: {use: hr, settings: {a: b}}\n"))
                .contains(
                        "people.yaml:2: connectors.crm.connector: is required; name one of generic-rest",
                        "people.yaml:2: connectors.crm.use: there is no such key;"
                                + " known here: connector, settings, authorization, primaryKey, completeness, endpoints,"
                                + " http, description");
    }

    @Test
    void a_table_of_rows_has_no_columns() {
        assertThat(problems("tables:\n  a: {rows: {b: c}, value: city}\n"))
                .contains(
                        "people.yaml:2: tables.a.value: names a column of a file, and this table has none; remove it");
    }

    @Test
    void a_key_of_another_type_of_authorization_is_reported_as_that() {
        assertThat(problems("""
                connectors:
                  crm:
                    connector: generic-rest
                    authorization:
                      type: bearer
                      token: ${env.T}
                      username: u
                      origins: [https://a.test]
                """))
                .containsExactly("people.yaml:7: connectors.crm.authorization.username:"
                        + " has no meaning beside the other keys of this block; remove it");
    }

    @Test
    void a_key_of_another_type_of_paging_is_reported_as_that() {
        assertThat(problems("""
                connectors:
                  crm:
                    connector: generic-rest
                    endpoints:
                      - {name: users, url: 'https://a.test/u', paging: {type: link, totalPages: /pages}}
                """))
                .containsExactly("people.yaml:5: connectors.crm.endpoints[0].paging.totalPages:"
                        + " has no meaning beside the other keys of this block; remove it");
    }

    @Test
    void a_block_is_read_once_although_it_is_checked_sends_a_webhook_and_is_opened() {
        AtomicInteger read = new AtomicInteger();
        ConnectorProvider crm = new RestProvider(
                ConnectorDescriptor.builder("crm").build()) {
            @Override
            protected RestPresets presets(Settings given) {
                read.incrementAndGet();
                return RestPresets.builder()
                        .endpoint(Endpoint.get("users", "https://a.test/users").build())
                        .build();
            }
        };
        Configuration configuration = new FileOfATest(folder, Map.of(), crm)
                .read("connectors: {a: {connector: crm}}\nwebhooks: {tell: {use: a, url: 'https://a.test/x'}}\n");

        assertThat(configuration.webhooks()).containsKey("tell");
        assertThat(read).hasValue(1);
    }
}
