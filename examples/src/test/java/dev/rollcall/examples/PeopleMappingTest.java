package dev.rollcall.examples;

import static dev.rollcall.mapping.AttributeRule.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What tests of a mapping look like: a mapping is a pure function, so no server is needed. */
class PeopleMappingTest {
    private static final Mapping PEOPLE = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("uid=${uid},ou=people,dc=example,dc=test")
            .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
            .attribute("sn", "${record.last_name}")
            .attribute("cn", "${join(' ', record.first_name, record.last_name)}")
            .attribute("mail", "${record.email | lower}")
            .attribute("uid", unique("${record.first_name | first(1) | lower}${record.last_name | lower}"))
            .build();

    private static final Map<String, Object> ADA =
            Map.of("id", 7, "first_name", "Ada", "last_name", "Lovelace", "email", "Ada@Example.Test");

    @Test
    void a_person_gets_a_name_and_a_place() {
        DesiredEntry ada = PEOPLE.map(UserRecord.of(ADA));

        assertThat(ada.dn().orElseThrow()).hasToString("uid=alovelace,ou=people,dc=example,dc=test");
        assertThat(ada.attributes())
                .containsEntry("employeeNumber", AttributeIntent.Set.of("7"))
                .containsEntry("cn", AttributeIntent.Set.of("Ada Lovelace"))
                .containsEntry("mail", AttributeIntent.Set.of("ada@example.test"));
    }

    @Test
    void a_taken_name_gets_a_number() {
        DesiredEntry ada = PEOPLE.map(
                UserRecord.of(ADA),
                MappingInput.none()
                        .names((attribute, value) ->
                                value.equals("alovelace") ? Optional.of("uid=alovelace,ou=people") : Optional.empty()));

        assertThat(ada.attribute("uid")).hasValue(AttributeIntent.Set.of("alovelace2"));
    }

    @Test
    void a_person_without_last_name_is_refused() {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> PEOPLE.map(UserRecord.of(Map.of("id", 8, "first_name", "Cher"))))
                .withMessageContaining("last_name");
    }
}
