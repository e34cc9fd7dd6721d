package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
    private static final Map<String, List<String>> VALUES = Map.of("title", List.of("Countess"));
    private static final Account ADA = Account.of("7", "ada", true, VALUES);

    @Test
    void tells_what_the_application_knows() {
        assertThat(ADA.id()).isEqualTo("7");
        assertThat(ADA.label()).isEqualTo("ada");
        assertThat(ADA.isActive()).isTrue();
        assertThat(ADA.values("title")).containsExactly("Countess");
        assertThat(ADA.values("phone")).isEmpty();
        assertThat(Account.of("8", "al", false, Map.of()).isActive()).isFalse();
    }

    @Test
    void leaves_out_an_attribute_without_value() {
        Account account = Account.of("7", "ada", true, Map.of("title", List.of("Countess"), "phone", List.of()));

        assertThat(account.attributes()).isEqualTo(VALUES);
        assertThat(account).isEqualTo(ADA);
    }

    @Test
    void stays_as_it_is_when_the_values_it_was_given_change() {
        List<String> titles = new ArrayList<>(List.of("Countess"));
        Account account = Account.of("7", "ada", true, Map.of("title", titles));
        titles.add("Lady");

        assertThat(account.values("title")).containsExactly("Countess");
        assertThatThrownBy(() -> account.attributes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void has_a_version_where_the_application_tells_states_apart() {
        assertThat(ADA.version()).isEmpty();
        assertThat(ADA.version("W/\"3\"").version()).contains("W/\"3\"");
        assertThat(ADA.version("W/\"3\"").values("title")).containsExactly("Countess");
    }

    @Test
    void differs_by_everything_that_is_known_of_it() {
        assertThat(Account.of("7", "ada", true, VALUES)).isEqualTo(ADA).hasSameHashCodeAs(ADA);
        assertThat(List.of(
                        Account.of("8", "ada", true, VALUES),
                        Account.of("7", "al", true, VALUES),
                        Account.of("7", "ada", false, VALUES),
                        Account.of("7", "ada", true, Map.of()),
                        ADA.version("3")))
                .doesNotContain(ADA);
    }

    @Test
    void prints_nothing_of_a_person() {
        assertThat(ADA).hasToString("account 7");
        assertThat(AccountWrite.modify(ADA, VALUES)).hasToString("MODIFY account 7 [title]");
        assertThat(AccountWrite.create(VALUES)).hasToString("CREATE [title]");
    }

    @Nested
    class a_write {
        @Test
        void makes_an_account_of_values() {
            AccountWrite write = AccountWrite.create(VALUES);

            assertThat(write.kind()).isEqualTo(AccountWrite.Kind.CREATE);
            assertThat(write.seen()).isEmpty();
            assertThat(write.attributes()).isEqualTo(VALUES);
        }

        @Test
        void changes_values_of_an_account_that_was_seen_and_may_take_them_all() {
            AccountWrite write = AccountWrite.modify(ADA, Map.of("title", List.of()));

            assertThat(write.kind()).isEqualTo(AccountWrite.Kind.MODIFY);
            assertThat(write.seen()).contains(ADA);
            assertThat(write.attributes()).containsEntry("title", List.of());
        }

        @Test
        void ends_or_returns_the_use_of_an_account_and_touches_no_value() {
            assertThat(List.of(AccountWrite.disable(ADA), AccountWrite.enable(ADA), AccountWrite.delete(ADA)))
                    .allSatisfy(write -> {
                        assertThat(write.seen()).contains(ADA);
                        assertThat(write.attributes()).isEmpty();
                    })
                    .extracting(AccountWrite::kind)
                    .containsExactly(AccountWrite.Kind.DISABLE, AccountWrite.Kind.ENABLE, AccountWrite.Kind.DELETE);
        }

        @Test
        void of_an_account_that_is_there_names_it() {
            assertThatNullPointerException().isThrownBy(() -> AccountWrite.delete(null));
        }
    }

    @Nested
    class writes {
        private final List<AccountWrite> tried = new ArrayList<>();

        private List<AccountResult> all(Function<AccountWrite, AccountResult> application) {
            AccountWriter writer = new Writer(write -> {
                tried.add(write);
                return application.apply(write);
            });
            return writer.writeAll(
                    List.of(AccountWrite.create(VALUES), AccountWrite.disable(ADA), AccountWrite.delete(ADA)));
        }

        private AccountResult refusedAtFirst(FailureKind kind, String code) {
            if (tried.size() == 1) {
                throw new ConnectorException(kind, Problem.of(code, "title", "no such title", ""), null, null);
            }
            return AccountResult.done(null);
        }

        @Test
        void give_a_result_each_in_their_order() {
            List<AccountResult> results =
                    all(write -> AccountResult.done(write.kind() == AccountWrite.Kind.DELETE ? null : ADA));

            assertThat(tried)
                    .extracting(AccountWrite::kind)
                    .containsExactly(AccountWrite.Kind.CREATE, AccountWrite.Kind.DISABLE, AccountWrite.Kind.DELETE);
            assertThat(results)
                    .allMatch(AccountResult::wasTried)
                    .allMatch(result -> result.failure().isEmpty());
            assertThat(results.get(1).account()).contains(ADA);
            assertThat(results.get(2).account()).isEmpty();
        }

        @Test
        void go_on_after_one_that_the_application_refused() {
            List<AccountResult> results = all(write -> refusedAtFirst(FailureKind.REJECTED, "bad-title"));

            assertThat(results).extracting(AccountResult::wasTried).containsExactly(true, true, true);
            assertThat(results.get(0).failure())
                    .hasValueSatisfying(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REJECTED));
            assertThat(results.get(0).account()).isEmpty();
            assertThat(results.get(1).failure()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UNAUTHORIZED",
                    "CONSENT_REQUIRED",
                    "UNAVAILABLE",
                    "RATE_LIMITED",
                    "UNTRUSTED_ORIGIN",
                    "CANCELLED"
                })
        void are_not_tried_once_the_application_is_lost(String kind) {
            List<AccountResult> results = all(write -> refusedAtFirst(FailureKind.valueOf(kind), "lost"));

            assertThat(tried).hasSize(1);
            assertThat(results).extracting(AccountResult::wasTried).containsExactly(true, false, false);
            assertThat(results.get(2).failure()).isEmpty();
            assertThat(results.get(2)).hasToString("not tried");
        }

        /** What breaks an application over one account need not break it over the next. */
        @Test
        void go_on_after_a_fault_inside_the_application() {
            assertThat(all(write -> refusedAtFirst(FailureKind.UNAVAILABLE, "status-500")))
                    .extracting(AccountResult::wasTried)
                    .containsExactly(true, true, true);
        }

        @Test
        void say_what_became_of_them() {
            List<AccountResult> results = all(write -> refusedAtFirst(FailureKind.REJECTED, "bad-title"));

            assertThat(results.get(0).toString()).contains("no such title");
            assertThat(results.get(1)).hasToString("done");
        }
    }

    @Test
    void values_are_compared_and_written_as_they_are_unless_the_application_says_more() {
        AccountWriter writer = new Writer(write -> AccountResult.notTried());

        assertThat(writer.comparable("title", "Countess ")).isEqualTo("Countess ");
        assertThat(writer.batchSize()).isEqualTo(1);
    }

    private record Writer(Function<AccountWrite, AccountResult> application) implements AccountWriter {
        @Override
        public PageIterator<Account> accounts(Set<String> attributes) {
            throw ConnectorException.unsupported("a list");
        }

        @Override
        public List<Account> find(String attribute, String value, Set<String> attributes) {
            return List.of();
        }

        @Override
        public AccountResult write(AccountWrite write) {
            return application.apply(write);
        }
    }
}
