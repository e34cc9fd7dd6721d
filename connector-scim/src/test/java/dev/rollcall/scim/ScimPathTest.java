package dev.rollcall.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.Problem;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScimPathTest {
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String ADA = """
            {"userName": "ada", "NAME": {"familyName": "Byron"}, "active": true,
             "emails": [{"type": "work", "value": "ada@work.test", "primary": true, "display": "Ada"},
                        {"type": "home", "value": "ada@home.test"}],
             "roles": [{"value": "sales"}, "plain"],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "R&D", "manager": "7"}}""";

    private static ObjectNode ada() {
        return (ObjectNode) ScimJson.parse(ADA).orElseThrow();
    }

    private static ScimPath path(String text) {
        return ScimPath.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "userName | ada",
                "USERNAME | ada",
                "name.familyName | Byron",
                "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName | Byron",
                "emails[type eq 'work'].value | ada@work.test",
                "emails[type eq \"home\"].value | ada@home.test",
                "emails[type eq 'work'] | ada@work.test",
                "emails[primary eq true].value | ada@work.test",
                "emails[type eq 'work'].primary | true",
                "emails.value | ada@work.test,ada@home.test",
                "roles | sales,plain",
                ENTERPRISE + ":department | R&D",
                ENTERPRISE + ":manager.value | 7"
            })
    void a_value_is_read_wherever_it_stands(String path, String values) {
        assertThat(path(path).read(ada())).containsExactly(values.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name..givenName", "", "emails[type eq work]", "emails[type ne 'work'].value", "a b", "name."})
    void anything_else_is_no_path(String text) {
        assertThat(ScimPath.parse(text)).isEmpty();
        assertThat(ScimProvider.attributeProblems(List.of(text)))
                .extracting(Problem::code)
                .containsExactly("bad-attribute");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "meta", "schemas", "groups", "ACTIVE", "password"})
    void what_cannot_be_written_is_told(String attribute) {
        assertThat(ScimProvider.attributeProblems(List.of(attribute)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("cannot be mapped"));
    }

    @Nested
    class writing_into_a_whole_user {
        private final ObjectNode user = ada();

        @Test
        void an_element_of_a_list_keeps_what_else_is_known_of_it() {
            path("emails[type eq 'work'].value").write(user, List.of("new@work.test"));

            assertThat(user.at("/emails/0").toString())
                    .isEqualTo("{\"type\":\"work\",\"value\":\"new@work.test\",\"primary\":true,\"display\":\"Ada\"}");
            assertThat(user.at("/emails/1/value").asText()).isEqualTo("ada@home.test");
        }

        @Test
        void an_element_that_is_not_there_is_added_with_its_type() {
            path("phoneNumbers[type eq 'work'].value").write(user, List.of("+49"));

            assertThat(user.at("/phoneNumbers").toString()).isEqualTo("[{\"type\":\"work\",\"value\":\"+49\"}]");
        }

        @Test
        void an_element_without_value_goes_and_the_others_stay() {
            path("emails[type eq 'work'].value").write(user, List.of());

            assertThat(path("emails").read(user)).containsExactly("ada@home.test");
        }

        @Test
        void an_attribute_of_an_extension_goes_with_its_schema_when_it_was_the_last() {
            path(ENTERPRISE + ":department").write(user, List.of());
            assertThat(user.has(ENTERPRISE)).isTrue();

            path(ENTERPRISE + ":manager").write(user, List.of());
            assertThat(user.has(ENTERPRISE)).isFalse();
        }

        @Test
        void names_are_found_in_any_case() {
            path("name.familyName").write(user, List.of("King"));

            assertThat(user.at("/NAME/familyName").asText()).isEqualTo("King");
            assertThat(user.has("name")).isFalse();
        }
    }

    @Test
    void a_quote_in_a_filter_value_cannot_end_it() {
        assertThat(path("emails[type eq 'a\"b'].value").patchPath()).isEqualTo("emails[type eq \"a\\\"b\"].value");
    }
}
