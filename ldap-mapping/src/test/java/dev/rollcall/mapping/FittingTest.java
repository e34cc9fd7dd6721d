package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.format;
import static dev.rollcall.mapping.AttributeRule.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.rule.OnLimit;
import dev.rollcall.mapping.rule.Sanitizer;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How texts are made to fit Active Directory's attributes, and what is reported where they do not. */
class FittingTest {
    private static final AttributeRule V = format("${record.v}");
    private static final AttributeRule NAME = unique("${record.v}");
    private static final AttributeRule CUT = V.onLimit(OnLimit.TRUNCATE);
    private static final AttributeRule SKIP = V.onLimit(OnLimit.SKIP);

    private static AttributeIntent intent(String attribute, AttributeRule rule, String text) {
        Mapping mapping = Mapping.builder()
                .key("id", "employeeID")
                .dn("CN=${cn},OU=Staff,DC=example,DC=test")
                .objectClasses("top", "person", "organizationalPerson", "user")
                .attribute("cn", "${record.name}")
                .attribute(attribute, rule)
                .build();
        UserRecord record = UserRecord.of(Map.of("id", 1, "name", "Ada")).with("v", Value.of(text));
        return Objects.requireNonNull(mapping.map(record).attributes().get(attribute));
    }

    private static String fit(String attribute, AttributeRule rule, String text) {
        return ((AttributeIntent.Set) intent(attribute, rule, text)).texts().get(0);
    }

    private static String kept(String attribute, AttributeRule rule, String text) {
        return ((AttributeIntent.Keep) intent(attribute, rule, text)).reason();
    }

    private static Problem problem(String attribute, AttributeRule rule, String text) {
        MappingException e = catchThrowableOfType(MappingException.class, () -> intent(attribute, rule, text));
        assertThat(e).as("'" + text + "' in " + attribute + " fails").isNotNull();
        return e.problem();
    }

    @Nested
    class a_length {
        @Test
        void may_just_be_reached() {
            assertThat(fit("department", V, "x".repeat(64))).hasSize(64);
            assertThat(fit("initials", V, "😀".repeat(6))).isEqualTo("😀".repeat(6));
        }

        @Test
        void that_is_exceeded_is_told_with_the_beginning_of_the_text() {
            assertThat(problem("initials", V, "abcdefg").message())
                    .isEqualTo("initials takes 6 characters, found 7: 'abcdefg'");
            assertThat(problem("initials", V, "x".repeat(40)).message()).endsWith(": '" + "x".repeat(40) + "'");
            assertThat(problem("initials", V, "x".repeat(41)).message()).endsWith(": '" + "x".repeat(40) + "…'");
            assertThat(kept("initials", SKIP, "abcdefg")).isEqualTo("7 characters are too many for initials");
        }

        @Test
        void of_a_text_is_cut_off_at_its_end() {
            assertThat(fit("initials", CUT, "ab.cd.ef")).isEqualTo("ab.cd.");
            assertThat(fit("mail", CUT.maxLength(10), "abcdef@example.test")).isEqualTo("abcdef@exa");
        }

        @Test
        void of_a_name_is_cut_off_before_the_at_sign() {
            assertThat(fit("mail", NAME.maxLength(15), "abcdef@example.test")).isEqualTo("ab@example.test");
            assertThat(fit("mail", CUT.sanitize(Sanitizer.MAIL).maxLength(17), "abcd.ef@example.test"))
                    .isEqualTo("abcd@example.test");
            assertThat(fit("mail", CUT.sanitize(Sanitizer.MAIL).maxLength(18), "abcd.ef@example.test"))
                    .isEqualTo("abcd@example.test");
        }

        @Test
        void that_leaves_no_room_before_the_at_sign_cuts_the_whole() {
            assertThat(fit("mail", NAME.maxLength(14), "abcdef@example.test")).isEqualTo("a@example.test");
            assertThat(fit("mail", NAME.maxLength(13), "abcdef@example.test")).isEqualTo("abcdef@exampl");
            assertThat(fit("mail", NAME.maxLength(5), "@example.test")).isEqualTo("@exam");
        }

        @Test
        void of_a_name_leaves_no_sign_between_its_parts_at_the_end() {
            assertThat(fit("sAMAccountName", CUT, "abcdefghijklmnopqrs.xyz")).isEqualTo("abcdefghijklmnopqrs");
            assertThat(fit("sAMAccountName", CUT, "abcdefghijklmnopqrs-xyz")).isEqualTo("abcdefghijklmnopqrs");
            assertThat(fit("title", NAME.maxLength(4), "abc.def")).isEqualTo("abc");
            assertThat(fit("title", CUT.maxLength(4), "abc.def")).isEqualTo("abc.");
        }
    }

    @Nested
    class a_character_that_is_forbidden {
        @Test
        void is_told_by_its_sign_or_its_name() {
            assertThat(problem("userPrincipalName", V, "a b@example.test").message())
                    .isEqualTo("userPrincipalName may not contain a blank, found 'a b@example.test'");
            assertThat(problem("sAMAccountName", V, "a/b").message())
                    .isEqualTo("sAMAccountName may not contain '/', found 'a/b'");
            assertThat(problem("sAMAccountName", V, "a\u001Fb").message()).contains("contain control characters");
            assertThat(problem("sAMAccountName", V, "ab.").message()).contains("contain a dot at the end");
            assertThat(kept("sAMAccountName", SKIP, "a/b")).isEqualTo("sAMAccountName may not contain '/'");
        }

        @Test
        void is_only_one_where_it_is_one() {
            assertThat(fit("sAMAccountName", V, "a b")).isEqualTo("a b");
            assertThat(fit("userPrincipalName", V, "ab.@example.test.")).isEqualTo("ab.@example.test.");
            assertThat(fit("userPrincipalName", V, "a\u001Fb")).isEqualTo("a\u001Fb");
        }

        @Test
        void is_taken_out_where_that_is_the_policy() {
            assertThat(fit("sAMAccountName", CUT, "a\u001F/b c..")).isEqualTo("ab c");
            assertThat(fit("userPrincipalName", CUT, "a\u001F b.")).isEqualTo("a\u001Fb.");
            assertThat(problem("userPrincipalName", CUT, "<>").message())
                    .isEqualTo("nothing is left of '<>' without what userPrincipalName forbids");
        }

        @Test
        void in_a_unique_name_fails_or_goes() {
            assertThat(problem("mailNickname", NAME, "a@b").message())
                    .isEqualTo("mailNickname may not contain '@', found 'a@b'");
            assertThat(problem("mailNickname", NAME.onLimit(OnLimit.SKIP), "a@b")
                            .code())
                    .isEqualTo("forbidden-character");
            assertThat(fit("mailNickname", NAME.onLimit(OnLimit.TRUNCATE), "a@b"))
                    .isEqualTo("ab");
        }
    }

    @Test
    void a_profile_that_leaves_nothing_or_has_no_form_for_a_letter_says_so() {
        assertThat(problem("mailNickname", NAME.sanitize(Sanitizer.UID), "***").message())
                .isEqualTo("nothing is left of '***' in a name of sort uid");
        assertThat(problem("mailNickname", NAME.sanitize(Sanitizer.UID), "Иван").message())
                .isEqualTo("'Иван' has letters that a name of sort uid has no form for");
    }
}
