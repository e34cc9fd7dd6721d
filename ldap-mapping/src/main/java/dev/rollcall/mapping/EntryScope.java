package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.Scope;
import dev.rollcall.mapping.internal.values.EntryValues;
import dev.rollcall.mapping.rule.Limits;
import java.util.function.UnaryOperator;

/**
 * What {@code entry.} names in a format: the attributes of a directory entry, in any case, and {@code entry.dn}. One
 * value is a text or bytes, several are a list; {@code entry.mail[0]} is the first one of either. Immutable and
 * thread-safe.
 */
public final class EntryScope implements Scope {
    private static final String DN = "dn";

    private final ReadOnlyEntry entry;
    private final UnaryOperator<String> names;

    /** A scope of an entry, whose attributes are named as the entry holds them. */
    public EntryScope(ReadOnlyEntry entry) {
        this(entry, UnaryOperator.identity());
    }

    /**
     * A scope of an entry, whose attributes may be given by any of their names.
     *
     * @param names gives the name under which entries hold an attribute, such as {@code sn} for {@code surname}
     */
    public EntryScope(ReadOnlyEntry entry, UnaryOperator<String> names) {
        this.entry = entry;
        this.names = names;
    }

    @Override
    public Value get(Name name) {
        if (!name.namespace().equals("entry")) {
            return Value.absent();
        }
        String column = name.path().column();
        return column.equalsIgnoreCase(DN)
                ? Value.of(entry.getDN())
                : EntryValues.at(name, EntryValues.present(entry, names.apply(column), Limits.NONE));
    }

    @Override
    public String toString() {
        return "entry " + entry.getDN();
    }
}
