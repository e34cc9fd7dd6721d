package dev.rollcall.provisioning.internal.undo;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.internal.journal.ValueFingerprints;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.plan.AttributeChange;
import java.util.List;
import java.util.Optional;

/** Takes back what a run did to one attribute of one entry, if that is still there. Immutable and thread-safe. */
final class AttributeUndo {
    /** What is to be done with an attribute. */
    enum Way {
        /** It has the value that the run left, and gets back the one from before. */
        CHANGE,
        /** It has the value from before already. */
        NOTHING,
        /** It has another value. */
        CHANGED_SINCE,
        /** The journal has fingerprints only. */
        LOST
    }

    private static final int DISABLED_BIT = 0x2;

    private final DirectoryAccess directory;
    private final NetChanges net;
    private final Normalizations known;
    private final String because;

    AttributeUndo(DirectoryAccess directory, NetChanges net, Normalizations known, String because) {
        this.directory = directory;
        this.net = net;
        this.known = known;
        this.because = because;
    }

    Way way(NetEntry entry, RecordedAttribute recorded, ReadOnlyEntry current) {
        List<ASN1OctetString> now = Entries.present(current, recorded.name());
        if (recorded.fingerprints()) {
            boolean back = !now.isEmpty() && ValueFingerprints.match(recorded.before(), now);
            return back ? Way.NOTHING : Way.LOST;
        }
        if (isAccountFlags(recorded)) {
            return flags(recorded, now);
        }
        ValueEquality equality = directory.values(recorded.name());
        List<ASN1OctetString> before = equality.isDn() ? net.afterwards(recorded.before()) : recorded.before();
        // References that were there before and follow a rename back need nothing.
        if (equality.same(now, recorded.before()) || equality.same(now, before)) {
            return Way.NOTHING;
        }
        return isAsLeft(entry, recorded, current) ? Way.CHANGE : Way.CHANGED_SINCE;
    }

    /** Whether an entry has in an attribute what the run left there, or what the server made of it. */
    boolean isAsLeft(NetEntry entry, RecordedAttribute recorded, ReadOnlyEntry current) {
        List<ASN1OctetString> now = Entries.present(current, recorded.name());
        if (recorded.fingerprints()) {
            return now.isEmpty() || recorded.after().isEmpty() || ValueFingerprints.match(recorded.after(), now);
        }
        if (isAccountFlags(recorded)) {
            return flags(recorded, now) == Way.CHANGE;
        }
        ValueEquality equality = directory.values(recorded.name());
        return equality.same(now, recorded.after())
                || (equality.isDn() && equality.same(now, net.afterwards(recorded.after())))
                // A server adds object classes that ours stand under.
                || (recorded.name().equalsIgnoreCase("objectClass")
                        && equality.canonical(now).containsAll(equality.canonical(recorded.after())))
                || isNormalized(entry, recorded, now);
    }

    private boolean isNormalized(NetEntry entry, RecordedAttribute recorded, List<ASN1OctetString> now) {
        AttributeChange inVain = AttributeChange.of(recorded.name(), now, recorded.after(), "");
        return entry.id()
                .filter(id -> known.unknown(id, List.of(inVain)).isEmpty())
                .isPresent();
    }

    /** DNs from before the run, as they are after it. */
    List<ASN1OctetString> afterwards(List<ASN1OctetString> names) {
        return net.afterwards(names);
    }

    /** The change that gives an attribute its values from before the run. */
    AttributeChange back(RecordedAttribute recorded, ReadOnlyEntry current) {
        List<ASN1OctetString> now = Entries.present(current, recorded.name());
        List<ASN1OctetString> then = recorded.before();
        if (isAccountFlags(recorded)) {
            long flipped = number(now).orElseThrow() ^ DISABLED_BIT;
            then = List.of(new ASN1OctetString(Integer.toString((int) flipped)));
        }
        return AttributeChange.of(recorded.name(), now, then, because);
    }

    /** Of Active Directory's flags a disable and an enable change one; the others may be somebody else's by now. */
    private boolean isAccountFlags(RecordedAttribute recorded) {
        return directory.kind() == DirectoryKind.ACTIVE_DIRECTORY
                && recorded.name().equalsIgnoreCase(directory.accounts().attribute())
                && number(recorded.before()).isPresent()
                && number(recorded.after()).isPresent();
    }

    private static Way flags(RecordedAttribute recorded, List<ASN1OctetString> now) {
        Optional<Long> present = number(now);
        long before = number(recorded.before()).orElseThrow() & DISABLED_BIT;
        long after = number(recorded.after()).orElseThrow() & DISABLED_BIT;
        if (present.isEmpty()) {
            return Way.CHANGED_SINCE;
        }
        long bit = present.get() & DISABLED_BIT;
        return bit == before ? Way.NOTHING : bit == after ? Way.CHANGE : Way.CHANGED_SINCE;
    }

    private static Optional<Long> number(List<ASN1OctetString> values) {
        try {
            return values.size() == 1
                    ? Optional.of(Long.parseLong(values.get(0).stringValue().strip()))
                    : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
