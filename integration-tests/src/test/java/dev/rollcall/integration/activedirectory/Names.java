package dev.rollcall.integration.activedirectory;

import static dev.rollcall.integration.activedirectory.Questions.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ModificationType;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Names that log on. */
interface Names {
    Questions ask();

    @Test
    default void an_account_name_that_is_taken_in_any_case_is_refused_with_68() throws Exception {
        String name = ask().newName();
        ask().add(ask().user(name));
        Entry second = ask().user(ask().newName());
        second.setAttribute("sAMAccountName", name.toUpperCase(Locale.ROOT));
        String third = ask().addedUser();

        assertThat(codeOf(() -> ask().add(second))).isEqualTo(68);
        assertThat(codeOf(() -> ask().modify(third, ModificationType.REPLACE, "sAMAccountName", name)))
                .isEqualTo(68);
    }

    @Test
    default void an_account_name_may_have_20_characters() throws Exception {
        // Samba takes more. A domain of Microsoft does not, nor does the one in memory: its own test has that.
        String longest = "a".repeat(20);

        String dn = ask().addedUser(new Attribute("sAMAccountName", longest));

        assertThat(ask().value(dn, "sAMAccountName")).isEqualTo(longest);
    }

    @Test
    default void an_account_name_with_a_character_that_means_something_is_refused_with_19() {
        assertThat(codeOf(() -> ask().addedUser(new Attribute("sAMAccountName", "a[b"))))
                .isEqualTo(19);
    }

    @Test
    default void a_principal_name_that_is_taken_in_any_case_is_refused_with_19() throws Exception {
        ask().addedUser(new Attribute("userPrincipalName", "ada@example.test"));

        assertThat(codeOf(() -> ask().addedUser(new Attribute("userPrincipalName", "Ada@example.test"))))
                .isEqualTo(19);
    }
}
