package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.util.StaticUtils;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form that all spellings of a DN share which a server takes for the same name: escapes, case, spaces, forms of Unicode
 * and the other names and OIDs of attributes (RFC 4519) make no difference. Stateless, and thus thread-safe.
 *
 * <p>It is for comparing only. A server finds an entry by any spelling that it takes for the same, and some fold less than
 * this, so what is sent stays as it is.
 */
public final class DnForm {
    private DnForm() {}

    /** {@return the form of a DN} */
    public static String of(DN dn) {
        StringBuilder form = new StringBuilder();
        for (RDN rdn : dn.getRDNs()) {
            if (form.length() > 0) {
                form.append(',');
            }
            append(form, rdn);
        }
        return form.toString();
    }

    /** {@return the form of a DN in a value; of a string that is none, the string as it is compared} */
    public static String of(String value) {
        try {
            return of(new DN(value));
        } catch (LDAPException notADn) {
            return StringPreparation.caseIgnored(value);
        }
    }

    /** {@return whether a server takes both for the same name} */
    public static boolean same(@Nullable DN one, @Nullable DN other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.equals(other) || of(one).equals(of(other));
    }

    /** {@return whether an entry of this name stands below {@code top}} */
    public static boolean isBelow(DN dn, DN top) {
        RDN[] rdns = dn.getRDNs();
        int depth = rdns.length - top.getRDNs().length;
        return depth > 0
                && (dn.isDescendantOf(top, false)
                        || same(new DN(Arrays.asList(rdns).subList(depth, rdns.length)), top));
    }

    /** {@return whether an entry of this name is {@code top} or stands below it} */
    public static boolean isWithin(DN dn, DN top) {
        return isBelow(dn, top) || same(dn, top);
    }

    /** {@return the first name of an attribute in a DN, in lower case} */
    public static String attribute(String name) {
        return SchemaEquality.standardName(name).toLowerCase(Locale.ROOT);
    }

    private static void append(StringBuilder form, RDN rdn) {
        String[] names = rdn.getAttributeNames();
        byte[][] values = rdn.getByteArrayAttributeValues();
        if (names.length == 1) {
            part(form, names[0], values[0]);
            return;
        }
        String[] parts = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            StringBuilder part = new StringBuilder();
            part(part, names[i], values[i]);
            parts[i] = part.toString();
        }
        Arrays.sort(parts);
        form.append(String.join("+", parts));
    }

    private static void part(StringBuilder form, String name, byte[] value) {
        form.append(attribute(name)).append('=');
        if (!StaticUtils.isValidUTF8(value)) {
            form.append('#').append(StaticUtils.toHex(value));
            return;
        }
        String text = StringPreparation.caseIgnored(new String(value, StandardCharsets.UTF_8));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '+' || c == '\\' || (c == '#' && i == 0)) {
                form.append('\\');
            }
            form.append(c);
        }
    }
}
