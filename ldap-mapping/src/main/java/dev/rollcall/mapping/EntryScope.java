package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.Scope;
import dev.rollcall.mapping.internal.values.EntryValues;
import dev.rollcall.mapping.rule.Limits;

/**
 * What {@code entry.} names in a format: the attributes of a directory entry, in any case, and {@code entry.dn}. One
 * value is a text or bytes, several are a list; {@code entry.mail[0]} is the first one of either. Immutable and
 * thread-safe.
 */
public final class EntryScope implements Scope {
    private static final String DN = "dn";

    private final ReadOnlyEntry entry;

    /** A scope of an entry. */
    public EntryScope(ReadOnlyEntry entry) {
        this.entry = entry;
    }

    @Override
    public Value get(Name name) {
        if (!name.namespace().equals("entry")) {
            return Value.absent();
        }
        String column = name.path().column();
        return column.equalsIgnoreCase(DN)
                ? Value.of(entry.getDN())
                : EntryValues.at(name, EntryValues.present(entry, column, Limits.NONE));
    }

    @Override
    public String toString() {
        return "entry " + entry.getDN();
    }
}
