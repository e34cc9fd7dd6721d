package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command against a local application and a directory, which a subclass brings. */
abstract class SyncSuite {
    static final String CONFIGURATION = """
            source:
              connector: generic-rest
              settings: {baseUrl: "%s"}
              authorization: {type: api-key, name: x-api-key, in: header, value: "${env.API_KEY}"}
              primaryKey: id
              endpoints:
                - name: users
                  url: ${settings.baseUrl}/users
                  records: /data
                  paging: {type: cursor, parameter: cursor, next: /next}
                  request: {retries: 0}
            active: record.active
            directory:
              url: %s
              bindDn: cn=admin,dc=example,dc=test
              password: ${env.LDAP_PASSWORD}
              type: openldap
              base: ou=people,dc=example,dc=test
              filter: (objectClass=inetOrgPerson)
            mapping:
              key: {column: id, attribute: employeeNumber}
              dn: uid=${uid},ou=people,dc=example,dc=test
              objectClasses: [top, person, organizationalPerson, inetOrgPerson]
              attributes:
                givenName: ${record.first_name}
                sn: {format: "${record.last_name}", onEmpty: fail}
                cn: ${join(' ', record.first_name, record.last_name)}
                uid: u${record.id}
                mail: ${record.email | lower}
            """;

    /** What one run of the command gave. */
    record Outcome(int status, String out, String err, JsonNode report) {
        int planned(String action) {
            return report.at("/planned/" + action).asInt(-1);
        }

        Map<String, Integer> plannedAll() {
            Map<String, Integer> counts = new TreeMap<>();
            report.get("planned").properties().forEach(entry -> {
                if (entry.getValue().asInt() != 0) {
                    counts.put(entry.getKey(), entry.getValue().asInt());
                }
            });
            return counts;
        }
    }

    @TempDir
    Path folder;

    final UserApi api = new UserApi();

    /** {@return the address of the directory, in which ou=people is empty} */
    abstract String url();

    abstract String password();

    /** {@return a connection of an administrator, to look at what became of the people} */
    abstract LDAPInterface connection();

    @AfterEach
    void stopApi() {
        api.close();
    }

    /** {@return everybody, operational attributes included, by DN} */
    Map<String, Entry> people() {
        Map<String, Entry> people = new TreeMap<>();
        try {
            SimplePagedResultsControl page = new SimplePagedResultsControl(1000);
            while (page != null) {
                SearchRequest request = new SearchRequest(
                        "ou=people,dc=example,dc=test", SearchScope.SUB, Filter.createPresenceFilter("uid"), "*", "+");
                request.addControl(page);
                SearchResult result = connection().search(request);
                result.getSearchEntries().forEach(entry -> people.put(entry.getDN(), entry));
                SimplePagedResultsControl answer = SimplePagedResultsControl.get(result);
                boolean more = answer != null && answer.moreResultsToReturn();
                page = more ? new SimplePagedResultsControl(1000, answer.getCookie()) : null;
            }
        } catch (LDAPException e) {
            throw new AssertionError(e);
        }
        return people;
    }

    long disabled() {
        return people().values().stream()
                .filter(entry -> entry.hasAttribute("pwdAccountLockedTime"))
                .count();
    }

    Outcome sync(String... options) {
        return syncFile(CONFIGURATION.formatted(api.url(), url()), options);
    }

