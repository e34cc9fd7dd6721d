package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.scim.ScimConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists end in many ways, and filters are understood in as many. */
class ScimListsTest {
    private static final Set<String> ATTRIBUTES = Set.of("externalId");

    private static List<Account> read(ScimConnector connector) {
        List<Account> accounts = new ArrayList<>();
        try (PageIterator<Account> pages = connector.accounts().accounts(ATTRIBUTES)) {
            while (pages.hasNext()) {
                accounts.addAll(pages.next().items());
            }
        }
        return accounts;
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                        new Quirk[] {},
                        new Quirk[] {Quirk.TWENTY_AT_MOST},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.PAGE_ONE_AGAIN},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.TOTAL_ZERO_PAST_END, Quirk.NO_RESOURCES_PAST_END},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.TOTAL_ALWAYS_ZERO},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.TOTAL_ALWAYS_ZERO, Quirk.NO_RESOURCES_PAST_END},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.NUMBERS_AS_TEXT},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.CURSOR},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.CURSOR, Quirk.CURSOR_EXPIRES},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.ITEMS_AS_ASKED, Quirk.PAGE_ONE_AGAIN},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.CURSOR_UNANNOUNCED},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.CURSOR, Quirk.CURSOR_WITHOUT_TOTAL},
                        new Quirk[] {Quirk.BARE_LIST},
                        new Quirk[] {Quirk.TWENTY_AT_MOST, Quirk.OTHER_CASE, Quirk.JSON_AS_HTML, Quirk.NULLS},
                        new Quirk[] {Quirk.USERS_AT_PEOPLE},
                        new Quirk[] {Quirk.USERS_ELSEWHERE},
                        new Quirk[] {Quirk.DISCOVERY_IS_HTML},
                        new Quirk[] {Quirk.DISCOVERY_IS_403},
                        new Quirk[] {Quirk.DISCOVERY_IS_501},
                        new Quirk[] {Quirk.NO_DISCOVERY, Quirk.HTML_ERRORS})
                .map(quirks -> Arguments.of((Object) quirks));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void everybody_comes_once_however_the_list_ends(Quirk[] quirks) {
        for (int count : new int[] {0, 1, 20, 25, 40}) {
            try (ScriptedScim server = new ScriptedScim(quirks).people(count);
                    ScimConnector connector = server.connector()) {
                assertThat(read(connector))
                        .extracting(Account::id)
                        .doesNotHaveDuplicates()
                        .hasSize(count);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_server_that_ignores_pages_gives_no_whole_list(boolean tellsTotal) {
        Quirk[] quirks = tellsTotal
                ? new Quirk[] {Quirk.IGNORES_PAGING}
                : new Quirk[] {Quirk.IGNORES_PAGING, Quirk.TOTAL_ALWAYS_ZERO};
        try (ScriptedScim server = new ScriptedScim(quirks).people(25);
                ScimConnector connector = server.connector()) {
            assertThatThrownBy(() -> read(connector)).isInstanceOfSatisfying(ConnectorException.class, failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
                assertThat(failed.problem().code()).isEqualTo("repeated-page");
            });
            assertThat(server.count("GET /Users")).isLessThan(4);
        }
    }

    @Test
    void somebody_who_is_deleted_meanwhile_puts_the_list_in_doubt() {
        try (ScriptedScim server = new ScriptedScim(Quirk.TWENTY_AT_MOST, Quirk.SHRINKS).people(45);
                ScimConnector connector = server.connector();
                PageIterator<Account> pages = connector.accounts().accounts(ATTRIBUTES)) {
            ListReading reading = new ListReading();
            while (pages.hasNext()) {
                Page<Account> page = pages.next();
                reading.page(page);
                page.items().forEach(account -> reading.record(account.id(), account.hashCode()));
            }
            reading.end();

            assertThat(reading.doubts()).extracting(Problem::code).contains(ListReading.TOTAL_CHANGED);
        }
    }

    @Test
    void cursors_that_lead_in_a_circle_end_the_run() {
        try (ScriptedScim server =
                        new ScriptedScim(Quirk.TWENTY_AT_MOST, Quirk.CURSOR, Quirk.CURSOR_CYCLES).people(40);
                ScimConnector connector = server.connector()) {
            assertThatThrownBy(() -> read(connector))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            failed -> assertThat(failed.problem().code()).isEqualTo("repeated-page"));
            assertThat(server.count("GET /Users")).isLessThan(6);
        }
    }

    @Test
    void users_are_a_source_of_records() {
        try (ScriptedScim server = new ScriptedScim(Quirk.TWENTY_AT_MOST).people(45);
                ScimConnector connector = server.connector()) {
            List<UserRecord> records = new ArrayList<>();
            try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
                while (pages.hasNext()) {
                    records.addAll(pages.next().items());
                }
            }
            assertThat(records).hasSize(45);
            assertThat(records.get(44).value("userName").text()).contains("u45@example.test");

            try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.byKeys(List.of("id-3", "nobody")))) {
                assertThat(pages.next().items())
                        .extracting(record -> record.value("externalId").text().orElse(""))
                        .containsExactly("3");
            }
        }
    }

    @Test
    void a_token_that_is_refused_says_so_and_is_not_shown() {
        try (ScriptedScim server = new ScriptedScim();
                ScimConnector connector = server.connectorWith("another-secret")) {
            assertThatThrownBy(() -> read(connector))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.UNAUTHORIZED))
                    .hasMessageNotContaining("another-secret");
        }
    }

    @Nested
    class looking_somebody_up {
        private List<String> find(String attribute, String value, Quirk... quirks) {
            try (ScriptedScim server = new ScriptedScim(quirks).people(30);
                    ScimConnector connector = server.connector()) {
                server.person("Ada@Example.test").put("externalId", "a\"b\\c");
                return connector.accounts().find(attribute, value, ATTRIBUTES).stream()
                        .map(Account::label)
                        .toList();
            }
        }

        @ParameterizedTest
        @MethodSource("dev.rollcall.integration.scim.ScimListsTest#filters")
        void finds_who_has_the_name_and_nobody_else(Quirk[] quirks) {
            assertThat(find("userName", "u7@example.test", quirks)).containsExactly("u7@example.test");
            assertThat(find("externalId", "7", quirks)).containsExactly("u7@example.test");
            assertThat(find("userName", "nobody@example.test", quirks)).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.rollcall.integration.scim.ScimListsTest#filters")
        void takes_no_part_of_a_value_for_a_filter(Quirk[] quirks) {
            assertThat(find("externalId", "a\"b\\c", quirks)).containsExactly("Ada@Example.test");
            assertThat(find("externalId", "x\" or userName pr or externalId eq \"", quirks))
                    .isEmpty();
            assertThat(find("userName", "*", quirks)).isEmpty();
            assertThat(find("userName", "u7@example.test&count=0#\u0000\r\nX: y%22", quirks))
                    .isEmpty();
        }

        @Test
        void asks_by_no_attribute_that_not_everybody_understands() {
            assertThatThrownBy(() -> find("emails[type eq 'work'].value", "x"))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.UNSUPPORTED));
        }

        @Test
        void a_name_is_found_in_any_case() {
            assertThat(find("userName", "ada@example.TEST")).containsExactly("Ada@Example.test");
        }
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                        new Quirk[] {},
                        new Quirk[] {Quirk.IGNORES_FILTER},
                        new Quirk[] {Quirk.IGNORES_FILTER, Quirk.TWENTY_AT_MOST, Quirk.PAGE_ONE_AGAIN},
                        new Quirk[] {Quirk.NO_QUOTES_IN_FILTER},
                        new Quirk[] {Quirk.NO_HIT_IS_404})
                .map(quirks -> Arguments.of((Object) quirks));
    }
}
