package dev.rollcall.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The attributes of a wanted entry are a map like any other. */
class IntentsTest {
    private static final Mapping PEOPLE = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("cn=${record.name}+uid=${uid},dc=test")
            .objectClasses("inetOrgPerson")
            .attribute("uid", "${record.id}")
            .attribute("sn", "${record.name}")
            .build();

    private final Map<String, AttributeIntent> attributes =
            PEOPLE.map(UserRecord.of(Map.of("id", "7", "name", "Ada"))).attributes();

    @Test
    void they_are_the_key_then_those_mapped_then_what_only_the_dn_names() {
        assertThat(attributes)
                .containsExactly(
                        Map.entry("employeeNumber", AttributeIntent.Set.of("7")),
                        Map.entry("uid", AttributeIntent.Set.of("7")),
                        Map.entry("sn", AttributeIntent.Set.of("Ada")),
                        Map.entry("cn", AttributeIntent.Set.of("Ada")));
        List<String> visited = new ArrayList<>();
        attributes.forEach((name, intent) -> visited.add(name));
        assertThat(visited).containsExactlyElementsOf(attributes.keySet()).hasSize(attributes.size());
    }

    @Test
    void what_nothing_is_wanted_for_is_not_among_them() {
        assertThat(attributes.get("mail")).isNull();
        assertThat(attributes).doesNotContainKey("mail").doesNotContainKey("UID");
        Map<String, AttributeIntent> renamed = PEOPLE.map(
                        UserRecord.of(Map.of("id", "7", "name", "Ada", "x", 1)), MappingInput.none())
                .attributes();
        assertThat(renamed).isEqualTo(attributes).hasSameHashCodeAs(new LinkedHashMap<>(attributes));
    }

    @Test
    void they_end_and_nobody_changes_them() {
        Iterator<String> names = attributes.keySet().iterator();
        for (int i = 0; i < attributes.size(); i++) {
            names.next();
        }
        assertThat(names).isExhausted();
        assertThatThrownBy(names::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> attributes.put("sn", new AttributeIntent.Clear()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(attributes::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
