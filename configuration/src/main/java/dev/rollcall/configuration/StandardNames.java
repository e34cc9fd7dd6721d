package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import dev.rollcall.mapping.StandardSchema;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The names of attributes as far as they are known without a connection. Stateless, and thus thread-safe.
 */
final class StandardNames {
    private StandardNames() {}

    /** {@return whether both are names of one attribute, whatever their options} */
    static boolean same(String one, String other) {
        return first(one).equals(first(other));
    }

    /** {@return a DN that equals every other spelling of it, with other names of its attributes too} */
    static DN dn(String text) throws LDAPException {
        return new DN(Normalizer.normalize(text, Normalizer.Form.NFC), StandardSchema.get());
    }

    /** {@return whether an entry of this name is {@code top} or stands below it} */
    static boolean isWithin(String dn, String top) throws LDAPException {
        return dn(dn).isDescendantOf(dn(top), true);
    }

    /** {@return the first name that the RFCs give an attribute, in small letters and without options} */
    static String first(String name) {
        String base = Attribute.getBaseName(name);
        AttributeTypeDefinition definition = StandardSchema.get().getAttributeType(base);
        return (definition == null ? base : definition.getNameOrOID()).toLowerCase(Locale.ROOT);
    }
}
