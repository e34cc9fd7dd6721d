package dev.rollcall.provisioning.internal.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an entry says of itself: its name and its values, in the form in which they are compared. Immutable and thread-safe. */
public final class Entries {
    private Entries() {}

    public static DN dn(ReadOnlyEntry entry) {
        try {
            return entry.getParsedDN();
        } catch (LDAPException notADn) {
            throw new IllegalStateException("the server returned a DN that is none: " + entry.getDN(), notADn);
        }
    }

    public static List<String> values(ReadOnlyEntry entry, String attribute) {
        String[] values = entry.getAttributeValues(attribute);
        return values == null ? List.of() : Arrays.asList(values);
    }

    public static List<ASN1OctetString> present(ReadOnlyEntry entry, String name) {
        Attribute attribute = entry.getAttribute(name);
        return attribute == null ? List.of() : Arrays.asList(attribute.getRawValues());
    }

    public static String named(String attribute, String value) {
        return attribute.toLowerCase(Locale.ROOT) + '\n' + StringPreparation.caseIgnored(value);
    }

    /** A DN from a text; the exception names {@code what} if it is not a DN. */
    public static DN dn(String what, String text) {
        try {
            return new DN(text);
        } catch (LDAPException unreadable) {
            throw new IllegalArgumentException(what + " is not a DN: " + text, unreadable);
        }
    }
}
