package dev.rollcall.mapping.internal.definition;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The names under which a server returns attributes: one may have several names besides its OID (RFC 4512, 2.5.1), and
 * entries hold it under the first. Thread-safe.
 */
public final class AttributeNames {
    private final UnaryOperator<String> attributes;
    private final UnaryOperator<String> classes;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    private AttributeNames(UnaryOperator<String> attributes, UnaryOperator<String> classes) {
        this.attributes = attributes;
        this.classes = classes;
    }

    /** {@return names as they are given, for as long as no schema is known} */
    public static AttributeNames asGiven() {
        return new AttributeNames(UnaryOperator.identity(), UnaryOperator.identity());
    }

    /**
     * {@return the first names of a schema}
     *
     * @param standard the schema of the RFCs, which has other names of attributes that a server may not know
     */
    public static AttributeNames of(Schema schema, Schema standard) {
        return new AttributeNames(name -> attribute(schema, standard, name), name -> {
            ObjectClassDefinition definition = schema.getObjectClass(name);
            return definition == null || definition.getNameOrOID().equalsIgnoreCase(name)
                    ? name
                    : definition.getNameOrOID();
        });
    }

    /**
     * {@return the first name of an attribute, with its options: that of the schema, also for another name that the RFCs give
     * one of its attributes; a name that neither knows as it is}
     */
    public String first(String name) {
        return known.computeIfAbsent(name, attributes);
    }

    /** {@return the first name in small letters, by which rules are found} */
    public String id(String name) {
        return first(name).toLowerCase(Locale.ROOT);
    }

    /** {@return a DN with the first names of its attributes: not every server knows the others in a DN} */
    public DN dn(DN dn) {
        RDN[] rdns = dn.getRDNs().clone(); // the DN hands out its own array
        boolean changed = false;
        for (int i = 0; i < rdns.length; i++) {
            String[] given = rdns[i].getAttributeNames();
            String[] named = Arrays.stream(given).map(this::first).toArray(String[]::new);
            if (!Arrays.equals(given, named)) {
                rdns[i] = new RDN(named, rdns[i].getByteArrayAttributeValues());
                changed = true;
            }
        }
        return changed ? new DN(rdns) : dn;
    }

    /** {@return the first name of an object class} */
    String firstOfClass(String name) {
        return classes.apply(name);
    }

    private static String attribute(Schema schema, Schema standard, String name) {
        String base = Attribute.getBaseName(name);
        AttributeTypeDefinition definition = schema.getAttributeType(base);
        if (definition == null) {
            // Active Directory has sn, and neither surname nor a DN with organizationalUnitName.
            AttributeTypeDefinition known = standard.getAttributeType(base);
            definition = known == null ? null : schema.getAttributeType(known.getNameOrOID());
        }
        return definition == null || definition.getNameOrOID().equalsIgnoreCase(base)
                ? name
                : definition.getNameOrOID() + name.substring(base.length());
    }
}
