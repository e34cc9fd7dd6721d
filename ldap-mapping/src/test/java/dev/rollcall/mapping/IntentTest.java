package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.firstOf;
import static dev.rollcall.mapping.AttributeRule.format;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wanted for an attribute, why, over what is there. */
class IntentTest {
    private static List<ASN1OctetString> octets(String... texts) {
        return Stream.of(texts).map(ASN1OctetString::new).toList();
    }

    private static List<String> over(ValuesPolicy policy, List<ASN1OctetString> present, String... wanted) {
        return policy.over(present, octets(wanted)).stream()
                .map(ASN1OctetString::stringValue)
                .toList();
    }

    @Nested
    class values {
        @Test
        void replaced_are_the_wanted_alone() {
            assertThat(over(ValuesPolicy.replace(), octets("a", "b"), "c")).containsExactly("c");
            assertThat(ValuesPolicy.replace().isMerge()).isFalse();
            assertThat(ValuesPolicy.replace().mayRemove("x")).isTrue();
            assertThat(ValuesPolicy.replace().owns()).isEmpty();
            assertThat(ValuesPolicy.replace()).hasToString("replace");
        }

        @Test
        void merged_stand_before_those_that_are_there_and_no_one_twice_in_any_case() {
            assertThat(over(ValuesPolicy.merge(), octets("a", "C", "b"), "c")).containsExactly("c", "a", "b");
            assertThat(ValuesPolicy.merge().isMerge()).isTrue();
            assertThat(ValuesPolicy.merge().mayRemove("x")).isFalse();
            assertThat(ValuesPolicy.merge()).hasToString("merge");
        }

        @Test
        void that_are_ours_go_when_they_are_not_wanted() {
            ValuesPolicy ours = ValuesPolicy.merge("app-.*");
            assertThat(over(ours, octets("app-old", "theirs", "x-app-"), "app-new"))
                    .containsExactly("app-new", "theirs", "x-app-");
            assertThat(ours.owns()).hasValue("app-.*");
            assertThat(ours).hasToString("merge owning app-.*");
        }

        @Test
        void that_are_cleared_are_ours_alone() {
            AttributeIntent.Clear ours = new AttributeIntent.Clear(ValuesPolicy.merge("app-.*"));
            assertThat(ours.over(octets("app-old", "theirs"))).isEqualTo(octets("theirs"));
            assertThat(ours).hasToString("clear what is ours");
            assertThat(new AttributeIntent.Clear().over(octets("app-old", "theirs")))
                    .isEmpty();
        }

        @Test
        void of_mail_addresses_have_one_primary() {
            assertThat(over(
                            ValuesPolicy.mailAddresses(),
                            octets("SMTP:old@x", "smtp:older@x", "X400:c=de", "SIP:a@x"),
                            "SMTP:new@x"))
                    .containsExactly("SMTP:new@x", "X400:c=de", "SIP:a@x");
            assertThat(over(ValuesPolicy.merge().withOnePrimary(), octets("SMTP:theirs@x"), "SMTP:new@x"))
                    .containsExactly("SMTP:new@x", "smtp:theirs@x");
            assertThat(over(ValuesPolicy.merge().withOnePrimary(), octets("SMTP:theirs@x"), "smtp:new@x"))
                    .containsExactly("smtp:new@x", "SMTP:theirs@x");
        }

        @Test
        void have_policies_that_are_equal_if_they_do_the_same() {
            assertThat(ValuesPolicy.merge("a"))
                    .isEqualTo(ValuesPolicy.merge("a"))
                    .hasSameHashCodeAs(ValuesPolicy.merge("a"))
                    .isNotEqualTo(ValuesPolicy.merge("b"))
                    .isNotEqualTo(ValuesPolicy.merge())
                    .isNotEqualTo(ValuesPolicy.merge("a").withOnePrimary())
                    .isNotEqualTo("a");
            assertThat(ValuesPolicy.merge()).isNotEqualTo(ValuesPolicy.replace());
            assertThat(ValuesPolicy.merge().hashCode())
                    .isNotEqualTo(ValuesPolicy.replace().hashCode());
        }
    }

