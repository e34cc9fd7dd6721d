package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import dev.rollcall.formats.Sink;
import dev.rollcall.mapping.internal.text.DnText;

/**
 * How a value is encoded in the text of a DN and of a filter. Immutable and thread-safe.
 *
 * <p>{@link Mapping} itself needs neither: it makes DN objects. These are for texts that hold a DN or a filter, such as
 * the URL of a webhook.
 *
 * <pre>{@code
 * Format.parse("(mail=${record.email})").render(LdapSinks.FILTER, evaluation);
 * }</pre>
 */
public final class LdapSinks {
    /** The value of an RDN, as RFC 4514 escapes it; control characters are left out. */
    public static final Sink DN = Sink.of(LdapSinks::inDn);

    /** The value of an assertion in a filter, as RFC 4515 escapes it. */
    public static final Sink FILTER = Sink.of(LdapSinks::inFilter);

    private LdapSinks() {}

    private static String inDn(String value) {
        String clean = DnText.clean(value);
        // What the SDK writes after the equals sign of a name of one letter.
        return clean.isEmpty() ? "" : new RDN("x", clean).toString().substring(2);
    }

    private static String inFilter(String value) {
        return Filter.encodeValue(value);
    }
}
