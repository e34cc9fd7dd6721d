package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.firstOf;
import static dev.rollcall.mapping.AttributeRule.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.entry.Names;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final Mapping PEOPLE = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("uid=${uid},ou=people,dc=example,dc=test")
            .objectClasses("inetOrgPerson")
            .attribute("sn", "${record.last}")
            .attribute("cn", "${record.first} ${sn}")
            .attribute("uid", unique("${record.last | lower}"))
            .attribute("mail", "${uid}@example.test")
            .attribute("description", "${record.secret | redact}")
            .attribute(
                    "title",
                    firstOf(Alternative.when("record.chief", "Chief"), Alternative.otherwise("${record.job | upper}")))
            .build();

    private static final UserRecord ADA = UserRecord.of(Map.of(
                    "id", 7, "first", "Ada", "last", "Lovelace", "job", "Poet", "chief", false, "secret", "s3cr3t"))
            .from("users, page 3");

    private static final Names TAKEN = (attribute, value) ->
            value.equals("lovelace") ? Optional.of("uid=lovelace,ou=people,dc=example,dc=test") : Optional.empty();

    private static Explanation explain(String attribute) {
        return PEOPLE.explain(ADA, MappingInput.none().names(TAKEN), attribute);
    }

    @Test
    void tells_function_by_function_which_names_were_tried_and_who_has_them() {
        assertThat(explain("MAIL")).hasToString("""
                        mail: set [lovelace2@example.test]
                          the record is from users, page 3
                          ${uid}@example.test
                            uid = 'lovelace2'
                            gives 'lovelace2@example.test'
                          uid: set [lovelace2]
                            the record is from users, page 3
                            ${record.last | lower}
                              record.last = 'Lovelace'
                              lower('Lovelace') = 'lovelace'
                              gives 'lovelace'
                            lovelace is taken by uid=lovelace,ou=people,dc=example,dc=test
                            lovelace2 is free
                        """);
    }

    @Test
    void tells_which_alternative_applied_and_why() {
        assertThat(explain("title")).hasToString("""
                        title: set [POET]
                          the record is from users, page 3
                          when record.chief: does not apply
                          when nothing else applies: applies
                          ${record.job | upper}
                            record.job = 'Poet'
                            upper('Poet') = 'POET'
                            gives 'POET'
                        """);
    }

    @Test
    void tells_nothing_that_is_sensitive() {
        assertThat(explain("description").toString()).doesNotContain("s3cr3t").contains("[redacted]");
        assertThat(PEOPLE.map(ADA).toString()).doesNotContain("s3cr3t");
        assertThat(PEOPLE.map(ADA).sensitiveAttributes()).containsExactly("description");
    }

    @Test
    void says_without_the_value_that_a_hidden_one_does_not_fit() {
        Mapping strict = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${record.id},ou=people,dc=example,dc=test")
                .objectClasses("inetOrgPerson")
                .attribute("sn", "${record.last}")
                .attribute("cn", "${record.last}")
                .attribute(
                        "description",
                        AttributeRule.format("${record.secret | redact}").maxLength(3))
                .build();

        assertThatThrownBy(() -> strict.map(ADA))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("description does not take this value, which is not shown")
                .satisfies(told -> assertThat(told.toString()).doesNotContain("s3cr3t"));
    }

    @Test
    void tells_how_the_dn_came_to_be() {
        assertThat(explain("dn").uses()).extracting(Explanation::attribute).containsExactly("uid");
    }

    @Test
    void tells_why_an_attribute_could_not_be_made_and_of_others_what_they_would_be() {
        UserRecord nameless = UserRecord.of(Map.of("id", 7, "first", "Ada", "job", "Poet"));
        Explanation sn = PEOPLE.explain(nameless, MappingInput.none(), "sn");
        assertThat(sn.failure().orElseThrow().code()).isEqualTo("no-value");
        assertThat(sn.toString()).startsWith("sn: sn has no value: record.last is absent\n");
        assertThat(PEOPLE.explain(nameless, MappingInput.none(), "title").intent())
                .contains(AttributeIntent.Set.of("POET"));
    }

    @Test
    void the_short_reason_is_the_path_through_macro_and_functions() {
        assertThat(PEOPLE.map(ADA).because())
                .containsEntry("employeeNumber", "record.id")
                .containsEntry("sn", "record.last")
                .containsEntry("title", "record.job | upper, since nothing else applies")
                .containsEntry("cn", "${record.first} ${sn}; sn is record.last")
                .containsEntry("mail", "${uid}@example.test; uid is record.last | lower");
        assertThat(PEOPLE.map(ADA.with("chief", Value.of(true))).because())
                .containsEntry("title", "Chief, since record.chief");
    }

    @Test
    void the_full_reason_is_the_explanation() {
        MappingInput input = MappingInput.none().names(TAKEN);
        Map<String, String> because = PEOPLE.map(ADA, input.explained()).because();

        assertThat(because)
                .containsEntry("employeeNumber", "record.id")
                .containsEntry("mail", explain("mail").toString().strip())
                .containsEntry("title", explain("title").toString().strip());
        assertThat(because.toString()).doesNotContain("s3cr3t");
        assertThat(PEOPLE.map(ADA, input.explained())).isEqualTo(PEOPLE.map(ADA, input));
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> PEOPLE.map(UserRecord.of(Map.of("id", 7)), input.explained()))
                .withMessageContaining("record.last is absent");
    }

    @Test
    void the_short_reason_names_who_has_the_wanted_name() {
        assertThat(PEOPLE.map(ADA, MappingInput.none().names(TAKEN)).because())
                .containsEntry(
                        "uid", "record.last | lower, lovelace is taken by uid=lovelace,ou=people,dc=example,dc=test");
    }
}
