package dev.rollcall.mapping.internal.lint;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.mapping.internal.values.AttributeFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a directory says of itself: its schema, and from Active Directory how long values may be, which a schema does not
 * tell. Immutable and thread-safe.
 */
public record DirectorySchema(Schema schema, Map<String, Integer> lengths) {
    /** Attributes asked for at once: a filter of all might be longer than a server likes. */
    private static final int BATCH = 50;

    public static DirectorySchema read(LDAPInterface connection, Set<String> attributes) throws LDAPException {
        Schema schema = connection.getSchema();
        if (schema == null) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "the directory shows no schema");
        }
        RootDSE root = connection.getRootDSE();
        String definitions = root == null ? null : root.getAttributeValue("schemaNamingContext");
        return new DirectorySchema(
                schema, definitions == null ? Map.of() : lengths(connection, definitions, List.copyOf(attributes)));
    }

    public static Map<String, Integer> lengths(LDAPInterface connection, String definitions, List<String> attributes)
            throws LDAPException {
        Map<String, Integer> lengths = new HashMap<>();
        for (int from = 0; from < attributes.size(); from += BATCH) {
            List<Filter> names = attributes.subList(from, Math.min(from + BATCH, attributes.size())).stream()
                    .map(name -> Filter.createEqualityFilter("lDAPDisplayName", AttributeFacts.base(name)))
                    .toList();
            Filter filter = Filter.createANDFilter(
                    Filter.createEqualityFilter("objectClass", "attributeSchema"), Filter.createORFilter(names));
            for (SearchResultEntry entry : connection
                    .search(definitions, SearchScope.ONE, filter, "lDAPDisplayName", "rangeUpper")
                    .getSearchEntries()) {
                String name = entry.getAttributeValue("lDAPDisplayName");
                Integer most = entry.getAttributeValueAsInteger("rangeUpper");
                if (name != null && most != null) {
                    lengths.put(name, most);
                }
            }
        }
        return Map.copyOf(lengths);
    }
}
