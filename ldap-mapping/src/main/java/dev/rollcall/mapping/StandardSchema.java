package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The attributes of the RFCs with all their names, for as long as no server's schema is known.
 * Immutable and thread-safe.
 */
public final class StandardSchema {
    /**
     * The other names of RFC 4519 and RFC 4524, which their formal definitions leave out. Without {@code streetAddress}: Active
     * Directory has it beside {@code street}, as another attribute.
     */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("uid", "userid"),
            Map.entry("cn", "commonName"),
            Map.entry("sn", "surname"),
            Map.entry("c", "countryName"),
            Map.entry("l", "localityName"),
            Map.entry("st", "stateOrProvinceName"),
            Map.entry("o", "organizationName"),
            Map.entry("ou", "organizationalUnitName"),
            Map.entry("givenName", "gn"),
            Map.entry("dc", "domainComponent"),
            Map.entry("facsimileTelephoneNumber", "fax"),
            Map.entry("co", "friendlyCountryName"),
            Map.entry("homePhone", "homeTelephoneNumber"),
            Map.entry("mobile", "mobileTelephoneNumber"),
            Map.entry("pager", "pagerTelephoneNumber"),
            Map.entry("mail", "rfc822Mailbox"));

    /** The attribute by which OpenLDAP disables accounts. */
    private static final String LOCKED =
            "( 1.3.6.1.4.1.42.2.27.8.1.17 NAME 'pwdAccountLockedTime' EQUALITY generalizedTimeMatch"
                    + " SYNTAX 1.3.6.1.4.1.1466.115.121.1.24 SINGLE-VALUE )";

    private static final Schema SCHEMA = read();

    private StandardSchema() {}

    /** {@return the attributes and classes of the RFCs} */
    public static Schema get() {
        return SCHEMA;
    }

    private static Schema read() {
        try {
            Entry entry = Schema.getDefaultStandardSchema().getSchemaEntry().duplicate();
            List<String> types = new ArrayList<>();
            for (String type : entry.getAttributeValues(Schema.ATTR_ATTRIBUTE_TYPE)) {
                types.add(withOtherName(type));
            }
            if (types.stream().noneMatch(type -> type.contains("'pwdAccountLockedTime'"))) {
                types.add(LOCKED);
            }
            entry.setAttribute(Schema.ATTR_ATTRIBUTE_TYPE, types);
            return new Schema(entry);
        } catch (LDAPException missing) {
            throw new IllegalStateException("the LDAP SDK has no standard schema", missing);
        }
    }

    private static String withOtherName(String type) {
        for (Map.Entry<String, String> name : OTHER_NAMES.entrySet()) {
            String only = "NAME '" + name.getKey() + "'";
            if (type.contains(only)) {
                return type.replace(only, "NAME ( '" + name.getKey() + "' '" + name.getValue() + "' )");
            }
        }
        return type;
    }
}