    Outcome syncFile(String configuration, String... options) {
        try {
            Path file = Files.writeString(folder.resolve("people.yaml"), configuration);
            Path report = folder.resolve("report.json");
            Files.deleteIfExists(report);
            List<String> words = new ArrayList<>(List.of("sync", file.toString(), "--report", report.toString()));
            words.addAll(List.of(options));
            Captured captured = Captured.run(Map.of("API_KEY", "k3y-s3cret", "LDAP_PASSWORD", password()), words);
            assertThat(captured.out() + captured.err()).doesNotContain("k3y-s3cret", password());
            JsonNode json = new ObjectMapper().readTree(Files.exists(report) ? Files.readString(report) : "{}");
            assertThat(json.toString()).doesNotContain("k3y-s3cret", password());
            return new Outcome(captured.status(), captured.out(), captured.err(), json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class ten_thousand_users {
        @BeforeEach
        void load() {
            api.serve(UserApi.users(10_000));
        }

        @Test
        void are_loaded_kept_changed_disabled_and_enabled_again() {
            Outcome first = sync("--apply");
            assertThat(first.status()).as(first.err()).isZero();
            assertThat(first.report().at("/applied/create").asInt()).isEqualTo(10_000);
            assertThat(people()).hasSize(10_000);

            Outcome second = sync("--apply");
            assertThat(second.status()).as(second.err()).isZero();
            assertThat(second.plannedAll()).isEqualTo(Map.of("unchanged", 10_000));

            List<String> changed = UserApi.users(10_000);
            for (int i = 0; i < 100; i++) {
                changed.set(i, UserApi.user(i + 1, "Changed" + i, true));
            }
            List<String> gone = new ArrayList<>(changed.subList(0, 9_900));
            gone.set(200, gone.get(199));
            gone.add("{\"first_name\": \"No\", \"last_name\": \"Key\", \"active\": true}");
            gone.set(300, UserApi.user(301).replace("\"last_name\": \"Last301\", ", ""));
            api.serve(gone);
            // More than 25 are too many by default; here it is meant.
            assertThat(sync("--apply").status()).isEqualTo(3);
            assertThat(disabled()).isZero();
            Outcome third = sync("--apply", "--allow", "maxDisableOrDelete");
            assertThat(third.report().at("/situations/SOURCE_MISSING").asInt()).isEqualTo(101);
            assertThat(third.report().at("/situations/DUPLICATE_KEY").asInt()).isPositive();

            assertThat(third.plannedAll()).isEqualTo(Map.of("disable", 101, "unchanged", 9_897, "conflicts", 3));
            assertThat(third.status()).as(third.err()).isZero();
            assertThat(disabled()).isEqualTo(101);

            api.serve(changed);
            Outcome fourth = sync("--apply");
            assertThat(fourth.status()).as(fourth.err()).isZero();
            assertThat(fourth.plannedAll()).containsEntry("enable", 101);
            assertThat(disabled()).isZero();
        }
    }

    @Test
    void a_plan_writes_nothing() {
        api.serve(UserApi.users(100));
        Outcome plan = sync();

        assertThat(plan.status()).as(plan.err()).isZero();
        assertThat(plan.plannedAll()).isEqualTo(Map.of("create", 100));
        assertThat(plan.report().get("applied").isNull()).isTrue();
        assertThat(people()).isEmpty();
    }

    @Test
    void the_report_is_a_page_for_people_too() throws IOException {
        api.serve(UserApi.users(3));
        Path page = folder.resolve("report.html");
        Outcome plan = sync("--html", page.toString());

        assertThat(plan.status()).as(plan.err()).isZero();
        assertThat(page)
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("<th>create</th><td>3</td>")
                .contains("<th>because</th>");

        api.serve(UserApi.users(1_000));
        api.fault(UserApi.Fault.CUT);
        assertThat(sync("--html", page.toString()).status()).isEqualTo(4);
        assertThat(page).content().contains("<th>reason</th>").contains("broken JSON");
    }

    @Nested
    class a_source_that_is_not_whole {
        @BeforeEach
        void load() {
            api.serve(UserApi.users(1_000));
            assertThat(sync("--apply").status()).isZero();
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                PAGE_FAILS,      4, 500
                CUT,             4, broken JSON
                REPEATED_CURSOR, 4, was read already
                EMPTY,           3, emptySource
                HALF,            3, maxDisableOrDelete
                """)
        void touches_nobody(UserApi.Fault fault, int status, String reason) {
            Map<String, Entry> before = people();
            api.fault(fault);

            Outcome outcome = sync("--apply");

            assertThat(outcome.status()).as(outcome.out() + outcome.err()).isEqualTo(status);
            assertThat(outcome.out() + outcome.err()).contains(reason);
            assertThat(people()).isEqualTo(before);
        }

        @Test
        void is_no_success_either_if_changes_or_some_keys_were_asked_for() {
            api.fault(UserApi.Fault.PAGE_FAILS);
            String delta = CONFIGURATION
                    .formatted(api.url(), url())
                    .replace("  primaryKey: id\n", "  primaryKey: id\n  completeness: delta\n");

            assertThat(sync("--apply", "--keys", "999").status()).isEqualTo(4);
            assertThat(syncFile(delta, "--apply").status()).isEqualTo(4);
        }

        @Test
        void by_a_redirect_to_another_host_is_not_followed() {
            try (UserApi other = new UserApi()) {
                other.serve(UserApi.users(1_000));
                api.redirectTo(other.url());
                api.fault(UserApi.Fault.REDIRECT);

                Outcome outcome = sync("--apply");

                assertThat(outcome.status()).as(outcome.out() + outcome.err()).isEqualTo(4);
                assertThat(outcome.out() + outcome.err()).contains("to another origin");
                assertThat(other.requests).hasValue(0);
                assertThat(disabled()).isZero();
            }
        }
    }

    @Nested
    class something_gone_wrong_in_application_or_configuration {
        private static final List<String> USERS = UserApi.users(1_000);

        @BeforeEach
        void load() {
            api.serve(USERS);
            assertThat(sync("--apply").status()).isZero();
        }

        private void touchesNobody(int status, String reason, UnaryOperator<String> configuration) {
            Map<String, Entry> before = people();

            Outcome outcome = syncFile(configuration.apply(CONFIGURATION.formatted(api.url(), url())), "--apply");

            assertThat(outcome.status()).as(outcome.out() + outcome.err()).isEqualTo(status);
            assertThat(outcome.out() + outcome.err()).contains(reason);
            assertThat(people()).isEqualTo(before);
        }

        private void serve(UnaryOperator<String> change) {
            api.serve(USERS.stream().map(change).toList());
        }

        @ParameterizedTest
        @CsvSource({"records: /data, records: /dta, /dta", "/users, /usr, 404"})
        void by_a_typing_error_in_an_endpoint_touches_nobody(String right, String wrong, String reason) {
            touchesNobody(4, reason, text -> text.replace(right, wrong));
        }

        @Test
        void by_a_typing_error_in_a_column_of_scope_touches_nobody() {
            touchesNobody(3, "none of 1000 records can be used", text -> text + "scope: record.city == 'Paris'\n");
        }

        @Test
        void by_a_typing_error_in_a_value_of_scope_touches_nobody() {
            touchesNobody(3, "maxDisableOrDelete", text -> text + "scope: record.first_name == 'Frist'\n");
        }

        @Test
        void by_a_column_that_vanishes_from_every_record_touches_nobody() {
            serve(user -> user.replaceFirst("\"last_name\": \"[^\"]*\", ", ""));
            touchesNobody(3, "sn", text -> text);
        }

        @Test
        void by_another_column_that_vanishes_from_every_record_touches_nobody() {
            serve(user -> user.replaceFirst("\"email\": \"[^\"]*\"", "\"email\": null"));
            touchesNobody(3, "maxAttributeChange:mail", text -> text);
        }

        @Test
        void by_a_column_that_the_mapping_can_do_without_touches_nobody_and_is_told() {
            serve(user -> user.replaceFirst(", \"email\": \"[^\"]*\"", ""));
            touchesNobody(
                    3,
                    "vanishedColumn:mail: record.email is in 0 of 1000 records, and 1000 entries have mail",
                    text -> text);
        }

        @Test
        void by_thirty_records_that_lose_their_key_touches_nobody() {
            List<String> users = new ArrayList<>(USERS);
            for (int i = 0; i < 30; i++) {
                users.set(i, users.get(i).replaceFirst("\"id\": [0-9]+", "\"id\": null"));
            }
            api.serve(users);
            touchesNobody(3, "maxKeyless", text -> text);
        }

        @Test
        void by_another_name_for_active_touches_nobody() {
            serve(user -> user.replace("\"active\"", "\"is_active\""));
            touchesNobody(3, "active cannot be told: record.active is absent", text -> text);
        }

        @Test
        void by_another_name_for_the_key_touches_nobody() {
            serve(user -> user.replace("\"id\"", "\"user_id\""));
            touchesNobody(4, "no record has the key column 'id'", text -> text);
        }
    }
}
