package dev.rollcall.provisioning.internal.undo;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.internal.journal.ValueFingerprints;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which side of a recorded change the values of an entry are on. Immutable and thread-safe. */
record RecordedState(DirectoryAccess directory) {
    /** What an entry holds of a recorded attribute. */
    enum Held {
        /** What the change was to leave. */
        AFTER,
        /** What was there before. */
        BEFORE,
        /** Neither. */
        OTHER,
        /** Nothing that can be told: the account of the runs does not see it. */
        UNSEEN
    }

    Held held(RecordedAttribute recorded, ReadOnlyEntry entry) {
        List<ASN1OctetString> values = Entries.present(entry, recorded.name());
        if (recorded.fingerprints()) {
            return fingerprinted(recorded, values);
        }
        ValueEquality equality = directory.values(recorded.name());
        List<ASN1OctetString> removed = without(recorded.before(), recorded.after());
        List<ASN1OctetString> added = without(recorded.after(), recorded.before());
        if (isAccountState(recorded.name()) && !removed.isEmpty() && !added.isEmpty()) {
            // The bit that disables is none of a mapping's, and not compared with the others.
            return values.containsAll(added) ? Held.AFTER : values.containsAll(removed) ? Held.BEFORE : Held.OTHER;
        }
        Set<String> present = equality.canonical(values);
        boolean hasAdded = present.containsAll(equality.canonical(added));
        boolean hasRemoved = present.containsAll(equality.canonical(removed));
        boolean noneAdded = equality.canonical(added).stream().noneMatch(present::contains);
        boolean noneRemoved = equality.canonical(removed).stream().noneMatch(present::contains);
        if (hasAdded && noneRemoved) {
            return Held.AFTER;
        }
        return hasRemoved && noneAdded ? Held.BEFORE : Held.OTHER;
    }

    boolean isDn(RecordedAttribute recorded) {
        return directory.values(recorded.name()).isDn();
    }

    private boolean isAccountState(String name) {
        return name.equalsIgnoreCase(directory.accounts().attribute());
    }

    private static Held fingerprinted(RecordedAttribute recorded, List<ASN1OctetString> values) {
        if (recorded.after().isEmpty() && recorded.before().isEmpty()) {
            return Held.UNSEEN; // a password that was made while it was written
        } else if (values.isEmpty()
                && !recorded.after().isEmpty()
                && !recorded.before().isEmpty()) {
            return Held.UNSEEN;
        } else if (ValueFingerprints.match(recorded.after(), values)) {
            return values.isEmpty() ? Held.UNSEEN : Held.AFTER;
        }
        return ValueFingerprints.match(recorded.before(), values) && !values.isEmpty() ? Held.BEFORE : Held.UNSEEN;
    }

    private static List<ASN1OctetString> without(List<ASN1OctetString> some, List<ASN1OctetString> others) {
        List<ASN1OctetString> rest = new ArrayList<>(some);
        rest.removeAll(others);
        return rest;
    }
}
