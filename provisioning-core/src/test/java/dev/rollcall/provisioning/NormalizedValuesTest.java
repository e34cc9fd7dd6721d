package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.rule.ValuesPolicy;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Normalized;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.state.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that keeps car licenses in capital letters, whatever it is given. */
class NormalizedValuesTest {
    @TempDir
    Path folder;

    private final Roll roll = new Roll(new Capitals());
    private final StateStore state = StateStore.memory();

    @BeforeEach
    void one_person_has_a_car() {
        roll.policies = builder -> builder.state(state);
        roll.mapping = Roll.mapping().attribute("carLicense", "${record.car}").build();
        drives("abc 12");
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private void drives(String car) {
        roll.records.clear();
        roll.person(1, "Ada", "Lovelace", "car", car);
    }

    private List<String> planned() {
        try (Plan plan = roll.plan()) {
            return Roll.changes(plan);
        }
    }

    @Test
    void a_value_that_the_server_keeps_in_its_own_way_is_told_once_and_not_written_again() {
        assertThat(roll.sync().normalized())
                .extracting(Normalized::key, Normalized::attribute)
                .containsExactly(tuple("1", "carLicense"));

        assertThat(roll.values("uid=alovelace", "carLicense")).containsExactly("ABC 12");
        assertThat(planned()).isEmpty();
    }

    @Test
    void another_value_is_written() {
        roll.sync();
        drives("xyz 9");

        assertThat(planned()).containsExactly("modify 1 uid=alovelace");
        roll.sync();
        assertThat(roll.values("uid=alovelace", "carLicense")).containsExactly("XYZ 9");
        assertThat(planned()).isEmpty();
    }

    @Test
    void a_value_that_somebody_else_changed_is_written_back() {
        roll.sync();
        roll.modify(
                "dn: uid=alovelace," + Roll.PEOPLE, "changetype: modify", "replace: carLicense", "carLicense: STOLEN");

        assertThat(planned()).containsExactly("modify 1 uid=alovelace");
    }

    @Test
    void what_differs_besides_is_written_alone() {
        roll.sync();
        roll.modify("dn: uid=alovelace," + Roll.PEOPLE, "changetype: modify", "replace: cn", "cn: Somebody");

        try (Plan plan = roll.plan()) {
            assertThat(plan.changes().flatMap(change -> change.attributes().stream()))
                    .extracting(AttributeChange::name)
                    .containsExactly("cn");
        }
    }

    @Test
    void of_several_values_that_are_merged_none_is_written_for_ever() {
        roll.mapping = Roll.mapping()
                .attribute("carLicense", AttributeRule.format("${record.car}").values(ValuesPolicy.merge()))
                .build();
        roll.sync();
        roll.sync();

        assertThat(planned()).isEmpty();
    }

    @Test
    void a_file_remembers_it_for_the_next_program_and_holds_no_value() throws Exception {
        Path file = folder.resolve("state.json");
        roll.policies = builder -> builder.state(StateStore.file(file));
        roll.sync();

        assertThat(planned()).isEmpty();
        assertThat(Files.readString(file))
                .contains("carLicense", "directory ou=people,dc=example,dc=test")
                .doesNotContainIgnoringCase("abc 12", "lovelace");
    }

    @Test
    void a_run_whose_state_cannot_be_kept_tells_what_it_did(@TempDir Path gone) throws Exception {
        Path file = gone.resolve("sub").resolve("state.json");
        roll.policies = builder -> builder.state(StateStore.file(file));

        Outcomes outcomes = roll.sync();

        assertThat(outcomes.isComplete()).isTrue();
        assertThat(outcomes.normalized()).hasSize(1);
    }
}
