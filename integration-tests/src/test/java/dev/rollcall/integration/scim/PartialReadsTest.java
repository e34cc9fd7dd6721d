package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.source.UserSource;
import dev.rollcall.scim.ScimConnector;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Half a list, on either side, changes nobody. */
class PartialReadsTest {
    private static List<UserRecord> records(int from, int to) {
        return java.util.stream.IntStream.rangeClosed(from, to)
                .mapToObj(number -> UserRecord.of(Lifecycle.person(number)))
                .toList();
    }

    @Test
    void a_source_whose_second_page_fails_gives_an_empty_plan_that_says_why() {
        UserSource half = query -> PageIterator.of(token -> {
            if (token != null) {
                throw new ConnectorException(
                        FailureKind.UNAVAILABLE, Problem.of("status-503", "", "page 2: status 503", ""));
            }
            return Page.upTo(records(1, 10), "2");
        });
        try (ScriptedScim server = new ScriptedScim().people(20);
                ScimConnector connector = server.connector()) {
            Reconciler reconciler = Reconciler.builder(
                            Source.of(half), Lifecycle.ACCOUNTS, AccountTarget.of("scim", connector))
                    .build();
            try (Plan plan = reconciler.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.source().reason()).contains("page 2: status 503");
                assertThatThrownBy(() -> reconciler.apply(plan)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void accounts_that_are_listed_in_part_make_no_plan_and_nobody_twice() {
        try (ScriptedScim server = new ScriptedScim(Quirk.IGNORES_PAGING).people(40);
                ScimConnector connector = server.connector()) {
            Reconciler reconciler = Reconciler.builder(
                            Source.of(records(1, 40)), Lifecycle.ACCOUNTS, AccountTarget.of("scim", connector))
                    .build();
            assertThatThrownBy(reconciler::plan)
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("page 2 is the same as page 1");
            assertThat(server.users.all()).hasSize(40);
        }
    }

    @Test
    void single_people_are_looked_up_and_nobody_else_is_missing() {
        try (ScriptedScim server = new ScriptedScim().people(40);
                ScimConnector connector = server.connector()) {
            Reconciler reconciler = Reconciler.builder(
                            Source.of(records(1, 2)), Lifecycle.ACCOUNTS, AccountTarget.of("scim", connector))
                    .keys(List.of("2"))
                    .allow("maxModify")
                    .build();
            try (Plan plan = reconciler.plan()) {
                assertThat(plan.changes().map(change -> change.key())).containsOnly("2");
                assertThat(plan.managed()).isEqualTo(1);
            }
        }
    }

    @Test
    void an_account_that_is_deleted_between_two_pages_hides_no_other_one() {
        try (ScriptedScim server = new ScriptedScim(Quirk.TWENTY_AT_MOST, Quirk.SHRINKS).people(45);
                ScimConnector connector = server.connector()) {
            Reconciler reconciler = Reconciler.builder(
                            Source.of(records(2, 45)), Lifecycle.ACCOUNTS, AccountTarget.of("scim", connector))
                    .build();
            try (Plan plan = reconciler.plan()) {
                assertThat(plan.managed()).isEqualTo(44);
                assertThat(plan.changes().map(change -> change.kind()))
                        .doesNotContain(ChangeKind.CREATE, ChangeKind.DISABLE);
            }
        }
    }
}
