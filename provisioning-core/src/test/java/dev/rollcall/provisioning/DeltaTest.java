package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.source.Source;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that lists changes only: the directory is asked for those people, and not read whole. */
class DeltaTest {
    private static final int PEOPLE = 60;

    private final Roll roll = new Roll();

    @BeforeEach
    void sixty_people_have_accounts_and_the_source_lists_changes() {
        roll.people(PEOPLE).sync().close();
        roll.records.clear();
        roll.sourceSettings = source -> source.delta().active("record.active ?? true");
        roll.searches.set(0);
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void changes_those_who_are_listed_and_asks_for_them_only() {
        try (Plan plan = roll.person(7, "Ada", "Lovelace").plan()) {
            assertThat(Roll.changes(plan)).containsExactly("modify 7 uid=flast7");
            assertThat(roll.searches).hasValue(1);
            assertThat(plan.managed()).as("entries that were read").isLessThan(3);
        }
    }

    @Test
    void measures_its_guardrails_by_the_whole_directory() {
        for (int id = 1; id <= 4; id++) {
            roll.person(id, "First" + id, "Last" + id, "active", "false");
        }
        try (Plan plan = roll.plan()) {
            assertThat(plan.counts().of(ChangeKind.DISABLE)).isEqualTo(4);
            assertThat(plan.guardrails().passed()).isTrue();
        }
    }

    @Test
    void trips_a_guardrail_if_too_many_are_to_go() {
        for (int id = 1; id <= 9; id++) {
            roll.person(id, "First" + id, "Last" + id, "active", "false");
        }
        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.guardrails().tripped())
                    .containsExactly(
                            new Guardrail(GuardrailName.MAX_DISABLE_OR_DELETE, "", Limit.of(25, 10), 9, 60, "", false));
        }
    }

    @Test
    void links_an_account_without_key_and_doubles_nobody() {
        roll.mapping = Roll.mapping().match("mail", "${record.email | lower}").build();
        roll.policies = builder -> builder.categories(Categories.defaults().and("link"));
        roll.account("countess", "mail: ada.lovelace@example.test");

        roll.person(99, "Ada", "Lovelace").sync().close();

        assertThat(roll.values("uid=countess", "employeeNumber")).containsExactly("99");
        assertThat(roll.uids()).hasSize(PEOPLE + 1);
    }

    @Test
    void makes_nobody_while_many_accounts_have_no_key() {
        for (int i = 0; i < 20; i++) {
            roll.account("old" + i);
        }
        try (Plan plan = roll.person(99, "Ada", "Lovelace").plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.guardrails().tripped()).extracting(Guardrail::label).containsExactly("unlinkedEntries");
        }
    }

    @Test
    void gives_nobody_a_name_of_somebody_who_is_not_listed() {
        roll.person(99, "Fred", "Last7").sync().close();

        assertThat(roll.values("uid=flast72", "employeeNumber")).containsExactly("99");
    }

    @Test
    void gives_nobody_the_dn_of_somebody_who_is_not_listed() {
        roll.mapping = Roll.byName().build();
        roll.entry("dn: cn=Ada," + Roll.PEOPLE, "objectClass: inetOrgPerson", "cn: Ada", "sn: L", "employeeNumber: 98");

        try (Plan plan = roll.person(99, "Ada", "Byron").plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(Roll.conflicts(plan)).containsExactly("DN_TAKEN 99");
        }
    }

    @Test
    void finds_a_manager_who_is_not_listed() {
        roll.person(7, "First7", "Last7", "manager", "8").sync().close();

        assertThat(roll.values("uid=flast7", "manager")).containsExactly("uid=flast8," + Roll.PEOPLE);
    }

    @Test
    void reads_everybody_if_the_server_cannot_find_a_key_as_it_is_spelled() {
        roll.modify(
                "dn: uid=flast7," + Roll.PEOPLE,
                "changetype: modify",
                "replace: employeeNumber",
                "employeeNumber: 007");
        roll.mapping = Roll.mapping()
                .key("id", "employeeNumber", KeyRule.Normalization.STRIP_LEADING_ZEROS)
                .build();

        try (Plan plan = roll.person(7, "First7", "Last7").plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.unchanged()).isOne();
        }
    }

    @Test
    void tells_a_key_that_two_entries_have() {
        roll.account("double", "employeeNumber: 7");

        try (Plan plan = roll.person(7, "First7", "Last7").plan()) {
            assertThat(Roll.conflicts(plan)).containsExactly("AMBIGUOUS 7");
        }
    }

    @Test
    void takes_nobody_out_of_a_group_for_want_of_a_column() {
        String sales = "cn=sales," + Roll.GROUPS;
        roll.entry("dn: " + sales, "objectClass: groupOfNames", "cn: sales", "member: uid=flast7," + Roll.PEOPLE);
        roll.mapping =
                Roll.mapping().group(sales, "record.department == 'Sales'").build();

        try (Plan plan = roll.person(7, "First7", "Last7").plan()) {
            assertThat(plan.isEmpty()).isTrue();
        }
        roll.records.clear();
        try (Plan plan = roll.person(7, "Ada", "Last7").plan()) {
            assertThat(Roll.changes(plan)).containsExactly("modify 7 uid=flast7");
        }
        roll.records.clear();
        try (Plan plan = roll.person(7, "First7", "Last7", "department", "IT").plan()) {
            assertThat(Roll.changes(plan)).containsExactly("groupRemove 7 uid=flast7");
        }
    }

    @Test
    void the_same_goes_for_a_run_about_some_keys() {
        roll.sourceSettings = source -> source;
        roll.people(PEOPLE);
        roll.policies = builder -> builder.keys(List.of("7", "8"));
        roll.without(7).person(7, "Ada", "Lovelace");

        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan)).containsExactly("modify 7 uid=flast7");
            assertThat(roll.searches).hasValue(1);
            assertThat(plan.managed()).as("entries that were read").isLessThan(3);
        }
    }

    @Test
    void tells_a_base_that_is_not_there() {
        try (Roll elsewhere = new Roll()) {
            elsewhere.directorySettings = builder -> builder.base("ou=nowhere,dc=example,dc=test");
            elsewhere.sourceSettings = Source::delta;
            elsewhere.person(1, "Ada", "Lovelace");

            assertThatThrownBy(elsewhere::plan).isInstanceOf(DirectoryException.class);
        }
    }
}
