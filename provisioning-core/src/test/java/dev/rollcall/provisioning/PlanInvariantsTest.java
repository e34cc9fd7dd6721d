package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.internal.plan.ChangeCodec;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanInvariantsTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    /** People with few names, so that they want the same ones, and everything that can go wrong with a record. */
    private static List<UserRecord> crowd(Random random, int size) {
        String[] first = {"Ada", "Alan", "Grace", "Edsger", "John", "Jane"};
        String[] last = {"Smith", "Jones", "Müller", "O'Neil", "Smith, Jr", "Lovelace"};
        List<UserRecord> people = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            String manager = Integer.toString(1 + random.nextInt(size + 2));
            String given = first[random.nextInt(first.length)];
            UserRecord record = Roll.record(id, given, last[random.nextInt(last.length)], "manager", manager);
            switch (random.nextInt(20)) {
                case 0 -> people.addAll(List.of(record, Roll.record(id, "Twice", "There")));
                case 1 -> people.addAll(List.of(record, UserRecord.of(Map.of("first", "Keyless" + id))));
                case 2 -> people.add(UserRecord.of(Map.of("id", id, "first", "Nameless")));
                default -> people.add(record);
            }
        }
        return people;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void a_plan_is_the_same_whatever_the_order_of_records_and_pages(long seed) {
        Random random = new Random(seed);
        roll.records.addAll(crowd(random, 60));
        roll.policies = builder -> builder.guardrails(Guardrails.defaults().maxKeyless(Limit.none()));
        roll.sync();
        roll.records.clear();
        roll.records.addAll(crowd(random, 70));
        roll.policies = builder -> builder.guardrails(Guardrails.defaults()
                .maxModify(Limit.none())
                .maxKeyless(Limit.none())
                .maxAttributeChange(Limit.none())
                .maxDisableOrDelete(Limit.none()));

        List<Change> changes;
        String hash;
        try (Plan plan = roll.plan()) {
            changes = plan.changes().toList();
            hash = plan.hash();
            assertThat(changes).isNotEmpty();
        }
        for (int i = 0; i < 5; i++) {
            List<UserRecord> shuffled = new ArrayList<>(roll.records);
            Collections.shuffle(shuffled, random);
            try (Plan plan = roll.plan(Roll.pages(shuffled, 5 + random.nextInt(30)))) {
                assertThat(plan.changes().toList()).isEqualTo(changes);
                assertThat(plan.hash()).isEqualTo(hash);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6, 7})
    void a_plan_that_was_carried_out_leaves_nothing_to_do(long seed) {
        Random random = new Random(seed);
        roll.policies = builder -> builder.guardrails(Guardrails.defaults()
                .maxModify(Limit.none())
                .maxCreate(Limit.none())
                .maxKeyless(Limit.none())
                .maxAttributeChange(Limit.none())
                .maxDisableOrDelete(Limit.none()));
        for (int round = 0; round < 4; round++) {
            roll.records.clear();
            roll.records.addAll(crowd(random, 40 + random.nextInt(30)));

            Outcomes outcomes = roll.sync();

            assertThat(outcomes.failures()).isEmpty();
            try (Plan plan = roll.plan()) {
                assertThat(plan.changes().toList()).isEmpty();
            }
        }
    }

    @Test
    void a_plan_says_the_same_when_everything_is_spooled_to_files() {
        roll.people(60).sync();
        roll.records.subList(0, 3).clear();
        roll.person(100, "Ada", "Lovelace", "manager", "50").person(50, "Twice", "There");
        String inMemory;
        try (Plan plan = roll.plan()) {
            inMemory = plan.hash();
        }
        roll.policies = builder -> builder.memory(512);

        try (Plan plan = roll.plan()) {
            assertThat(plan.hash()).isEqualTo(inMemory);
            assertThat(plan.changes().toList()).isNotEmpty();
        }
    }

    @Test
    void a_change_survives_being_spooled() {
        roll.person(1, "Ada", "Lovelace", "manager", "2").person(2, "Alan", "Turing");

        try (Plan plan = roll.plan()) {
            plan.changes()
                    .map(change -> (DirectoryChange) change)
                    .forEach(change -> assertThat(ChangeCodec.decode(ChangeCodec.encode(change)))
                            .isEqualTo(change));
        }
    }

    @Test
    void a_plan_without_some_changes_has_its_own_counts_and_hash() {
        roll.people(5);

        try (Plan plan = roll.plan()) {
            Plan fewer = plan.without(change -> change.key().equals("3"));
            assertThat(fewer.counts().of(ChangeKind.CREATE)).isEqualTo(4);
            assertThat(fewer.hash()).isNotEqualTo(plan.hash());
            assertThat(fewer.changes()).hasSize(4);
        }
    }
}
