package dev.rollcall.provisioningtestkit;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

/** Active Directory's refusals: the result code, and the Windows number in the diagnostic message. */
final class DomainCodes {
    private DomainCodes() {}

    static LDAPException nameTaken(String account) {
        return refusal(ResultCode.ENTRY_ALREADY_EXISTS, "00002071", "sAMAccountName " + account + " is in use");
    }

    static LDAPException principalTaken(String principal) {
        return refusal(ResultCode.CONSTRAINT_VIOLATION, "000021C8", "userPrincipalName " + principal + " is in use");
    }

    static LDAPException badName(String why) {
        return refusal(ResultCode.CONSTRAINT_VIOLATION, "00000523", why);
    }

    static LDAPException weakPassword() {
        return refusal(ResultCode.UNWILLING_TO_PERFORM, "0000052D", "the password does not meet the policy");
    }

    static LDAPException unreadablePassword(String why) {
        return refusal(ResultCode.UNWILLING_TO_PERFORM, "0000001F", why);
    }

    static LDAPException unknownAttribute(String name) {
        return refusal(ResultCode.NO_SUCH_ATTRIBUTE, "00000057", "the attribute " + name + " is not in the schema");
    }

    static LDAPException tooLong(String attribute, int limit) {
        return refusal(
                ResultCode.INVALID_ATTRIBUTE_SYNTAX, "0000200B", attribute + " takes at most " + limit + " characters");
    }

    static LDAPException empty(String attribute) {
        return refusal(ResultCode.INVALID_ATTRIBUTE_SYNTAX, "00000057", attribute + " cannot be empty");
    }

    static LDAPException systemOnly(String attribute) {
        return refusal(ResultCode.CONSTRAINT_VIOLATION, "000020B1", attribute + " is set by the system");
    }

    static LDAPException backLink(String attribute) {
        return refusal(ResultCode.UNWILLING_TO_PERFORM, "000020AE", attribute + " is the other end of a link");
    }

    static LDAPException rdnByModify(String attribute) {
        return refusal(ResultCode.NOT_ALLOWED_ON_RDN, "00002016", attribute + " names the entry: rename it instead");
    }

    static LDAPException missingTarget(String attribute) {
        return refusal(ResultCode.CONSTRAINT_VIOLATION, "000020B5", attribute + " points to nothing");
    }

    static LDAPException missingMember(String member) {
        return refusal(ResultCode.NO_SUCH_OBJECT, "00002030", member + " does not exist");
    }

    static LDAPException alreadyMember(String member) {
        return refusal(ResultCode.ENTRY_ALREADY_EXISTS, "00000562", member + " is a member already");
    }

    static LDAPException notMember(String member) {
        return refusal(ResultCode.UNWILLING_TO_PERFORM, "00000561", member + " is no member");
    }

    static LDAPException enabledWithoutPassword() {
        return refusal(ResultCode.UNWILLING_TO_PERFORM, "0000052D", "an enabled account needs a password");
    }

    private static LDAPException refusal(ResultCode code, String number, String why) {
        return new LDAPException(code, number + ": " + why);
    }
}
