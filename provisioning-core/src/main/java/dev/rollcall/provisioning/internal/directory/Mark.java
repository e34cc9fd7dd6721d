package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tells our entries from others: a value in an attribute, with the day on which we disabled the account. */
public record Mark(String attribute, String value) {
    private static final String DISABLED = ";disabled=";

    public Mark {
        Objects.requireNonNull(attribute, "attribute");
        if (value.isBlank() || value.contains(";")) {
            throw new IllegalArgumentException("a mark has a value, without a semicolon");
        }
    }

    /** The same mark, its attribute by another name. */
    public Mark under(String name) {
        return new Mark(name, value);
    }

    /** The values of its attribute. */
    List<String> on(ReadOnlyEntry entry) {
        return Entries.values(entry, attribute);
    }

    /** Finds the entries that carry it, with or without a date. */
    public Filter filter() {
        return Filter.createORFilter(
                Filter.createEqualityFilter(attribute, value),
                Filter.createSubInitialFilter(attribute, value + DISABLED));
    }

    /** What puts a mark in place of ours, if there is one. */
    List<Modification> put(ReadOnlyEntry entry, String mark) {
        List<Modification> modifications = new ArrayList<>();
        ours(on(entry)).ifPresent(old -> modifications.add(new Modification(ModificationType.DELETE, attribute, old)));
        modifications.add(new Modification(ModificationType.ADD, attribute, mark));
        return modifications;
    }

    /** The value of {@code present} that is our mark, with or without a date. */
    Optional<String> ours(List<String> present) {
        return present.stream().filter(this::isOurs).findFirst();
    }

    /**
     * A mark of another source. {@code rollcall:crm} shares the word before the colon with {@code rollcall:hr}; a mark
     * without a colon has the attribute to itself, so any other value there is someone else's.
     */
    Optional<String> theirs(List<String> present) {
        int colon = value.indexOf(':');
        String family = colon < 0 ? "" : value.substring(0, colon + 1);
        return present.stream()
                .filter(one -> !isOurs(one) && one.startsWith(family))
                .findFirst();
    }

    /** What {@link #theirs} says, for the server to judge: an entry with our mark, or without another one of its family. */
    public Filter notTheirs() {
        int colon = value.indexOf(':');
        Filter any = colon < 0
                ? Filter.createPresenceFilter(attribute)
                : Filter.createSubstringFilter(attribute, value.substring(0, colon + 1), null, null);
        return Filter.createORFilter(
                Filter.createEqualityFilter(attribute, value),
                Filter.createSubstringFilter(attribute, value + DISABLED, null, null),
                Filter.createNOTFilter(any));
    }

    String disabled(LocalDate day) {
        return value + DISABLED + day;
    }

    /** The day in a mark of ours, or null if it says none. */
    static @Nullable LocalDate disabledSince(String mark) {
        int at = mark.indexOf(DISABLED);
        if (at < 0) {
            return null;
        }
        try {
            return LocalDate.parse(mark.substring(at + DISABLED.length()));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    boolean isOurs(String one) {
        return one.equals(value) || one.startsWith(value + DISABLED);
    }
}
