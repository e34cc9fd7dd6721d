package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountResult;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.scim.ScimConnector;
import dev.rollcall.scim.ScimQuirks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single writes, and what becomes of them where providers have a mind of their own. */
class ScimWritesTest {
    private ScriptedScim server = new ScriptedScim();

    private ScimConnector on(Quirk... quirks) {
        server.close();
        server = new ScriptedScim(quirks);
        return server.connector();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static Account seen(ScimConnector connector, String userName) {
        return seen(connector, userName, "title");
    }

    private static Account seen(ScimConnector connector, String userName, String attribute) {
        Set<String> attributes = Set.of("externalId", "emails[type eq 'work'].value", attribute);
        try (PageIterator<Account> pages = connector.accounts().accounts(attributes)) {
            List<Account> all = new ArrayList<>();
            pages.forEachRemaining(page -> all.addAll(page.items()));
            return all.stream()
                    .filter(account -> account.label().equals(userName))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static ConnectorException refused(Runnable write) {
        AtomicReference<ConnectorException> caught = new AtomicReference<>();
        assertThatThrownBy(write::run).isInstanceOfSatisfying(ConnectorException.class, caught::set);
        return caught.get();
    }

    private static AccountWrite title(Account account, String title) {
        return AccountWrite.modify(account, Map.of("title", List.of(title)));
    }

    @Test
    void what_is_in_a_user_and_in_no_mapping_stays_when_all_of_it_is_sent_back() {
        try (ScimConnector connector = on(Quirk.NO_PATCH, Quirk.ID_IN_PUT)) {
            server.person("ada")
                    .put("nickName", "Countess")
                    .putArray("emails")
                    .addObject()
                    .put("value", "x@y");
            connector.accounts().write(title(seen(connector, "ada"), "Engineer"));

            assertThat(server.user("ada").toString())
                    .contains("\"nickName\":\"Countess\"", "\"value\":\"x@y\"", "\"title\":\"Engineer\"");
            assertThat(server.count("PATCH")).isEqualTo(1);

            connector.accounts().write(title(seen(connector, "ada"), "Chief"));
            assertThat(server.count("PATCH")).as("it is not asked again").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"ETAGS", "NO_DISCOVERY"})
    void what_somebody_else_has_changed_is_not_overwritten(Quirk quirk) {
        try (ScimConnector connector = on(quirk)) {
            server.person("ada").put("title", "Engineer");
            Account seen = seen(connector, "ada");
            server.users.change("id-1", user -> user.put("title", "Chief"));

            ConnectorException failed = refused(() -> connector.accounts().write(title(seen, "Trainee")));

            assertThat(failed.problem().code()).isEqualTo(AccountWriter.STALE);
            assertThat(server.user("ada").path("title").asText()).isEqualTo("Chief");
        }
    }

    @Test
    void a_state_that_is_gone_for_another_reason_is_looked_up_once_and_written() {
        try (ScimConnector connector = on(Quirk.ETAGS)) {
            server.person("ada").put("title", "Engineer");
            Account seen = seen(connector, "ada");
            server.users.change("id-1", user -> user.put("nickName", "Countess"));

            connector.accounts().write(title(seen, "Chief"));

            assertThat(server.user("ada").path("title").asText()).isEqualTo("Chief");
            assertThat(server.user("ada").path("nickName").asText()).isEqualTo("Countess");
        }
    }

    @Test
    void an_account_that_is_gone_is_stale_and_one_that_is_deleted_already_is_done() {
        try (ScimConnector connector = on()) {
            server.person("ada");
            Account seen = seen(connector, "ada");
            server.users.delete("id-1", "");

            assertThat(refused(() -> connector.accounts().write(AccountWrite.disable(seen)))
                            .problem()
                            .code())
                    .isEqualTo(AccountWriter.STALE);
            assertThat(connector.accounts().write(AccountWrite.delete(seen)).failure())
                    .isEmpty();
        }
    }

    @Test
    void an_answer_that_says_done_and_keeps_the_account_active_is_a_failure() {
        try (ScimConnector connector = on(Quirk.KEEPS_ACTIVE)) {
            server.person("ada");
            ConnectorException failed =
                    refused(() -> connector.accounts().write(AccountWrite.disable(seen(connector, "ada"))));
            assertThat(failed.problem().code()).isEqualTo("not-kept");
        }
    }

    @Test
    void an_attribute_that_is_answered_and_dropped_is_seen_at_the_first_new_account() {
        try (ScimConnector connector = on(Quirk.DROPS_TITLE)) {
            Map<String, List<String>> values = Map.of("userName", List.of("ada"), "title", List.of("Engineer"));
            Account made = connector
                    .accounts()
                    .write(AccountWrite.create(values))
                    .account()
                    .orElseThrow();
            assertThat(made.values("title")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_name_in_use_is_told_by_status_whatever_the_keyword(boolean keyword) {
        try (ScimConnector connector = keyword ? on() : on(Quirk.CONFLICT_WITHOUT_TYPE, Quirk.HTML_ERRORS)) {
            server.person("ada");
            ConnectorException failed =
                    refused(() -> connector.accounts().write(AccountWrite.create(Map.of("userName", List.of("ADA")))));
            assertThat(failed.problem().code()).isEqualTo("exists");
            assertThat(failed.problem().remedy()).contains("match");
            assertThat(server.users.all()).hasSize(1);
        }
    }

    @Test
    void a_state_is_written_as_text_where_that_is_asked_for() {
        server.close();
        server = new ScriptedScim(Quirk.ACTIVE_AS_TEXT);
        try (ScimConnector connector =
                server.connector(settings -> settings.set("booleanAsString", dev.rollcall.connector.Value.of(true)))) {
            server.person("ada");
            Account account = connector
                    .accounts()
                    .write(AccountWrite.disable(seen(connector, "ada")))
                    .account()
                    .orElseThrow();
            assertThat(account.isActive()).isFalse();
            assertThat(server.bodies).last().asString().contains("\"False\"");
        }
    }

    @Test
    void who_is_told_made_and_is_not_there_is_a_failure_that_says_what_to_do() {
        server.close();
        server = new ScriptedScim(Quirk.INVITES);
        ScimQuirks quirks = ScimQuirks.none().maybeInvisible("ask for a seat, or have the invitation accepted");
        try (ScimConnector connector = server.connector(quirks)) {
            ConnectorException failed =
                    refused(() -> connector.accounts().write(AccountWrite.create(Map.of("userName", List.of("ada")))));
            assertThat(failed.problem().code()).isEqualTo("not-there");
            assertThat(failed.problem().remedy()).contains("seat");
        }
    }

    @Test
    void a_refusal_is_explained_in_the_terms_of_the_provider() {
        ScimQuirks quirks = ScimQuirks.none()
                .explained((status, type, detail) -> status == 409
                        ? Optional.of(Problem.of("taken", "", "in another team: " + detail, "ask there"))
                        : Optional.empty());
        server.person("ada");
        try (ScimConnector connector = server.connector(quirks)) {
            ConnectorException failed =
                    refused(() -> connector.accounts().write(AccountWrite.create(Map.of("userName", List.of("ada")))));
            assertThat(failed.problem().code()).isEqualTo("taken");
        }
    }

    @Test
    void after_too_many_requests_a_new_user_is_made_later_and_once() {
        try (ScimConnector connector = on()) {
            server.failNext(1, 429);
            connector.accounts().write(AccountWrite.create(Map.of("userName", List.of("ada"))));
            assertThat(server.users.all()).hasSize(1);
        }
    }

    @Test
    void once_the_application_is_lost_the_rest_is_not_tried() {
        try (ScimConnector connector = on()) {
            List<AccountWrite> writes = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                writes.add(AccountWrite.create(Map.of("userName", List.of("u" + i))));
            }
            server.failNext(1000, 401);
            List<AccountResult> results = connector.accounts().writeAll(writes);
            assertThat(results.get(0).failure())
                    .hasValueSatisfying(failed -> assertThat(failed.kind()).isEqualTo(FailureKind.UNAUTHORIZED));
            assertThat(results.subList(1, 50)).noneMatch(AccountResult::wasTried);
            assertThat(server.count("POST")).isEqualTo(1);
        }
    }

    @Test
    void lists_of_values_are_written_whole() {
        try (ScimConnector connector = on()) {
            server.person("ada");
            connector
                    .accounts()
                    .write(AccountWrite.modify(seen(connector, "ada"), Map.of("roles", List.of("sales", "admin"))));
            assertThat(server.user("ada").path("roles").toString())
                    .isEqualTo("[{\"value\":\"sales\"},{\"value\":\"admin\"}]");
        }
    }

    @Test
    void a_change_that_a_provider_with_mute_versions_would_take_blindly_is_not_sent() {
        try (ScimConnector connector = on(Quirk.VERSIONS_IGNORED)) {
            server.person("ada").put("title", "Engineer");
            Account seen = seen(connector, "ada");
            assertThat(seen.version()).isPresent();
            server.users.change("id-1", user -> user.put("title", "Chief"));

            ConnectorException failed = refused(() -> connector.accounts().write(title(seen, "Trainee")));

            assertThat(failed.problem().code()).isEqualTo(AccountWriter.STALE);
            assertThat(server.user("ada").path("title").asText()).isEqualTo("Chief");
        }
    }

    @Test
    void one_of_two_addresses_goes_and_the_other_stays_even_where_removing_by_type_takes_any() {
        try (ScimConnector connector = on(Quirk.ONE_EMAIL)) {
            server.person("ada")
                    .withArray("emails")
                    .addObject()
                    .put("type", "work")
                    .put("value", "ada@work.test");
            server.users.change(
                    "id-1",
                    user -> user.withArray("emails")
                            .addObject()
                            .put("type", "home")
                            .put("value", "ada@home.test"));
            Account seen = seen(connector, "ada", "emails[type eq 'home'].value");

            connector.accounts().write(AccountWrite.modify(seen, Map.of("emails[type eq 'home'].value", List.of())));

            assertThat(server.user("ada").path("emails").toString())
                    .isEqualTo("[{\"type\":\"work\",\"value\":\"ada@work.test\"}]");
        }
    }

    @Test
    void an_address_that_is_written_over_another_which_nobody_has_named_is_a_failure() {
        try (ScimConnector connector = on(Quirk.ONE_EMAIL)) {
            server.person("ada")
                    .withArray("emails")
                    .addObject()
                    .put("type", "work")
                    .put("value", "ada@work.test");
            Account seen = seen(connector, "ada", "emails[type eq 'home'].value");

            ConnectorException failed = refused(() -> connector
                    .accounts()
                    .write(AccountWrite.modify(
                            seen, Map.of("emails[type eq 'home'].value", List.of("ada@home.test")))));

            assertThat(failed.problem().code()).isEqualTo("not-kept");
            assertThat(failed.problem().remedy()).contains("one path of emails");
        }
    }

    @Test
    void a_call_that_is_to_be_made_elsewhere_on_the_host_is_made_there_once() {
        try (ScimConnector connector = on(Quirk.MOVED)) {
            connector.accounts().write(AccountWrite.create(Map.of("userName", List.of("ada"))));
            assertThat(server.count("POST")).isEqualTo(1);
            assertThat(server.users.all()).hasSize(1);
        }
    }
}