    @Test
    void intents_are_told_as_people_read_them() {
        byte[] photo = {(byte) 0xFF, 0x00, 0x1f};
        AttributeIntent.Set bytes =
                new AttributeIntent.Set(List.of(new ASN1OctetString(photo)), ValuesPolicy.replace());
        assertThat(bytes).hasToString("set [3 bytes]");
        assertThat(AttributeIntent.Set.of("a\tb\r\nc", " ")).hasToString("set [a\tb\r\nc,  ]");
        assertThat(AttributeIntent.Set.of("a", "b").texts()).containsExactly("a", "b");
        assertThat(new AttributeIntent.Clear()).hasToString("clear");
        assertThat(new AttributeIntent.Keep("absent")).hasToString("keep (absent)");
        assertThat(new AttributeIntent.Reference("7")).hasToString("the entry with key 7");
        assertThatThrownBy(AttributeIntent.Set::of).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class an_entry {
        private final ReadOnlyEntry entry = new ReadOnlyEntry(
                "uid=ada,dc=test",
                new Attribute("uid", "ada"),
                new Attribute("mail", "a@x", "b@x"),
                new Attribute("jpegPhoto", new byte[] {1, 2}));

        private Value value(String macro) {
            return Format.parse(macro).evaluate(Evaluation.of(new EntryScope(entry)));
        }

        @ParameterizedTest
        @CsvSource({
            "entry.uid, ada",
            "entry.UID, ada",
            "entry.dn, 'uid=ada,dc=test'",
            "entry.DN, 'uid=ada,dc=test'",
            "entry.uid[0], ada",
            "entry.mail[1], b@x",
            "record.uid ?? 'not an entry', not an entry",
            "entry.sn ?? 'nothing', nothing",
            "entry.uid[1] ?? 'no second', no second",
            "entry.mail | count, 2"
        })
        void is_read_by_name_in_any_case(String expression, String text) {
            assertThat(value("${" + expression + "}").text()).hasValue(text);
        }

        @Test
        void keeps_bytes_as_bytes_and_says_which_it_is() {
            assertThat(value("${entry.jpegPhoto}")).isInstanceOf(Value.Bytes.class);
            assertThat(new EntryScope(entry)).hasToString("entry uid=ada,dc=test");
        }
    }

    @Nested
    class a_reason {
        private static final UserRecord ADA =
                UserRecord.of(Map.of("id", 1, "name", "Ada", "job", "Poet", "chief", true, "secret", "s3cr3t"));

        private final Mapping mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn},dc=test")
                .objectClasses("inetOrgPerson")
                .attribute("cn", "${record.name}")
                .attribute("sn", "Dr ${cn}")
                .attribute("givenName", "${cn} ${record.x ?? 'y'}")
                .attribute(
                        "title",
                        firstOf(Alternative.when("record.chief", "${record.job}"), Alternative.otherwise("none")))
                .attribute(
                        "description",
                        firstOf(Alternative.when("not record.chief", "${record.job}"), Alternative.otherwise("fixed")))
                .attribute("info", "${record.secret | redact}")
                .attribute("carLicense", format("${record.a}", "${record.b}"))
                .attribute("l", "${carLicense | first}")
                .build();

        @Test
        void is_what_a_value_is_made_of_and_why_it_was_taken() {
            assertThat(mapping.map(ADA, MappingInput.none()).because())
                    .containsEntry("cn", "record.name")
                    .containsEntry("sn", "Dr ${cn}; cn is record.name")
                    .containsEntry("givenName", "${cn} ${record.x ?? 'y'}; cn is record.name")
                    .containsEntry("title", "record.job, since record.chief")
                    .containsEntry("description", "fixed, since nothing else applies")
                    .containsEntry("l", "carLicense | first; carLicense is record.a or record.b");
        }

        @Test
        void is_kept_with_what_is_wanted_and_hides_what_is_secret() {
            DesiredEntry entry = mapping.map(ADA, MappingInput.none());
            assertThat(entry.attribute("CN")).hasValue(AttributeIntent.Set.of("Ada"));
            assertThat(entry.attribute("cn")).hasValue(AttributeIntent.Set.of("Ada"));
            assertThat(entry.attribute("nothing")).isEmpty();
            assertThat(entry.objectClasses()).containsExactly("inetOrgPerson");
            assertThat(entry.sensitiveAttributes()).containsExactly("info");
            assertThat(entry.toString())
                    .startsWith("cn=Ada,dc=test")
                    .contains("[redacted]")
                    .doesNotContain("s3cr3t");
            DesiredEntry same = mapping.map(ADA, MappingInput.none());
            assertThat(entry).isEqualTo(same).hasSameHashCodeAs(same);
            DesiredEntry other = mapping.map(
                    UserRecord.of(Map.of("id", 1, "name", "Ada", "job", "Boss", "chief", true)), MappingInput.none());
            assertThat(entry).isNotEqualTo(other).isNotEqualTo("entry");
            assertThat(entry.hashCode()).isNotEqualTo(other.hashCode());
        }

        @Test
        void hides_what_is_made_of_a_secret_by_way_of_another_attribute() {
            Mapping secrets = Mapping.builder()
                    .key("id", "employeeNumber")
                    .dn("cn=${cn},dc=test")
                    .objectClasses("inetOrgPerson")
                    .attribute("cn", "${record.name}")
                    .attribute("sn", "${record.name}")
                    .attribute("info", "${record.secret | redact}")
                    .attribute("description", "known as ${info}")
                    .attribute("carLicense", format("${record.secret | redact}", "${record.job | redact}"))
                    .attribute("title", "${carLicense | first}")
                    .attribute("uid", AttributeRule.unique("${info}"))
                    .build();
            assertThat(secrets.map(ADA, MappingInput.none()).sensitiveAttributes())
                    .containsExactlyInAnyOrder("info", "description", "carLicense", "title", "uid");
        }
    }
}
