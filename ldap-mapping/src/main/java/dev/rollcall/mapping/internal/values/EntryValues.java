package dev.rollcall.mapping.internal.values;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Name;
import dev.rollcall.mapping.rule.Limits;
import java.util.ArrayList;
import java.util.List;

/** What formats read of a directory entry. Stateless, and thus thread-safe. */
public final class EntryValues {
    private EntryValues() {}

    /** {@return what an entry has in an attribute: a text or bytes if it is one value} */
    public static Value present(ReadOnlyEntry entry, String attribute, Limits limits) {
        Attribute held = entry.getAttribute(attribute);
        if (held == null || held.size() == 0) {
            return Value.absent();
        }
        boolean binary = AttributeFacts.of(attribute, limits).binary();
        List<Value> values = new ArrayList<>(held.size());
        for (ASN1OctetString value : held.getRawValues()) {
            values.add(binary ? new Value.Bytes(value.getValue()) : Value.of(value.stringValue()));
        }
        return values.size() == 1 ? values.get(0) : Value.of(values);
    }

    /** What stands at a path whose first step is an attribute: {@code proxyAddresses[0]} is the first value of one too. */
    public static Value at(Name name, Value value) {
        String path = name.path().toString();
        String column = name.path().column();
        if (path.equals(column) || !path.startsWith(column)) {
            return value;
        }
        boolean indexed = path.charAt(column.length()) == '[';
        boolean one = indexed && !(value instanceof Value.Items) && !value.isEmpty();
        return name.path().in(Value.Fields.none().with(column, one ? Value.of(List.of(value)) : value));
    }
}
