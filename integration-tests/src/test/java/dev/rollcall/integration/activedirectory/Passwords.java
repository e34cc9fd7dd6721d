package dev.rollcall.integration.activedirectory;

import static dev.rollcall.integration.activedirectory.Questions.codeOf;
import static dev.rollcall.integration.activedirectory.Questions.newPassword;
import static dev.rollcall.integration.activedirectory.Questions.password;
import static dev.rollcall.integration.activedirectory.Questions.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import org.junit.jupiter.api.Test;

/** Passwords, and what an account may do. */
interface Passwords {
    Questions ask();

    @Test
    default void no_password_is_set_without_encryption() throws Exception {
        String dn = ask().addedUser();

        // Samba, and a hardened domain, refuse already the bind (8), others the password (53).
        assertThat(codeOf(() -> {
                    try (LDAPConnection clear = ask().domain().clear().open()) {
                        clear.modify(dn, newPassword("\"Corr3ct-Horse\""));
                    }
                }))
                .isIn(8, 53);
        assertThat(ask().value(dn, "pwdLastSet")).isEqualTo("0");
    }

    @Test
    default void a_password_without_quotes_is_refused_with_53() throws Exception {
        String dn = ask().addedUser();

        assertThat(codeOf(() -> ask().domain().pool().modify(dn, newPassword("Corr3ct-Horse"))))
                .isEqualTo(53);
        assertThat(codeOf(() -> ask().addedUser(password("Corr3ct-Horse")))).isEqualTo(53);
    }

    @Test
    default void a_weak_password_is_refused_with_its_number() throws Exception {
        String dn = ask().addedUser();

        // The number is the same everywhere; the code is 53 of a domain controller by Microsoft and 19 of Samba.
        assertThat(refusalOf(() -> ask().domain().pool().modify(dn, newPassword("\"weak\"")))
                        .getMessage())
                .startsWith("0000052D");
    }

    @Test
    default void an_account_tells_since_when_it_has_a_password() throws Exception {
        String dn = ask().addedUser(new Attribute("userAccountControl", "514"));
        assertThat(ask().value(dn, "pwdLastSet")).isEqualTo("0");

        ask().domain().pool().modify(dn, newPassword("\"Corr3ct-Horse\""));

        assertThat(ask().value(dn, "pwdLastSet")).isNotEqualTo("0");
    }

    @Test
    default void a_new_account_with_a_password_is_enabled_at_once() throws Exception {
        String dn = ask().addedUser(new Attribute("userAccountControl", "512"), password("\"Corr3ct-Horse\""));

        assertThat(ask().value(dn, "userAccountControl")).isEqualTo("512");
        assertThat(ask().value(dn, "pwdLastSet")).isNotEqualTo("0");
        assertThat(ask().domain()
                        .pool()
                        .bindAndRevertAuthentication(dn, "Corr3ct-Horse")
                        .getResultCode()
                        .intValue())
                .isZero();
    }

    @Test
    default void a_new_account_of_which_nothing_is_said_has_546() throws Exception {
        assertThat(ask().value(ask().addedUser(), "userAccountControl")).isEqualTo("546");
    }

    @Test
    default void a_disabled_account_is_a_normal_one_all_the_same() throws Exception {
        String dn = ask().addedUser(new Attribute("userAccountControl", "2"));

        assertThat(ask().value(dn, "userAccountControl")).isEqualTo("514");
    }

    @Test
    default void an_account_control_that_is_written_without_its_kind_keeps_it() throws Exception {
        String dn = ask().addedUser();

        ask().modify(dn, ModificationType.REPLACE, "userAccountControl", "2");

        assertThat(ask().value(dn, "userAccountControl")).isEqualTo("514");
    }

    @Test
    default void an_account_that_is_disabled_cannot_log_on_until_it_is_enabled() throws Exception {
        String dn = ask().addedUser(new Attribute("userAccountControl", "512"), password("\"Corr3ct-Horse\""));
        ask().modify(dn, ModificationType.REPLACE, "userAccountControl", "514");

        assertThat(refusalOf(() -> ask().domain().pool().bindAndRevertAuthentication(dn, "Corr3ct-Horse"))
                        .getMessage())
                .contains("data 533");

        ask().modify(dn, ModificationType.REPLACE, "userAccountControl", "512");
        assertThat(ask().domain()
                        .pool()
                        .bindAndRevertAuthentication(dn, "Corr3ct-Horse")
                        .getResultCode()
                        .intValue())
                .isZero();
    }

    @Test
    default void the_bits_of_the_account_control_are_searched() throws Exception {
        String disabled = ask().addedUser(new Attribute("userAccountControl", "514"));
        String enabled = ask().addedUser(new Attribute("userAccountControl", "512"), password("\"Corr3ct-Horse\""));

        String bit = "(userAccountControl:1.2.840.113556.1.4.803:=2)";
        assertThat(finds(disabled, bit)).isTrue();
        assertThat(finds(enabled, bit)).isFalse();
        assertThat(finds(disabled, "(!" + bit + ")")).isFalse();
        assertThat(finds(enabled, "(!" + bit + ")")).isTrue();
        assertThat(finds(disabled, "(userAccountControl:1.2.840.113556.1.4.803:=18)"))
                .isFalse();
        assertThat(finds(disabled, "(userAccountControl:1.2.840.113556.1.4.804:=18)"))
                .isTrue();
    }

    private boolean finds(String dn, String filter) throws Exception {
        return ask().domain().pool().search(dn, SearchScope.BASE, filter, "1.1").getEntryCount() == 1;
    }
}
