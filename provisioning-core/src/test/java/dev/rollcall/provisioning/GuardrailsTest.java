package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.mapping.MappingBuilder;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.internal.guardrail.GuardrailCheck;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardrailsTest {
    private static final String SALES = "cn=sales," + Roll.GROUPS;

    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    private static MappingBuilder byId() {
        return dev.rollcall.mapping.Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=u${record.id}," + Roll.PEOPLE)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last}")
                .attribute("cn", "${record.first}");
    }

    private void people(int from, int to, String... more) {
        for (int id = from; id <= to; id++) {
            roll.person(id, "First" + id, "Last" + id, more);
        }
    }

    private static List<String> tripped(Plan plan) {
        return plan.guardrails().tripped().stream().map(Guardrail::label).toList();
    }

    private static List<String> blocked(Plan plan) {
        try (Stream<Change> changes = plan.blockedChanges()) {
            return changes.map(change -> change.kind().word() + " " + change.key())
                    .toList();
        }
    }

    private Plan keys(Integer... keys) {
        roll.policies =
                builder -> builder.keys(Stream.of(keys).map(String::valueOf).toList());
        return roll.plan();
    }

    @Nested
    class Every_kind_of_change {
        @ParameterizedTest
        @EnumSource
        void is_counted_by_a_guardrail(ChangeKind kind) throws Exception {
            Guardrails none = Guardrails.defaults()
                    .maxDisableOrDelete(Limit.count(0))
                    .maxModify(Limit.count(0))
                    .maxAttributeChange(Limit.none())
                    .maxCreate(Limit.count(0))
                    .maxEnable(Limit.count(0))
                    .maxGroupRemove(Limit.count(0));
            GuardrailCheck check = new GuardrailCheck(none, Set.of(), true, "employeeNumber");
            check.members(group -> 100);
            for (int i = 0; i < 60; i++) {
                DN dn = new DN("uid=u" + i + "," + Roll.PEOPLE);
                DirectoryChange.Builder draft = DirectoryChange.builder(kind, "" + i, dn);
                draft.id("id" + i);
                draft.newDn(kind == ChangeKind.RENAME || kind == ChangeKind.MOVE ? dn : null);
                draft.group(kind == ChangeKind.GROUP_ADD || kind == ChangeKind.GROUP_REMOVE ? new DN(SALES) : null);
                check.add(draft.build());
            }
            GuardrailCheck.Population hundred =
                    new GuardrailCheck.Population(100, 100, 100, 100, 0, 100, 0, true, false);

            assertThat(check.verdict(hundred).passed()).isFalse();
        }
    }

    @Nested
    class Many_who_are_enabled {
        private void disabled(int count) {
            roll.sourceSettings = source -> source.active("record.active ?? true");
            people(1, count, "active", "false");
            people(count + 1, 20);
            List<dev.rollcall.connector.UserRecord> all = new ArrayList<>(roll.records);
            roll.records.clear();
            people(1, 20);
            roll.sync().close();
            roll.records.clear();
            roll.records.addAll(all);
            roll.policies = builder -> builder.allow(GuardrailName.MAX_DISABLE_OR_DELETE);
            roll.sync().close();
            roll.policies = builder -> builder;
            roll.records.clear();
        }

        @Test
        void stay_disabled_while_all_else_is_done() {
            disabled(10);
            people(1, 18);
            roll.person(19, "Other", "Last19").person(21, "New", "Comer");

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxEnable");
                assertThat(plan.guardrails().tripped().get(0).toString()).isEqualTo("maxEnable: 50 %, limit 25 %");
                assertThat(plan.guardrails().decision()).isEqualTo(GuardrailVerdict.Decision.REDUCED);
                assertThat(plan.counts().of(ChangeKind.ENABLE)).isZero();
                assertThat(plan.counts().of(ChangeKind.CREATE)).isEqualTo(1);
                assertThat(plan.counts().of(ChangeKind.DISABLE))
                        .as("the leaver, number 20")
                        .isEqualTo(1);
                assertThat(plan.blocked().of(ChangeKind.ENABLE)).isEqualTo(10);
                assertThat(blocked(plan))
                        .hasSize(10)
                        .contains("enable 1", "enable 10")
                        .doesNotContain("disable 20");
            }
        }

        @Test
        void are_enabled_when_it_is_allowed() {
            disabled(10);
            people(1, 20);
            roll.policies = builder -> builder.allow("maxEnable");

            try (Plan plan = roll.plan()) {
                assertThat(plan.guardrails().passed()).isTrue();
                assertThat(plan.counts().of(ChangeKind.ENABLE)).isEqualTo(10);
                assertThat(blocked(plan)).isEmpty();
            }
        }

        @Test
        void stay_disabled_in_a_delta_as_well() {
            disabled(10);
            roll.sourceSettings = source -> source.delta().active("record.active ?? true");
            people(1, 10);

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxEnable");
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        @Test
        void are_measured_by_everybody_when_some_keys_are_asked_for() {
            disabled(10);
            people(1, 20);

            try (Plan plan = keys(1, 2, 3, 4, 5)) {
                assertThat(plan.guardrails().passed()).isTrue();
                assertThat(plan.counts().of(ChangeKind.ENABLE)).isEqualTo(5);
            }
            try (Plan plan = keys(1, 2, 3, 4, 5, 6)) {
                assertThat(tripped(plan)).containsExactly("maxEnable");
                assertThat(plan.guardrails().tripped().get(0).population()).isEqualTo(20);
            }
        }
    }

    @Nested
    class A_group_that_many_would_leave {
        private void members(int count, int others) {
            roll.mapping = byId().group(SALES, "record.department == 'Sales'").build();
            roll.entry("dn: " + SALES, "objectClass: groupOfNames", "cn: sales", "member: cn=nobody");
            people(1, count, "department", "Sales");
            people(count + 1, count + others, "department", "Other");
            roll.sync().close();
            assertThat(members()).hasSize(count + 1);
            roll.records.clear();
        }

        private List<String> members() {
            return List.of(roll.read(SALES).getAttributeValues("member"));
        }

        @Test
        void keeps_them_and_loses_the_leaver() {
            roll.policies = builder -> builder.leavers(Leavers.disable().groups(Leavers.Groups.REMOVE_OWNED));
            members(100, 0);
            people(1, 99, "department", "sales");

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxGroupRemove:" + SALES);
                assertThat(plan.guardrails().tripped().get(0).actual()).isEqualTo(99);
                assertThat(plan.guardrails().tripped().get(0).population()).isEqualTo(100);
                assertThat(plan.counts().of(ChangeKind.GROUP_REMOVE)).isEqualTo(1);
                assertThat(plan.counts().of(ChangeKind.DISABLE)).isEqualTo(1);
                assertThat(blocked(plan)).hasSize(99).contains("groupRemove 1");
            }
            roll.sync().close();
            assertThat(members()).hasSize(100);
        }

        @Test
        void loses_a_quarter_of_them() {
            members(100, 0);
            people(1, 25, "department", "sales");
            people(26, 100, "department", "Sales");

            try (Plan plan = roll.plan()) {
                assertThat(plan.guardrails().passed()).isTrue();
                assertThat(plan.counts().of(ChangeKind.GROUP_REMOVE)).isEqualTo(25);
            }
        }

        @Test
        void loses_more_than_the_count_where_they_are_few_of_its_members() {
            members(200, 0);
            people(1, 40, "department", "sales");
            people(41, 200, "department", "Sales");

            try (Plan plan = roll.plan()) {
                assertThat(plan.guardrails().passed()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void keeps_them_in_a_run_about_some(boolean delta) {
            members(60, 40);
            people(1, 40, "department", "sales");
            if (delta) {
                roll.sourceSettings = Source::delta;
            } else {
                roll.policies = builder -> builder.keys(
                        IntStream.rangeClosed(1, 40).mapToObj(String::valueOf).toList());
            }

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxGroupRemove:" + SALES);
                assertThat(plan.guardrails().tripped().get(0).population()).isEqualTo(60);
                assertThat(plan.isEmpty()).isTrue();
            }
        }
    }

    @Nested
    class Many_conflicts {
        @Test
        void leave_a_run_with_the_ends_of_leavers_alone() {
            people(1, 100);
            roll.sync().close();
            roll.records.clear();
            people(1, 39);
            people(1, 39);
            people(40, 98);
            roll.person(99, "Other", "Last99").person(101, "New", "Comer");

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxConflicts");
                assertThat(plan.guardrails().tripped().get(0).actualText()).contains("most of them DUPLICATE_KEY");
                assertThat(Roll.changes(plan)).containsExactly("disable 100 uid=flast100");
                assertThat(blocked(plan)).containsExactly("modify 99", "create 101");
            }
            assertThat(roll.sync().counts().of(ChangeKind.DISABLE)).isEqualTo(1);
        }

        @Test
        void are_a_share_of_the_entries_where_those_are_more() {
            people(1, 200);
            roll.sync().close();
            roll.records.clear();
            people(1, 39);
            people(1, 39);
            roll.sourceSettings = Source::delta;

            try (Plan plan = roll.plan()) {
                assertThat(plan.conflicts()).hasSize(39);
                assertThat(plan.guardrails().passed()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 40})
        void of_a_filter_that_finds_nobody_are_reported(int people) {
            people(1, people);
            roll.sync().close();
            roll.directorySettings = builder -> builder.filter("(objectClass=inetOrgPersn)");
            roll.directory = null;

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).contains("unlinkedEntries");
                assertThat(plan.isEmpty()).isTrue();
            }
            try (Plan plan = keys(1)) {
                assertThat(tripped(plan)).contains("unlinkedEntries");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 40})
        void of_a_key_that_cannot_be_read_name_the_attribute(int people) {
            for (int id = 1; id <= people; id++) {
                roll.account("flast" + id);
            }
            people(1, people);
            roll.mapping = dev.rollcall.mapping.Mapping.builder()
                    .key("id", "employeeNumber")
                    .dn("uid=flast${record.id}," + Roll.PEOPLE)
                    .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                    .attribute("sn", "${record.last}")
                    .attribute("cn", "${record.first}")
                    .build();

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).contains("maxConflicts");
                assertThat(plan.guardrails().toString()).contains("employeeNumber");
                assertThat(plan.isEmpty()).isTrue();
            }
            try (Plan plan = keys(1)) {
                assertThat(plan.guardrails().toString()).contains("employeeNumber");
            }
        }

        @Test
        void of_people_who_are_all_elsewhere_are_reported() {
            for (int id = 1; id <= 30; id++) {
                roll.entry(
                        "dn: uid=u" + id + "," + Roll.GROUPS,
                        "objectClass: inetOrgPerson",
                        "uid: u" + id,
                        "cn: u",
                        "sn: u",
                        "employeeNumber: " + id);
            }
            people(1, 30);

            try (Plan plan = roll.plan()) {
                assertThat(plan.situations()).containsEntry(Situation.ELSEWHERE, 30);
                assertThat(tripped(plan)).contains("maxConflicts");
            }
        }
    }

    @Nested
    class What_is_blocked {
        @Test
        void is_everything_of_a_run_that_is_stopped() {
            people(1, 10);
            roll.sync().close();
            roll.records.clear();

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).contains("emptySource");
                assertThat(blocked(plan)).hasSize(10).contains("disable 10");
            }
        }

        @Test
        void is_a_part_of_a_modification_where_only_a_part_takes_something_away() {
            people(1, 10);
            roll.sync().close();
            roll.records.clear();
            people(2, 6);
            roll.records.add(
                    dev.rollcall.connector.UserRecord.of(java.util.Map.of("id", 1, "first", "Ada", "last", "L")));

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxDisableOrDelete");
                assertThat(blocked(plan))
                        .containsExactly("disable 7", "disable 8", "disable 9", "disable 10", "modify 1");
                try (Stream<Change> changes = plan.blockedChanges()) {
                    Optional<Change> cut = changes.filter(change -> change.kind() == ChangeKind.MODIFY)
                            .findFirst();
                    assertThat(cut.orElseThrow().attributes())
                            .extracting(AttributeChange::name)
                            .containsExactly("mail");
                }
            }
        }

        @Test
        void is_who_waits_for_the_name_of_a_leaver_too() {
            roll.mapping = Roll.byName().build();
            roll.policies = builder -> builder.leavers(Leavers.delete()).categories(Categories.all());
            people(1, 10);
            roll.sync().close();
            roll.records.clear();
            people(1, 5);
            roll.person(6, "First10", "Last6");

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxDisableOrDelete");
                assertThat(blocked(plan)).contains("delete 10", "rename 6");
                assertThat(Roll.conflicts(plan)).contains("DN_TAKEN 6");
            }
        }
    }
}
