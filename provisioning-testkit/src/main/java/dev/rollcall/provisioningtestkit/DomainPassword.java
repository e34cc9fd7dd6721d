package dev.rollcall.provisioningtestkit;

import com.unboundid.ldap.sdk.LDAPException;
import java.nio.charset.StandardCharsets;

/** {@code unicodePwd}: quoted, UTF-16LE, over TLS, of at least seven characters of three kinds. */
final class DomainPassword {
    private DomainPassword() {}

    /** The password in {@code value}, if the rules let it pass. */
    static String accepted(byte[] value, boolean secure) throws LDAPException {
        if (!secure) {
            throw DomainCodes.unreadablePassword("unicodePwd is taken over an encrypted connection only");
        }
        String quoted = value.length % 2 == 0 ? new String(value, StandardCharsets.UTF_16LE) : "";
        if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
            throw DomainCodes.unreadablePassword("unicodePwd is a quoted text in UTF-16LE");
        }
        String password = quoted.substring(1, quoted.length() - 1);
        int kinds = (password.chars().anyMatch(Character::isUpperCase) ? 1 : 0)
                + (password.chars().anyMatch(Character::isLowerCase) ? 1 : 0)
                + (password.chars().anyMatch(Character::isDigit) ? 1 : 0)
                + (password.chars().anyMatch(c -> !Character.isLetterOrDigit(c)) ? 1 : 0);
        if (password.length() < 7 || kinds < 3) {
            throw DomainCodes.weakPassword();
        }
        return password;
    }
}
