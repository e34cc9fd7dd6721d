package dev.rollcall.provisioning.internal.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.util.StaticUtils;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * DNs in the spelling that every server reads. RFC 4514 lets an equals sign in a value stand as it is, which Samba
 * refuses; as a pair of hexadecimal digits any character is allowed. Immutable and thread-safe.
 */
public final class WireNames {
    private WireNames() {}

    public static String of(DN dn) {
        StringBuilder text = new StringBuilder();
        for (RDN rdn : dn.getRDNs()) {
            if (text.length() > 0) {
                text.append(',');
            }
            append(text, rdn);
        }
        return text.toString();
    }

    public static String of(RDN rdn) {
        StringBuilder text = new StringBuilder();
        append(text, rdn);
        return text.toString();
    }

    /** A DN as a value; what is none stays as it is. */
    public static ASN1OctetString value(ASN1OctetString value) {
        try {
            return new ASN1OctetString(of(new DN(value.stringValue())));
        } catch (LDAPException notADn) {
            return value;
        }
    }

    private static void append(StringBuilder text, RDN rdn) {
        String[] names = rdn.getAttributeNames();
        byte[][] values = rdn.getByteArrayAttributeValues();
        for (int i = 0; i < names.length; i++) {
            if (i > 0) {
                text.append('+');
            }
            text.append(names[i]).append('=');
            if (StaticUtils.isValidUTF8(values[i])) {
                append(text, new String(values[i], StandardCharsets.UTF_8));
            } else {
                text.append('#').append(StaticUtils.toHex(new ASN1OctetString(values[i]).encode()));
            }
        }
    }

    private static void append(StringBuilder text, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean edge = i == 0 || i == value.length() - 1;
            if (c < ' ' || c == 0x7F || ",+\"\\<>;=".indexOf(c) >= 0 || (c == ' ' && edge) || (c == '#' && i == 0)) {
                text.append('\\').append(String.format(Locale.ROOT, "%02X", (int) c));
            } else {
                text.append(c);
            }
        }
    }
}
