package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a server means that does not take the password of a new account. Active Directory says it by a number. */
final class PasswordRefusal {
    private static final String MARK = "the password was refused: ";
    private static final Pattern WEAK = Pattern.compile("^\\s*0000052D\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNENCRYPTED = Pattern.compile("^\\s*0000001F\\b", Pattern.CASE_INSENSITIVE);

    private PasswordRefusal() {}

    /** Whether the number of Active Directory says that the password is the reason, whatever else was sent. */
    static boolean isByNumber(LDAPResult result) {
        String said = result.getDiagnosticMessage();
        return said != null && !said.contains(MARK) && WEAK.matcher(said).find();
    }

    /** Returns the refusal of a password with the reason in words behind the server's own; a lost connection as it is. */
    static LDAPResult explained(LDAPResult refused) {
        if (WriteWindow.isLoss(refused.getResultCode())) {
            return refused;
        }
        String said = refused.getDiagnosticMessage();
        String text = (said == null ? "" : said + "; ") + MARK + reason(refused.getResultCode(), said);
        return new LDAPResult(
                refused.getMessageID(),
                refused.getResultCode(),
                text,
                refused.getMatchedDN(),
                refused.getReferralURLs(),
                refused.getResponseControls());
    }

    private static String reason(ResultCode code, @Nullable String said) {
        String text = said == null ? "" : said;
        if (WEAK.matcher(text).find()) {
            return "it does not meet the password policy of the domain: raise policy.password.generate.length, or look at"
                    + " the policy that is in force for new accounts";
        } else if (UNENCRYPTED.matcher(text).find()) {
            return "the server takes it over TLS only: use ldaps or startTls";
        } else if (code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
            return "the bind account may not set passwords: give it this right";
        } else if (code.equals(ResultCode.CONSTRAINT_VIOLATION)) {
            return "it does not meet the password policy of the server: raise policy.password.generate.length, or look at"
                    + " the policy that is in force for new accounts";
        } else if (code.equals(ResultCode.CONFIDENTIALITY_REQUIRED)) {
            return "the server takes it over TLS only: use ldaps or startTls";
        } else if (code.equals(ResultCode.PROTOCOL_ERROR) || code.equals(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION)) {
            return "the server does not offer the operation that sets passwords (RFC 3062): enable it there";
        }
        return "see what the server said";
    }
}
