package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Alternative;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MappingBuilder;
import dev.rollcall.mapping.rule.ValuesPolicy;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Leavers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VanishedColumnTest {
    private final Roll roll = new Roll();

    /** What every record has, but for the attributes in question. */
    private static MappingBuilder mapping() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=u${record.id}," + Roll.PEOPLE)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last}")
                .attribute("cn", "${record.first}");
    }

    @BeforeEach
    void ten_people_have_accounts_with_a_title() {
        roll.mapping = mapping().attribute("title", "${record.title | trim}").build();
        for (int id = 1; id <= 10; id++) {
            roll.person(id, "First" + id, "Last" + id, "title", "Engineer", "department", "Sales");
        }
        roll.sync();
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private void vanishes(String column, int fromRecords) {
        for (int i = 0; i < fromRecords; i++) {
            Map<String, Object> columns = new LinkedHashMap<>();
            UserRecord record = roll.records.get(i);
            for (String name : List.of("id", "first", "last", "title", "department")) {
                record.value(name)
                        .text()
                        .filter(text -> !name.equals(column))
                        .ifPresent(text -> columns.put(name, text));
            }
            roll.records.set(i, UserRecord.of(columns));
        }
    }

    private static List<String> tripped(Plan plan) {
        return plan.guardrails().tripped().stream().map(Guardrail::label).toList();
    }

    private void tripsNothing() {
        try (Plan plan = roll.plan()) {
            assertThat(tripped(plan)).isEmpty();
        }
    }

    @Nested
    class A_column_that_is_in_no_record_any_more {
        @Test
        void stops_a_run_that_would_change_nothing() {
            vanishes("title", 10);

            try (Plan plan = roll.plan()) {
                assertThat(plan.guardrails().tripped())
                        .containsExactly(new Guardrail(
                                GuardrailName.VANISHED_COLUMN,
                                "title",
                                Limit.percent(60),
                                10,
                                10,
                                "record.title is in 0 of 10 records, and 10 entries have title",
                                false));
                assertThat(plan.guardrails().decision()).isEqualTo(GuardrailVerdict.Decision.STOPPED);
            }
        }

        @Test
        void stops_a_run_whose_entries_differ_as_well() {
            vanishes("title", 10);
            for (int id = 1; id <= 5; id++) {
                roll.modify("dn: uid=u" + id + "," + Roll.PEOPLE, "changetype: modify", "replace: cn", "cn: Somebody");
            }
            roll.person(11, "New", "Comer");

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("vanishedColumn:title");
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.blocked().of(ChangeKind.MODIFY)).isEqualTo(5);
            }
        }

        @Test
        void stops_nothing_once_it_is_allowed() {
            roll.policies = builder -> builder.allow("vanishedColumn:title");
            vanishes("title", 10);

            try (Plan plan = roll.plan()) {
                assertThat(plan.guardrails().passed()).isTrue();
            }
        }

        @Test
        void stops_a_run_that_would_take_everybody_out_of_a_group() {
            roll.entry("dn: cn=sales," + Roll.GROUPS, "objectClass: groupOfNames", "cn: sales", "member: cn=x");
            roll.mapping = mapping()
                    .group("cn=sales," + Roll.GROUPS, "record.department == 'Sales'")
                    .build();
            roll.sync();
            vanishes("department", 10);

            try (Plan plan = roll.plan()) {
                assertThat(plan.guardrails().tripped())
                        .containsExactly(new Guardrail(
                                GuardrailName.VANISHED_COLUMN,
                                "cn=sales," + Roll.GROUPS,
                                Limit.percent(60),
                                10,
                                10,
                                "record.department is in 0 of 10 records, and 10 members would leave cn=sales,"
                                        + Roll.GROUPS,
                                false));
                assertThat(plan.blocked().of(ChangeKind.GROUP_REMOVE)).isEqualTo(10);
            }
        }

        @Test
        void stops_a_run_when_only_alternatives_ask_for_it() {
            roll.mapping = mapping()
                    .attribute(
                            "title",
                            AttributeRule.firstOf(Alternative.when("record.department == 'Sales'", "Engineer")))
                    .build();
            tripsNothing();
            vanishes("department", 10);

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("vanishedColumn:title");
            }
        }
    }

    @Nested
    class No_guardrail_trips {
        @Test
        void when_some_records_still_have_the_column() {
            vanishes("title", 9);

            tripsNothing();
        }

        @Test
        void when_the_mapping_reckons_with_its_absence() {
            roll.mapping = mapping()
                    .attribute(
                            "title",
                            AttributeRule.firstOf(Alternative.when("record.title is present", "${record.title}")))
                    .build();
            vanishes("title", 10);

            tripsNothing();
        }

        @Test
        void when_another_column_takes_its_place() {
            roll.mapping = mapping()
                    .attribute("title", "${record.title ?? 'Engineer'}")
                    .build();
            vanishes("title", 10);

            tripsNothing();
        }

        @Test
        void when_the_entries_have_no_value_either() {
            roll.mapping = mapping().attribute("mobile", "${record.mobile}").build();

            tripsNothing();
        }

        @Test
        void when_few_entries_have_a_value() {
            roll.mapping = mapping().attribute("mobile", "${record.mobile}").build();
            for (int id = 1; id <= 6; id++) {
                roll.modify("dn: uid=u" + id + "," + Roll.PEOPLE, "changetype: modify", "add: mobile", "mobile: +4912");
            }

            tripsNothing();
        }

        @Test
        void when_values_are_merged_with_those_of_others() {
            roll.mapping = mapping()
                    .attribute("title", AttributeRule.format("${record.title}").values(ValuesPolicy.merge()))
                    .build();
            vanishes("title", 10);

            tripsNothing();
        }

        @Test
        void when_only_changes_were_asked_for() {
            vanishes("title", 10);
            roll.sourceSettings = source -> source.query(UserQuery.changedSince(Instant.EPOCH));

            tripsNothing();
        }

        @Test
        void when_there_are_but_two_people() {
            vanishes("title", 10);
            roll.records.subList(2, 10).clear();
            roll.policies = builder -> builder.leavers(Leavers.ignore());

            tripsNothing();
        }
    }
}
