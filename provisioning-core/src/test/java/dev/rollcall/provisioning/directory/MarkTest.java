package dev.rollcall.provisioning.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mark beside values that people wrote, and what no mapping may write. */
class MarkTest {
    private final Roll roll = new Roll();

    @BeforeEach
    void the_mark_stands_in_description() {
        roll.directorySettings = builder -> builder.mark("description", "rollcall:crm");
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void is_written_on_linking_beside_what_is_there() {
        roll.account("alovelace", "mail: ada.lovelace@example.test", "description: Countess");
        roll.mapping = Roll.mapping().match("mail", "${record.email | lower}").build();
        roll.policies = builder -> builder.categories(Categories.all());
        roll.person(1, "Ada", "Lovelace").sync().close();

        assertThat(roll.values("uid=alovelace", "description")).containsExactlyInAnyOrder("Countess", "rollcall:crm");
    }

    @Test
    void gets_the_date_of_a_disable_beside_what_is_there() {
        roll.sourceSettings = source -> source.active("(record.here ?? 'yes') == 'yes'");
        roll.account("aone", "employeeNumber: 5", "description: Old", "description: rollcall:crm");
        roll.person(5, "A", "One", "here", "no").sync().close();

        assertThat(roll.values("uid=aone", "description"))
                .hasSize(2)
                .contains("Old")
                .anyMatch(value -> value.startsWith("rollcall:crm;disabled="));
        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
        }
    }

    @Test
    void loses_its_date_when_somebody_else_enables_the_account() {
        roll.people(40).sync().close();
        var two = roll.records.remove(1);
        roll.sync().close();
        assertThat(roll.values("uid=flast2", "description")).containsExactly("rollcall:crm;disabled=2026-11-23");
        roll.modify("dn: uid=flast2," + Roll.PEOPLE, "changetype: modify", "delete: pwdAccountLockedTime");
        roll.records.add(two);
        roll.sync().close();

        assertThat(roll.values("uid=flast2", "description")).containsExactly("rollcall:crm");
        roll.modify(
                "dn: uid=flast2," + Roll.PEOPLE,
                "changetype: modify",
                "add: pwdAccountLockedTime",
                "pwdAccountLockedTime: 000001010000Z");
        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(Roll.conflicts(plan)).containsExactly("DISABLED_ELSEWHERE 2");
        }
    }

    @Nested
    class A_mapping {
        @Test
        void that_writes_the_attribute_of_the_mark_is_refused() {
            roll.mapping =
                    Roll.mapping().attribute("Description", "${record.bio}").build();

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(roll::plan)
                    .withMessageContaining(
                            "mapping.attributes.Description: the mapping writes Description, which holds the mark");
        }

        @ParameterizedTest
        @CsvSource({"description, 2.5.4.13", "2.5.4.13, description", "2.5.4.13, 2.5.4.13"})
        void that_writes_the_attribute_of_the_mark_by_another_name_is_refused(String written, String marked) {
            roll.directorySettings = builder -> builder.mark(marked, "rollcall:crm");
            roll.mapping = Roll.mapping().attribute(written, "${record.bio}").build();

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(roll::plan)
                    .withMessageContaining("mapping.attributes." + written + ": the mapping writes ");
        }

        @ParameterizedTest
        @CsvSource({"title, 2.5.4.12", "2.5.4.12, title", "l, localityName", "localityName, 2.5.4.7"})
        void that_writes_what_the_filter_looks_at_by_another_name_is_refused(String written, String asked) {
            roll.directorySettings = builder -> builder.filter("(&(objectClass=inetOrgPerson)(" + asked + "=staff))");
            roll.mapping = Roll.mapping().attribute(written, "${record.title}").build();

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(roll::plan)
                    .withMessageContaining("mapping.attributes." + written + ": the mapping writes ");
        }

        @Test
        void that_always_gives_what_the_filter_wants_by_another_name_is_accepted() {
            roll.directorySettings = builder -> builder.filter("(&(objectClass=inetOrgPerson)(2.5.4.12=staff))");
            roll.mapping = Roll.mapping().attribute("title", "staff").build();
            roll.plan().close();
        }

        @Test
        void that_writes_what_the_filter_looks_at_is_refused() {
            roll.directorySettings = builder -> builder.filter("(&(objectClass=inetOrgPerson)(title=staff))");
            roll.mapping = Roll.mapping().attribute("title", "${record.title}").build();

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(roll::plan)
                    .withMessageContaining("the mapping writes title, which the filter of managed entries looks at");
        }

        @Test
        void that_writes_the_value_that_a_negated_filter_excludes_is_refused() {
            roll.directorySettings = builder -> builder.filter("(!(title=contractor))");
            roll.mapping = Roll.mapping()
                    .attribute("title", AttributeRule.format("contractor"))
                    .build();

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(roll::plan)
                    .withMessageContaining("title");
        }

        @Test
        void that_may_clear_what_the_filter_wants_present_is_refused() {
            roll.directorySettings = builder -> builder.filter("(telephoneNumber=*)");
            roll.mapping = Roll.mapping()
                    .attribute(
                            "telephoneNumber",
                            AttributeRule.format("${record.phone}").onNull(OnNothing.CLEAR))
                    .build();

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(roll::plan)
                    .withMessageContaining("telephoneNumber");
        }

        @Test
        void that_always_gives_what_the_filter_wants_is_accepted() {
            roll.directorySettings = builder -> builder.filter(
                    "(&(objectClass=inetOrgPerson)(employeeNumber=*)(uid=*)(sn=*)(title=staff)(!(l=x)))");
            roll.mapping = Roll.mapping().attribute("title", "staff").build();

            roll.person(1, "Ada", "Lovelace");
            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("create 1 uid=alovelace");
            }
        }
    }
}
