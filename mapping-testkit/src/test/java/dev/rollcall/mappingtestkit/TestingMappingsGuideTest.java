package dev.rollcall.mappingtestkit;

import static dev.rollcall.mapping.AttributeRule.unique;
import static dev.rollcall.mappingtestkit.MappingAssertions.assertThat;
import static dev.rollcall.mappingtestkit.MappingAssertions.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MappingBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the guide shows is what happens. */
class TestingMappingsGuideTest {
    private static MappingBuilder people() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${uid},ou=people,dc=example,dc=test")
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last_name}");
    }

    private static final Mapping RED = people().attribute("cn", "${record.first_name} ${record.last_name}")
            .attribute("uid", unique("${record.first_name | first(1) | lower}${record.last_name | lower}"))
            .build();

    private static final Mapping PEOPLE = people().attribute("cn", "${join(' ', record.first_name, record.last_name)}")
            .attribute(
                    "uid",
                    unique(
                            "${record.first_name | first(1) | lower}${record.last_name | lower}",
                            "${record.last_name | lower}"))
            .build();

    private static String guide() throws Exception {
        return Files.readString(Path.of("../docs/testing-mappings.md"));
    }

    @Test
    void the_failure_is_the_one_that_the_guide_shows() throws Exception {
        AssertionError failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                AssertionError.class,
                () -> assertThat(RED)
                        .given(json("{'id': 9, 'last_name': 'Cher'}"))
                        .hasAttribute("cn", "Cher"));
        assertThat(guide())
                .contains("```\n" + String.valueOf(failure.getMessage()).strip() + "\n```");
    }

    @Test
    void the_mended_mapping_is_green() {
        assertThat(PEOPLE)
                .given(json("{'id': 9, 'last_name': 'Cher'}"))
                .hasAttribute("cn", "Cher")
                .hasAttribute("uid", "cher");
    }

    @Test
    void the_table_of_the_guide_holds() throws Exception {
        String guide = guide();
        int start = guide.indexOf("first_name | last_name ||");
        String table = guide.substring(start, guide.indexOf("\"\"\"", start));
        assertThat(PEOPLE).table(table);
    }

    @Test
    void any_record_is_mapped_or_rejected() {
        assertThat(PEOPLE).holdsForAnyRecord();
    }
}
