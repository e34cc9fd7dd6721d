package dev.rollcall.mapping;

import static dev.rollcall.mapping.KeyRule.Normalization.CASE_FOLD;
import static dev.rollcall.mapping.KeyRule.Normalization.STRIP_LEADING_ZEROS;
import static dev.rollcall.mapping.KeyRule.Normalization.TRIM;
import static dev.rollcall.mapping.MappingTest.PEOPLE;
import static dev.rollcall.mapping.MappingTest.ada;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An entry whose name is as good as the one that a record gives it is not renamed. */
class NamesThatStayTest {
    @Nested
    class a_name_made_of_the_key {
        private DesiredEntry mapped(String key, MappingInput input) {
            return Mapping.builder()
                    .key("id", "uid", TRIM, CASE_FOLD, STRIP_LEADING_ZEROS)
                    .dn("uid=${uid},dc=test")
                    .objectClasses("inetOrgPerson")
                    .attribute("sn", "${record.id}")
                    .attribute("cn", "the ${uid}")
                    .build()
                    .map(UserRecord.of(Map.of("id", key)), input);
        }

        private DesiredEntry over(String present, String key) throws Exception {
            Entry entry = new Entry("uid=" + present + ",dc=test");
            entry.addAttribute("uid", present);
            return mapped(key, MappingInput.none().existing(entry));
        }

        @ParameterizedTest
        @CsvSource({"JDoe, JDoe", "JDoe, jdoe", "JDoe, JDOE", "00042, 42", "42, 00042"})
        void is_the_one_that_the_entry_has(String present, String key) throws Exception {
            DesiredEntry wanted = over(present, key);

            assertThat(wanted.dn()).hasValueSatisfying(dn -> assertThat(dn).hasToString("uid=" + present + ",dc=test"));
            assertThat(wanted.attribute("cn")).hasValue(AttributeIntent.Set.of("the " + present));
            assertThat(wanted.attribute("uid"))
                    .hasValueSatisfying(intent -> assertThat(intent).isInstanceOf(AttributeIntent.Keep.class));
        }

        @Test
        void is_as_the_record_spells_it_for_a_new_entry() {
            DesiredEntry wanted = mapped(" 00JDoe", MappingInput.none());

            assertThat(wanted.dn()).hasValueSatisfying(dn -> assertThat(dn).hasToString("uid=00JDoe,dc=test"));
            assertThat(wanted.attribute("uid")).hasValue(AttributeIntent.Set.of("00JDoe"));
            assertThat(wanted.attribute("cn")).hasValue(AttributeIntent.Set.of("the 00JDoe"));
        }
    }

    @Nested
    class a_name_made_of_several_values {
        @Test
        void that_stay_is_the_one_that_the_entry_has() throws Exception {
            Entry entry = MappingTest.entryOfAda();
            entry.setAttribute("uid", "ada", "countess");

            DesiredEntry wanted = PEOPLE.map(ada(), MappingInput.none().existing(entry));

            assertThat(wanted.dn()).hasValue(new DN("uid=countess,ou=people,dc=example,dc=test"));
        }

        @Test
        void that_are_written_is_none() throws Exception {
            Mapping mapping = MappingTest.people()
                    .attribute("ou", "${record.ous}")
                    .dn("ou=${ou},dc=test")
                    .build();
            Entry entry = new Entry("ou=a,dc=test");
            entry.setAttribute("ou", "a", "b");
            UserRecord two = ada().with("ous", Value.from(List.of("a", "b")));

            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> mapping.map(two, MappingInput.none().existing(entry)))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("not-single"));
        }
    }
}
