package dev.rollcall.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountResult;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that says what is not so: nothing counts as done that its accounts do not show. */
class UntrueResponsesTest {
    private static final String ERROR =
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"]," + "\"status\":\"500\",\"detail\":\"no\"}";

    private final FakeScim service = new FakeScim();
    private final ScimConnector connector = service.connector();

    @AfterEach
    void close() {
        connector.close();
        service.close();
    }

    private static AccountWrite create(String key, String name) {
        return AccountWrite.create(Map.of("externalId", List.of(key), "userName", List.of(name)))
                .keyed("externalId");
    }

    private Account seen(String name) {
        return all().stream()
                .filter(account -> account.label().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Account> all() {
        List<Account> all = new ArrayList<>();
        try (PageIterator<Account> pages = connector.accounts().accounts(Set.of("externalId"))) {
            while (pages.hasNext()) {
                Page<Account> page = pages.next();
                all.addAll(page.items());
            }
        }
        return all;
    }

    private ConnectorException failure(AccountWrite write) {
        return catchThrowableOfType(
                ConnectorException.class, () -> connector.accounts().write(write));
    }

    private static FakeScim.Hook answering(String method, String path, int status, String body) {
        return (asked, at, sent) ->
                asked.equals(method) && at.startsWith(path) ? new FakeScim.Answer(status, body) : null;
    }

    /** A network in front of the service has looked at no permission; the service itself has. */
    @ParameterizedTest
    @ValueSource(strings = {"<html><title>Stopped</title></html>", "{\"detail\":\"no\"}"})
    void a_refusal_by_a_page_is_not_about_permissions(String body) {
        service.add("1", "ada");
        AccountWrite disable = AccountWrite.disable(seen("ada")).keyed("externalId");
        service.hook = answering("PATCH", "/Users/a1", 403, body);

        ConnectorException failed = failure(disable);

        assertThat(failed.kind()).isEqualTo(FailureKind.FORBIDDEN);
        assertThat(failed)
                .hasMessageContaining(body.startsWith("<") ? "in front of the application" : "may not do this");
    }

    /** {@code /Users/..} is the service itself to many servers, and {@code /Users/} all users. */
    @ParameterizedTest
    @ValueSource(strings = {".", "..", ""})
    void an_id_that_would_lead_to_another_resource_is_in_no_url(String id) {
        List<String> asked = new ArrayList<>();
        service.add("1", "ada");
        Account seen = Account.of(id, "ada", true, seen("ada").attributes());
        service.hook = (method, path, body) -> {
            asked.add(method + " " + path);
            return null;
        };

        for (AccountWrite write : List.of(AccountWrite.delete(seen), AccountWrite.disable(seen))) {
            ConnectorException failed = failure(write.keyed("externalId"));
            assertThat(failed.kind()).isEqualTo(FailureKind.REJECTED);
            assertThat(failed).hasMessageContaining("the id '" + id + "' of a user cannot stand in a URL");
        }
        assertThat(asked).noneMatch(call -> call.startsWith("DELETE") || call.startsWith("PATCH"));
    }

    @Nested
    class a_disable {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"id\":\"a1\",\"externalId\":\"1\",\"userName\":\"ada\",\"active\":true}",
                    "{\"id\":\"a2\",\"externalId\":\"2\",\"userName\":\"bob\",\"active\":false}",
                    "{\"id\":\"a1\",\"externalId\":\"1\",\"userName\":\"ada\",\"active\":\"perhaps\"}",
                    ERROR,
                    "{}",
                    ""
                })
        void that_had_no_effect_is_not_done_whatever_the_response_shows(String shown) {
            service.add("1", "ada");
            service.hook = answering("PATCH", "/Users/a1", shown.isEmpty() ? 202 : 200, shown);

            ConnectorException failed =
                    failure(AccountWrite.disable(seen("ada")).keyed("externalId"));

            assertThat(failed.kind()).isEqualTo(shown.isEmpty() ? FailureKind.AMBIGUOUS : FailureKind.REJECTED);
            assertThat(failed).hasMessageContaining("still active");
        }

        @Test
        void is_done_if_the_account_shows_it_and_the_response_does_not() {
            service.add("1", "ada");
            AccountWrite disable = AccountWrite.disable(seen("ada")).keyed("externalId");
            service.hook = (method, path, body) -> {
                if (!method.equals("PATCH")) {
                    return null;
                }
                service.users.get("a1").put("active", false);
                return new FakeScim.Answer(202, "");
            };

            assertThat(connector
                            .accounts()
                            .write(disable)
                            .account()
                            .orElseThrow()
                            .isInactive())
                    .isTrue();
        }

        @Test
        void of_an_account_whose_state_cannot_be_read_afterwards_is_unknown() {
            service.add("1", "ada").put("active", "perhaps");
            service.hook = answering("PATCH", "/Users/a1", 204, "");

            ConnectorException failed =
                    failure(AccountWrite.disable(seen("ada")).keyed("externalId"));

            assertThat(failed.kind()).isEqualTo(FailureKind.AMBIGUOUS);
        }

        @Test
        void of_an_account_that_has_another_key_by_now_is_not_sent() {
            service.add("1", "ada");
            Account seen = seen("ada");
            service.users.get("a1").put("externalId", "9");

            assertThat(failure(AccountWrite.disable(seen).keyed("externalId"))
                            .problem()
                            .code())
                    .isEqualTo(AccountWriter.STALE);
            assertThat(failure(AccountWrite.delete(seen).keyed("externalId"))
                            .problem()
                            .code())
                    .isEqualTo(AccountWriter.STALE);
            assertThat(service.count("PATCH") + service.count("DELETE")).isZero();
        }
    }

