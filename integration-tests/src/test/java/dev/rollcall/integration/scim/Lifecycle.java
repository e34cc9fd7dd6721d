package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.scim.ScimConnector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every service provider must go through with an account, from its first day to its return. */
abstract class Lifecycle {
    static final Mapping ACCOUNTS = Mapping.builder()
            .forAccounts()
            .key("employeeNumber", "externalId")
            .match("userName", "${record.mail | lower}")
            .attribute("userName", "${record.mail | lower}")
            .attribute("name.givenName", "${record.first}")
            .attribute("name.familyName", "${record.last}")
            .attribute("emails[type eq 'work'].value", "${record.mail | lower}")
            .attribute("title", "${record.title}")
            .attribute("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "${record.department}")
            .build();

    private final List<Map<String, Object>> people = new ArrayList<>();

    /** The connector under test. */
    abstract ScimConnector connector();

    /** Makes an account that nobody of us made. */
    abstract void somebodyElseMakes(String userName);

    static Map<String, Object> person(int number) {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("employeeNumber", String.valueOf(number));
        person.put("mail", "U" + number + "@example.test");
        person.put("first", "First" + number);
        person.put("last", "O'Neil \"Quote\" " + number);
        person.put("title", "Engineer");
        person.put("department", "R&D");
        person.put("enabled", true);
        return person;
    }

    private Reconciler reconciler(UnaryOperator<ReconcilerBuilder> more) {
        List<UserRecord> records = people.stream().map(UserRecord::of).toList();
        Source source = Source.of(records).active("record.enabled");
        ReconcilerBuilder builder = Reconciler.builder(source, ACCOUNTS, AccountTarget.of("scim", connector()))
                .categories(Categories.defaults().and("link"))
                .guardrails(Guardrails.defaults().maxModify(Limit.none()).maxAttributeChange(Limit.none()));
        return more.apply(builder).build();
    }

    private void run(UnaryOperator<ReconcilerBuilder> more, Map<ChangeKind, Integer> expected) {
        Reconciler reconciler = reconciler(more);
        try (Plan plan = reconciler.plan()) {
            assertThat(plan.guardrails().passed())
                    .as(plan.guardrails().toString())
                    .isTrue();
            assertThat(plan.conflicts()).isEmpty();
            expected.forEach((kind, count) ->
                    assertThat(plan.counts().of(kind)).as(kind.word()).isEqualTo(count));
            assertThat(plan.counts().byKind().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(expected.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum());
            try (Outcomes outcomes = reconciler.apply(plan)) {
                assertThat(outcomes.failures()).isEmpty();
                assertThat(outcomes.isComplete()).isTrue();
                assertThat(outcomes.normalized()).isEmpty();
            }
        }
        try (Plan again = reconciler(more).plan()) {
            assertThat(again.isEmpty()).as("a second run: " + again).isTrue();
        }
    }

    private void run(Map<ChangeKind, Integer> expected) {
        run(builder -> builder.allow("maxDisableOrDelete"), expected);
    }

    @Test
    void an_account_is_made_adopted_changed_disabled_enabled_and_ended() {
        somebodyElseMakes("u3@example.test");
        for (int i = 1; i <= 5; i++) {
            people.add(person(i));
        }
        run(Map.of(ChangeKind.CREATE, 4, ChangeKind.LINK, 1, ChangeKind.MODIFY, 1));

        people.get(0).put("last", "Married");
        people.get(1).remove("title");
        people.get(1).put("title", null);
        people.get(2).put("department", "Sales");
        people.get(3).put("mail", "new4@example.test");
        run(Map.of(ChangeKind.MODIFY, 4));

        people.get(0).put("enabled", false);
        run(Map.of(ChangeKind.DISABLE, 1));

        people.get(0).put("enabled", true);
        people.get(0).put("title", "Chief");
        run(Map.of(ChangeKind.ENABLE, 1, ChangeKind.MODIFY, 1));

        Map<String, Object> leaver = people.remove(4);
        run(Map.of(ChangeKind.DISABLE, 1));

        people.add(leaver);
        run(Map.of(ChangeKind.ENABLE, 1));

        people.remove(4);
        run(
                builder -> builder.allow("maxDisableOrDelete")
                        .categories(Categories.all())
                        .leavers(Leavers.delete()),
                Map.of(ChangeKind.DELETE, 1));
    }

    @Test
    void nobody_is_deleted_unless_that_is_asked_for_twice() {
        people.add(person(1));
        people.add(person(2));
        run(Map.of(ChangeKind.CREATE, 2));
        people.remove(1);
        try (Plan plan =
                reconciler(builder -> builder.leavers(Leavers.delete())).plan()) {
            assertThat(plan.counts().isEmpty()).isTrue();
            assertThat(plan.withheld().of(ChangeKind.DELETE)).isEqualTo(1);
            assertThat(plan.situations()).containsEntry(Situation.SOURCE_MISSING, 1);
        }
    }

    @Test
    void without_half_of_the_people_a_guardrail_trips_and_nobody_is_disabled() {
        for (int i = 1; i <= 30; i++) {
            people.add(person(i));
        }
        run(Map.of(ChangeKind.CREATE, 30));
        people.subList(15, 30).clear();
        Reconciler reconciler = reconciler(builder -> builder);
        try (Plan plan = reconciler.plan();
                Outcomes outcomes = reconciler.apply(plan)) {
            assertThat(plan.guardrails().passed()).isFalse();
            assertThat(plan.blocked().of(ChangeKind.DISABLE)).isEqualTo(15);
            assertThat(outcomes.counts().isEmpty()).isTrue();
        }
    }
}
