package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.state.SeenKeys;
import dev.rollcall.provisioning.state.StateStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries whose key the data source has never shown, with a state store that knows what it has shown. */
class StrangersTest {
    private final Roll roll = new Roll();
    private final SeenKeys seen = SeenKeys.memory();

    private record Seeing(StateStore kept, SeenKeys keys) implements StateStore {
        @Override
        public List<Normalization> normalizations(String target) {
            return kept.normalizations(target);
        }

        @Override
        public void remember(String target, Collection<Normalization> normalizations) {
            kept.remember(target, normalizations);
        }

        @Override
        public Optional<SeenKeys> seen() {
            return Optional.of(keys);
        }
    }

    @BeforeEach
    void there_are_people_and_an_entry_of_somebody_else() {
        roll.policies =
                builder -> builder.state(new Seeing(StateStore.memory(), seen)).dataSource("hr");
        roll.people(10);
        roll.account("backup", "employeeNumber: 900");
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private int ending() {
        try (Plan plan = roll.plan()) {
            return plan.counts().of(ChangeKind.DISABLE);
        }
    }

    @Test
    void are_left_alone_by_a_first_run_which_says_how_to_take_them_over() {
        try (Plan plan = roll.plan()) {
            assertThat(plan.counts().of(ChangeKind.DISABLE)).isZero();
            assertThat(plan.conflicts())
                    .extracting(Conflict::detail)
                    .singleElement()
                    .asString()
                    .contains("1 entry is in no record")
                    .contains("the state knows of no complete read of the data source hr yet")
                    .contains("allow it for one run: policy.neverSeen: leaver. They are uid=backup,");
        }
    }

    @Test
    void are_left_alone_by_later_runs_too() {
        roll.sync();

        try (Plan plan = roll.plan()) {
            assertThat(plan.counts().of(ChangeKind.DISABLE)).isZero();
            assertThat(plan.conflicts())
                    .extracting(Conflict::detail)
                    .singleElement()
                    .asString()
                    .contains("the data source hr has never shown their keys");
        }
    }

    @Test
    void are_not_those_who_were_shown_and_are_missing_now() {
        roll.sync();
        roll.without(7);

        assertThat(ending()).isEqualTo(1);
    }

    /** It does not count who made the entry, but whether the data source showed its key. */
    @Test
    void are_not_those_whose_entries_were_there_before_and_whom_the_data_source_showed() {
        roll.person(900, "Ada", "Backup");
        roll.sync();
        roll.without(900);

        assertThat(ending()).isEqualTo(1);
    }

    /** Somebody tries another source, and looks at the plan. */
    @Test
    void are_not_made_known_by_a_plan_that_is_only_looked_at() {
        roll.person(900, "Ada", "Backup");
        roll.plan().close();
        roll.without(900);

        assertThat(seen.isEmpty("hr")).isTrue();
        assertThat(ending()).isZero();
    }

    @Test
    void of_one_data_source_are_not_known_by_another() {
        seen.add("crm", List.of("900"));

        assertThat(ending()).isZero();
    }

    @Test
    void end_if_the_policy_says_so() {
        roll.policies = builder -> builder.state(new Seeing(StateStore.memory(), seen))
                .leavers(Leavers.disable().endNeverSeen());

        assertThat(ending()).isEqualTo(1);
    }

    @Test
    void are_not_those_whom_a_run_about_some_keys_gave_an_account() {
        roll.policies = builder -> builder.state(new Seeing(StateStore.memory(), seen))
                .dataSource("hr")
                .keys(List.of("3"));
        roll.sync();

        assertThat(seen.known("hr", List.of("3", "4"))).containsExactly("3");
    }

    @Test
    void are_not_those_who_carry_our_mark() {
        roll.directorySettings = builder -> builder.mark("employeeType", "rollcall");
        roll.entry(
                "dn: uid=marked," + Roll.PEOPLE,
                "objectClass: inetOrgPerson",
                "uid: marked",
                "cn: Marked",
                "sn: Marked",
                "employeeNumber: 901",
                "employeeType: rollcall");

        assertThat(ending()).isEqualTo(1);
    }
}
