package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.format;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.rule.Limits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a directory's schema says against a mapping: values of another syntax, classes, what must be there. */
class LintSchemaTest {
    private static final String[] SYNTAXES = {"27", "7", "12", "24", "26", "36", "44", "50", "15", "27{9}"};

    /** A standard schema with an attribute {@code syntaxN} for each N, which the class {@code thing} allows. */
    private static Schema schema(String... classes) throws Exception {
        Entry entry = new Entry(
                "cn=schema", Schema.getDefaultStandardSchema().getSchemaEntry().getAttributes());
        for (int i = 0; i < SYNTAXES.length; i++) {
            entry.addAttribute(
                    "attributeTypes",
                    "( 1.1." + i + " NAME 'syntax" + i + "' SYNTAX 1.3.6.1.4.1.1466.115.121.1." + SYNTAXES[i] + " )");
        }
        entry.addAttribute("attributeTypes", "( 1.1.99 NAME 'ours' SYNTAX 9.9.27 )");
        entry.addAttribute(
                "objectClasses",
                "( 1.2.1 NAME 'thing' SUP top STRUCTURAL MUST cn MAY ( ours $ syntax0 $ syntax1 $ syntax2 $ syntax3"
                        + " $ syntax4 $ syntax5 $ syntax6 $ syntax7 $ syntax8 $ syntax9 ) )");
        for (String definition : classes) {
            entry.addAttribute("objectClasses", definition);
        }
        return new Schema(entry);
    }

    private static MappingBuilder things() {
        return Mapping.builder()
                .key("id", "ours")
                .dn("cn=${cn},dc=example,dc=test")
                .objectClasses("top", "thing")
                .attribute("cn", "${record.name}");
    }

    private static List<Problem> findings(MappingBuilder builder, Object value, String... classes) throws Exception {
        return Lint.of(builder.build())
                .samples(List.of(UserRecord.of(Map.of("id", 1, "name", "Ada", "v", value))))
                .schema(schema(classes))
                .findings();
    }

    private static String syntax(String number) {
        return "syntax" + List.of(SYNTAXES).indexOf(number);
    }

    @ParameterizedTest
    @CsvSource({
        "27, 12",
        "27, -12",
        "27{9}, 12",
        "7, TRUE",
        "7, FALSE",
        "12, 'cn=a,dc=b'",
        "24, 20270331120000Z",
        "26, a@b.test",
        "36, 12 34",
        "44, 'Room 1, (A)'",
        "50, +49 30 1234",
        "15, Zoë"
    })
    void a_value_of_the_attributes_syntax_is_no_finding(String number, String value) throws Exception {
        assertThat(findings(things().attribute(syntax(number), "${record.v}"), value))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "27, 12.5, a whole number",
        "27{9}, x, a whole number",
        "7, true, TRUE or FALSE",
        "12, Ada, a DN",
        "24, 2027-03-31, a time such as 20270331120000Z",
        "26, Zoë, ASCII characters",
        "36, 12a, digits",
        "44, a_b, plain characters",
        "50, 12*3, plain characters"
    })
    void a_value_of_another_syntax_is_told_with_what_is_expected(String number, String value, String expected)
            throws Exception {
        assertThat(findings(things().attribute(syntax(number), "${record.v}"), value))
                .extracting(Problem::code, Problem::message)
                .containsExactly(tuple(
                        "wrong-syntax",
                        syntax(number) + " takes " + expected + ", and a sample gives '" + value + "'"));
    }

    @Test
    void bytes_and_syntaxes_of_someone_elses_are_not_judged() throws Exception {
        assertThat(findings(
                        things().attribute(syntax("27"), format("${record.v}").binary()), "Zm9v"))
                .isEmpty();
        assertThat(findings(things().key("v", "ours"), "no number")).isEmpty();
    }

    @Test
    void several_values_in_a_sample_are_told_where_the_directory_keeps_one() throws Exception {
        MappingBuilder people = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn},dc=test")
                .objectClasses("inetOrgPerson")
                .attribute("cn", "${record.name}")
                .attribute("sn", "${record.name}")
                .attribute("displayName", "${record.v}");

        assertThat(findings(people, List.of("a", "b")))
                .extracting(Problem::code, Problem::path)
                .containsExactly(tuple("single-valued", "attributes.displayName"));
        assertThat(findings(people, List.of("a"))).isEmpty();
    }

    @Nested
    class an_attribute {
        @Test
        void that_a_class_demands_is_allowed_and_must_be_mapped() throws Exception {
            String badge = "( 1.2.2 NAME 'badge' SUP thing AUXILIARY MUST ( sn $ title ) )";
            MappingBuilder builder = things().objectClasses("badge");

            assertThat(findings(builder.attribute("title", "${record.v}"), "x", badge))
                    .extracting(Problem::code, Problem::message)
                    .containsExactly(tuple("mandatory-unmapped", "the object classes demand sn, which is not mapped"));
        }

        @Test
        void that_no_class_names_is_allowed_by_the_class_for_everything() throws Exception {
            assertThat(findings(things().attribute("title", "${record.v}"), "x"))
                    .extracting(Problem::code)
                    .containsExactly("attribute-not-allowed");
            assertThat(findings(things().objectClasses("extensibleObject").attribute("title", "${record.v}"), "x"))
                    .isEmpty();
        }

        @Test
        void is_not_judged_if_no_class_is_known() throws Exception {
            MappingBuilder builder = Mapping.builder()
                    .key("id", "ours")
                    .dn("cn=${cn},dc=example,dc=test")
                    .objectClasses("thng")
                    .attribute("cn", "${record.name}");

            assertThat(findings(builder, "x"))
                    .extracting(Problem::code, Problem::remedy)
                    .containsExactly(tuple("unknown-object-class", "did you mean 'thing'?"));
        }

        @Test
        void is_not_judged_by_the_classes_of_active_directory() throws Exception {
            assertThat(findings(things().limits(Limits.ACTIVE_DIRECTORY).attribute("title", "${record.v}"), "x"))
                    .isEmpty();
        }

        @Test
        void with_a_name_unlike_any_other_is_told_with_another_remedy() throws Exception {
            assertThat(findings(things().attribute("zzzzzzzzzzzzzzz", "${record.v}"), "x"))
                    .extracting(Problem::remedy)
                    .containsExactly("load the schema that has it, or leave it out");
        }
    }
}