    @Nested
    class a_bulk_response {
        private static final String SUPPORTED = "{\"patch\":{\"supported\":true},\"filter\":{\"supported\":true},"
                + "\"etag\":{\"supported\":true},\"bulk\":{\"supported\":true,\"maxOperations\":100}}";

        private List<AccountResult> disabled(String operations) {
            service.configuration = SUPPORTED;
            service.add("1", "ada");
            service.add("2", "bob");
            List<AccountWrite> writes = List.of(
                    AccountWrite.disable(seen("ada")).keyed("externalId"),
                    AccountWrite.disable(seen("bob")).keyed("externalId"));
            service.hook = (method, path, body) -> path.equals("/Bulk")
                    ? new FakeScim.Answer(200, "{\"Operations\":[" + operations + "]}")
                    : method.equals("PATCH") ? new FakeScim.Answer(202, "") : null;
            return connector.accounts().writeAll(writes);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"status\":\"200\",\"response\":{\"id\":\"a1\",\"externalId\":\"1\",\"active\":true}",
                    "\"status\":\"200\",\"response\":{\"id\":\"a2\",\"externalId\":\"2\",\"active\":false}",
                    "\"status\":\"200\",\"location\":\"/Users/a2\"",
                    "\"status\":\"200\",\"response\":" + ERROR,
                    "\"status\":\"200\"",
                    "\"status\":\"202\""
                })
        void that_does_not_show_the_account_disabled_is_no_disable(String operation) {
            List<AccountResult> results =
                    disabled("{\"bulkId\":\"w0\"," + operation + "},{\"bulkId\":\"w1\",\"status\":\"200\","
                            + "\"response\":{\"id\":\"a2\",\"externalId\":\"2\",\"active\":false}}");

            assertThat(results.get(0).failure()).isPresent();
            assertThat(results.get(1).failure())
                    .as("the one that is shown is believed")
                    .isEmpty();
            assertThat(service.users.get("a1").path("active").asBoolean()).isTrue();
        }
    }

    @Nested
    class a_new_account {
        @Test
        void is_not_made_if_the_response_is_somebody_else() {
            service.add("9", "bob");
            service.hook =
                    answering("POST", "/Users", 201, service.users.get("a1").toString());

            ConnectorException failed = failure(create("1", "ada"));

            assertThat(failed.kind()).isEqualTo(FailureKind.AMBIGUOUS);
            assertThat(failed).hasMessageContaining("another account");
        }

        @Test
        void is_not_made_after_a_500_if_a_stranger_has_the_name() {
            service.users.put("a1", service.add("", "ada"));
            service.users.get("a1").remove("externalId");
            service.hook = answering("POST", "/Users", 500, ERROR);

            assertThat(failure(create("1", "ada"))).hasMessageContaining("500");
            assertThat(failure(AccountWrite.create(Map.of("userName", List.of("ada"), "title", List.of("Dr")))))
                    .as("also without a key among the names")
                    .hasMessageContaining("500");
        }

        @Test
        void is_made_if_it_is_there_after_a_500() {
            service.hook = (method, path, body) -> {
                if (method.equals("POST")) {
                    service.add("1", "ada");
                    return new FakeScim.Answer(500, ERROR);
                }
                return null;
            };

            assertThat(connector
                            .accounts()
                            .write(create("1", "ada"))
                            .account()
                            .orElseThrow()
                            .id())
                    .isEqualTo("a1");
        }

        @Test
        void is_not_made_where_one_has_the_key_by_now() {
            service.add("1", "somebody");

            assertThat(failure(create("1", "ada")).problem().code()).isEqualTo(AccountWriter.STALE);
            assertThat(service.count("POST")).isZero();
        }

        @Test
        void is_disabled_again_if_another_run_made_one_at_the_same_time() {
            service.hook = (method, path, body) -> {
                if (method.equals("POST")) {
                    service.add("1", "ada");
                }
                return null;
            };

            ConnectorException failed = failure(create("1", "ada"));

            assertThat(failed.problem().code()).isEqualTo("two-accounts");
            assertThat(failed).hasMessageContaining("a1").hasMessageContaining("a2");
            assertThat(service.users.get("a1").path("active").asBoolean()).isTrue();
            assertThat(service.users.get("a2").path("active").asBoolean()).isFalse();
        }

        @Test
        void may_take_the_place_of_one_that_is_inactive() {
            service.add("1", "old").put("active", false);

            assertThat(connector
                            .accounts()
                            .write(create("1", "ada").replacing())
                            .account())
                    .isPresent();
        }

        @Test
        void whose_key_is_not_stored_is_told_at_the_first_one_and_no_more_are_made() {
            service.hook = (method, path, body) -> {
                if (method.equals("POST")) {
                    service.add("1", "ada").remove("externalId");
                    return new FakeScim.Answer(
                            201, "{\"id\":\"a1\",\"externalId\":\"1\",\"userName\":\"ada\",\"active\":true}");
                }
                return null;
            };

            assertThat(failure(create("1", "ada")).problem().code()).isEqualTo("key-not-kept");
            assertThat(failure(create("2", "bob")).problem().code()).isEqualTo("key-not-kept");
            assertThat(service.count("POST")).isEqualTo(1);
        }
    }

    @Nested
    class a_look_up {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    ERROR,
                    "",
                    "\"nobody\"",
                    "{\"totalResults\":1,\"Resources\":[]}",
                    "{\"totalResults\":1}",
                    "{\"totalResults\":0,\"Resources\":{}}",
                    "{\"totalResults\":1,\"Resources\":[{\"userName\":\"ada\"}]}"
                })
        void that_is_answered_by_no_list_does_not_say_that_there_is_nobody(String body) {
            service.hook = answering("GET", "/Users", body.isEmpty() ? 204 : 200, body);

            ConnectorException failed = catchThrowableOfType(
                    ConnectorException.class, () -> connector.accounts().find("externalId", "1", Set.of()));

            assertThat(failed.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure(create("1", "ada"))).as("nor is one made").isNotNull();
            assertThat(service.count("POST")).isZero();
        }

        @Test
        void that_is_answered_by_an_empty_list_says_so() {
            service.hook = answering("GET", "/Users", 200, "{\"totalResults\":0}");

            assertThat(connector.accounts().find("externalId", "1", Set.of())).isEmpty();
        }
    }

    @Nested
    class an_account_in_a_list {
        @Test
        void has_the_key_that_it_has_alone_or_the_list_is_none() {
            String id = service.add("1", "ada").path("id").asText();
            service.hook = (method, path, body) -> path.equals("/Users")
                    ? new FakeScim.Answer(
                            200,
                            "{\"totalResults\": 1, \"Resources\": [{\"id\": \"" + id + "\", \"userName\": \"ada\"}]}")
                    : null;

            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class,
                    () -> connector.accounts().accounts(Set.of("externalId")).next());

            assertThat(failure).hasMessageContaining("the list does not have externalId");
        }

        @ParameterizedTest
        @ValueSource(strings = {"perhaps", "2", "-1", "t", ""})
        void is_neither_active_nor_inactive_if_its_state_cannot_be_read(String state) {
            service.add("1", "ada").put("active", state);

            assertThat(seen("ada").isActive()).isFalse();
            assertThat(seen("ada").isInactive()).isFalse();
            assertThat(failure(AccountWrite.enable(Account.of("a1", "ada", false, Map.of())))
                            .problem()
                            .code())
                    .as("and is not enabled")
                    .isEqualTo(AccountWriter.STALE);
        }

        @ParameterizedTest
        @CsvSource({
            "true, true",
            "1, true",
            "'\"1\"', true",
            "'\"True\"', true",
            "'\"yes\"', true",
            "false, false",
            "0, false",
            "'\"0\"', false",
            "'\"False\"', false",
            "'\"no\"', false"
        })
        void has_its_state_in_the_words_that_conditions_take(String state, boolean active)
                throws JsonProcessingException {
            service.add("1", "ada").set("active", new ObjectMapper().readTree(state));

            assertThat(seen("ada").isActive()).isEqualTo(active);
            assertThat(seen("ada").isInactive()).isEqualTo(!active);
        }

        @Test
        void that_shows_a_number_as_its_state_is_disabled_once_and_that_counts() {
            service.add("1", "ada").put("active", 1);
            service.hook = (method, path, body) -> {
                if (method.equals("PATCH")) {
                    service.users.get("a1").put("active", 0);
                    return new FakeScim.Answer(200, service.users.get("a1").toString());
                }
                return null;
            };

            connector.accounts().write(AccountWrite.disable(seen("ada")).keyed("externalId"));

            assertThat(seen("ada").isInactive()).isTrue();
            assertThat(service.count("PATCH")).isEqualTo(1);
        }

        @Test
        void is_active_if_it_says_nothing() {
            service.add("1", "ada").remove("active");

            assertThat(seen("ada").isActive()).isTrue();
        }

        @Test
        void is_no_group() {
            service.add("1", "ada");
            service.add("2", "admins").putObject("meta").put("resourceType", "Group");
            service.add("3", "staff").putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Group");
            service.users.get("a3").remove("meta");

            assertThat(all()).extracting(Account::label).containsExactly("ada");
            assertThat(connector.accounts().find("externalId", "2", Set.of())).isEmpty();
        }

        @Test
        void is_found_by_its_name_in_any_case_and_by_no_letter_that_only_java_takes_for_the_same() {
            service.add("1", "kim@example.test");
            AccountWriter accounts = connector.accounts();

            assertThat(accounts.comparable("userName", "KIM@example.test")).isEqualTo("kim@example.test");
            assertThat(accounts.comparable("userName", "\u212Aim@example.test"))
                    .isNotEqualTo(accounts.comparable("userName", "kim@example.test"));
            service.hook = (method, path, body) ->
                    path.contains("?") ? new FakeScim.Answer(200, FakeScim.list(service.users.values())) : null;
            assertThat(accounts.find("userName", "\u212Aim@example.test", Set.of()))
                    .isEmpty();
        }
    }

    /** Public reports of services that do only a part of what RFC 7644 has. */
    @Nested
    class a_service_that_does_a_part {
        /** It hides inactive accounts, and a POST with the key of one enables that one: status 200 and its id. */
        @Test
        void and_enables_a_hidden_account_by_a_post_has_one_account() {
            ObjectNode hidden = service.add("1", "old").put("active", false);
            service.hook = (method, path, body) -> {
                if (method.equals("POST")) {
                    hidden.put("active", true).put("userName", "ada");
                    return new FakeScim.Answer(200, hidden.toString());
                }
                boolean hides =
                        path.startsWith("/Users") && !hidden.path("active").asBoolean();
                return hides ? new FakeScim.Answer(200, FakeScim.list(List.of())) : null;
            };

            AccountResult made = connector.accounts().write(create("1", "ada"));

            assertThat(made.account().orElseThrow().id()).isEqualTo("a1");
            assertThat(all()).singleElement().matches(Account::isActive);
        }

        @Test
        void and_takes_one_primary_address_gets_no_two() {
            connector
                    .accounts()
                    .write(AccountWrite.create(Map.of(
                                    "externalId", List.of("1"),
                                    "userName", List.of("ada"),
                                    "emails[type eq 'work'].value", List.of("a@work.test"),
                                    "emails[type eq 'home'].value", List.of("a@home.test")))
                            .keyed("externalId"));

            assertThat(service.users.get("a1").path("emails"))
                    .hasSize(2)
                    .filteredOn(email -> email.path("primary").asBoolean())
                    .hasSizeLessThan(2);
        }

        private FakeScim.Hook patching(Predicate<JsonNode> takes, int refusal) {
            return (method, path, body) -> {
                if (!method.equals("PATCH")) {
                    return method.equals("PUT") ? new FakeScim.Answer(405, ERROR) : null;
                }
                ObjectNode user = service.users.get(path.replaceFirst("^/Users/", ""));
                for (JsonNode operation : operations(body)) {
                    if (takes.test(operation)) {
                        user.set(operation.path("path").asText(), operation.path("value"));
                    } else if (refusal != 200) {
                        return new FakeScim.Answer(refusal, ERROR);
                    }
                }
                return new FakeScim.Answer(200, user.toString());
            };
        }

        private JsonNode operations(String body) {
            try {
                return new ObjectMapper().readTree(body).path("Operations");
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }

        /** PATCH of {@code active} alone is taken: the state of a leaver does not wait for other attributes. */
        @Test
        void and_patches_active_alone_still_ends_an_account() {
            service.add("1", "ada");
            service.hook = patching(operation -> operation.path("path").asText().equals("active"), 400);

            connector.accounts().write(AccountWrite.disable(seen("ada")).keyed("externalId"));

            assertThat(seen("ada").isInactive()).isTrue();
        }

        /** The first link of an account writes its key, which such a service does not store. */
        @ParameterizedTest
        @ValueSource(strings = {"externalId", "nickName"})
        void and_passes_over_operations_in_silence_is_told(String attribute) {
            ObjectNode user = service.add("1", "ada");
            user.remove("externalId");
            service.hook = patching(operation -> false, 200);

            AccountWrite link = AccountWrite.modify(seen("ada"), Map.of(attribute, List.of("1")));
            Account shown = connector.accounts().write(link).account().orElseThrow();

            assertThat(shown.attributes().getOrDefault(attribute, List.of()))
                    .as("what the account shows, so that the run sees that it was not kept")
                    .isEmpty();
        }

        @Test
        void and_has_no_route_for_a_method_makes_no_second_account() {
            service.add("1", "ada");
            service.hook = (method, path, body) -> method.equals("PUT") || method.equals("PATCH")
                    ? new FakeScim.Answer(404, "<html><title>Error 404 (Not Found)</title></html>")
                    : null;

            ConnectorException failed =
                    failure(AccountWrite.disable(seen("ada")).keyed("externalId"));

            assertThat(failed).hasMessageContaining("404");
            assertThat(service.count("POST")).isZero();
        }
    }

    @Nested
    class what_the_service_says_of_itself {
        @Test
        void limits_the_pages() {
            service.configuration = "{\"filter\":{\"supported\":true,\"maxResults\":50}}";
            service.add("1", "ada");

            assertThat(all()).hasSize(1);
            assertThat(service.queries).anyMatch(query -> query.contains("count=50"));
        }

        @Test
        void need_not_have_externalId_in_the_schema_of_users() {
            service.hook = answering(
                    "GET",
                    "/Schemas",
                    200,
                    "{\"totalResults\":1,\"Resources\":[{\"id\":\"" + ScimPath.CORE
                            + "\",\"attributes\":[{\"name\":\"userName\",\"mutability\":\"readWrite\"}]}]}");

            assertThat(connector.accounts().check(List.of("externalId", "userName", "nick"), true))
                    .extracting(Problem::path)
                    .containsExactly("nick");
        }
    }
}
