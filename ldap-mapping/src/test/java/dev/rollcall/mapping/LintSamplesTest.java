package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.firstOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.rule.OnNothing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sample records say against a mapping. */
class LintSamplesTest {
    private static MappingBuilder people() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn},ou=people,dc=example,dc=test")
                .objectClasses("inetOrgPerson")
                .attribute("cn", "${record.name}")
                .attribute("sn", "${record.name}");
    }

    private static UserRecord person(Object... more) {
        UserRecord ada = UserRecord.of(Map.of("id", 1, "name", "Ada", "department", "Research"));
        for (int i = 0; i < more.length; i += 2) {
            ada = ada.with((String) more[i], Value.from(more[i + 1]));
        }
        return ada;
    }

    private static List<Problem> findings(MappingBuilder builder, UserRecord... records) {
        return Lint.of(builder.build()).samples(List.of(records)).findings();
    }

    @Nested
    class a_column_that_no_sample_has {
        private List<Problem> unknown(MappingBuilder builder) {
            return findings(builder, person()).stream()
                    .filter(problem -> problem.code().equals("unknown-column"))
                    .toList();
        }

        @ParameterizedTest
        @CsvSource({"record.nme, attributes.ou", "record.name ?? record.nme, attributes.ou"})
        void is_told_at_the_format_that_names_it(String macro, String path) {
            assertThat(unknown(people().attribute("ou", "${" + macro + "}")))
                    .extracting(Problem::path, Problem::remedy)
                    .containsExactly(tuple(path, "did you mean 'name'?"));
        }

        @Test
        void is_told_at_the_alternative_that_asks_for_it() {
            assertThat(unknown(people().attribute(
                                    "ou",
                                    firstOf(
                                            Alternative.when("record.department == 'Research'", "r"),
                                            Alternative.when("record.nme is present", "x")))))
                    .extracting(Problem::path)
                    .containsExactly("attributes.ou[1].format");
        }

        @Test
        void is_told_at_the_key_or_the_dn() {
            assertThat(unknown(people().key("ids", "employeeNumber")))
                    .extracting(Problem::path)
                    .containsExactly("key.column");
            assertThat(unknown(people().dn("cn=${cn},ou=${record.team},dc=test")))
                    .extracting(Problem::path)
                    .containsExactly("dn");
        }

        @Test
        void of_a_column_that_is_there_is_told_as_that_columns_part() {
            assertThat(unknown(people().attribute("ou", "${record.department.name}")))
                    .extracting(Problem::remedy)
                    .containsExactly("look at what department holds");
        }

        @Test
        void is_no_finding_if_one_of_them_has_it() {
            assertThat(findings(people().attribute("ou", "${record.team}"), person(), person("team", "A")))
                    .isEmpty();
        }
    }

    @Nested
    class a_condition {
        @Test
        void that_holds_for_one_sample_is_no_finding() {
            MappingBuilder builder = people().group("cn=r,dc=test", "record.department == 'Sales'")
                    .attribute("ou", firstOf(Alternative.when("record.department == 'Sales'", "s")));

            assertThat(findings(builder, person(), person("department", "Sales")))
                    .isEmpty();
        }

        @Test
        void of_an_alternative_that_holds_for_none_is_told() {
            assertThat(findings(
                            people().attribute(
                                            "ou",
                                            firstOf(
                                                    Alternative.when("record.department == 'Sales'", "s"),
                                                    Alternative.otherwise("x"))),
                            person()))
                    .extracting(Problem::code, Problem::path)
                    .containsExactly(tuple("condition-never-holds", "attributes.ou[0].when"));
        }

        @Test
        void that_asks_for_no_column_is_not_judged_by_them() {
            assertThat(findings(people().group("cn=r,dc=test", "run.full"), person()))
                    .isEmpty();
            assertThat(findings(people().group("cn=r,dc=test", "entry.title == 'x'"), person()))
                    .isEmpty();
        }

        @Test
        void that_fails_is_told_with_the_samples_that_are_rejected_alone() {
            assertThat(findings(people().group("cn=r,dc=test", "record.department"), person()))
                    .extracting(Problem::code)
                    .containsExactly("sample-rejected");
        }
    }

    @Nested
    class a_boolean {
        @ParameterizedTest
        @CsvSource({"employeeType, ${record.on}", "title, Is ${record.on}", "description, ${record.on | toText}"})
        void in_an_attribute_that_is_none_is_told_where_it_stands_alone(String attribute, String format) {
            List<Problem> found =
                    findings(people().attribute(attribute, format), person("on", true), person("on", "x"));

            if (attribute.equals("employeeType")) {
                assertThat(found)
                        .extracting(Problem::code, Problem::path, Problem::message)
                        .containsExactly(tuple(
                                "boolean-as-text",
                                "attributes.employeeType",
                                "1 of 2 samples write TRUE or FALSE as a string to employeeType, which is not a"
                                        + " boolean: record.on is one"));
            } else {
                assertThat(found).isEmpty();
            }
        }

        @Test
        void is_not_told_of_an_attribute_that_may_be_one() {
            assertThat(findings(people().attribute("msExchHideFromAddressLists", "${record.on}"), person("on", true)))
                    .isEmpty();
        }

        @Test
        void is_not_told_once_the_format_says_the_text() {
            assertThat(findings(
                            people().attribute("employeeType", "${if(record.on, 'active', 'former')}"),
                            person("on", true),
                            person("on", false)))
                    .isEmpty();
        }
    }

    @Nested
    class nobody_as_a_reference {
        private List<Problem> kept(AttributeRule rule, Object... nobody) {
            return findings(
                    people().attribute("manager", rule),
                    person("boss", "42"),
                    nobody.length == 0 ? person() : person("boss", nobody[0]));
        }

        @Test
        void is_told_where_the_column_is_left_out_empty_or_an_empty_list() {
            AttributeRule rule = AttributeRule.reference("${record.boss}");

            assertThat(List.of(kept(rule), kept(rule, ""), kept(rule, List.of())))
                    .allSatisfy(found -> assertThat(found)
                            .extracting(Problem::code, Problem::path)
                            .containsExactly(tuple("reference-kept", "attributes.manager")));
        }

        @Test
        void is_told_with_what_clears_where_it_is_false() {
            assertThat(kept(AttributeRule.reference("${record.boss}"), false))
                    .extracting(Problem::code, Problem::remedy)
                    .containsExactly(tuple(
                            "reference-kept",
                            "treat false as no value: ${if(record.boss == false, clear(), record.boss)}"));
        }

        @Test
        void is_not_told_where_the_rule_says_what_is_meant() {
            AttributeRule rule = AttributeRule.reference("${if(record.boss == false, clear(), record.boss)}")
                    .onAbsent(OnNothing.CLEAR)
                    .onEmpty(OnNothing.CLEAR);

            assertThat(kept(rule, false)).isEmpty();
            assertThat(kept(rule, "")).isEmpty();
            assertThat(kept(rule, List.of())).isEmpty();
            assertThat(kept(rule)).isEmpty();
        }

        @Test
        void is_not_told_where_it_is_null() {
            assertThat(kept(AttributeRule.reference("${record.boss}"), (Object) null))
                    .isEmpty();
        }
    }

    @Test
    void samples_that_fail_for_different_reasons_are_counted_apart() {
        assertThat(findings(
                        people().attribute("title", "${record.title | toInteger}"),
                        person("title", "x"),
                        person("name", null, "title", "1"),
                        person("title", "y")))
                .extracting(problem -> problem.message().substring(0, 12), Problem::path)
                .containsExactly(tuple("2 of 3 sampl", "attributes.title"), tuple("1 of 3 sampl", "attributes.cn"));
    }
}
