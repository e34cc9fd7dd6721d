package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPoolHealthCheck;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.PasswordExpiredControl;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ErrorType;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ResponseControl;

/**
 * Refuses an account whose password was reset: a server accepts its bind, and refuses everything but a change of the
 * password with a message about lacking rights. Immutable and thread-safe.
 */
final class UsableAccount extends LDAPConnectionPoolHealthCheck {
    @Override
    public void ensureConnectionValidAfterAuthentication(LDAPConnection connection, BindResult result)
            throws LDAPException {
        if (result.getResultCode().equals(ResultCode.SUCCESS) && mustChange(result)) {
            throw new LDAPException(
                    ResultCode.INVALID_CREDENTIALS,
                    "the password of the bind account was reset (pwdReset), and the server refuses everything until it is"
                            + " changed");
        }
    }

    private static boolean mustChange(BindResult result) {
        try {
            DraftBeheraLDAPPasswordPolicy10ResponseControl policy =
                    DraftBeheraLDAPPasswordPolicy10ResponseControl.get(result);
            boolean isReset = policy != null
                    && policy.getErrorType() == DraftBeheraLDAPPasswordPolicy10ErrorType.CHANGE_AFTER_RESET;
            return isReset || PasswordExpiredControl.get(result) != null;
        } catch (LDAPException unreadable) {
            return false; // The account is judged by what the server lets it do.
        }
    }
}
