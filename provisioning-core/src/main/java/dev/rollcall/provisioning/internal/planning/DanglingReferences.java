package dev.rollcall.provisioning.internal.planning;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.AttributeChanges;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Values of owned DN attributes that stay, though their record does not say whom they are about, and whose entry is gone or
 * about to be deleted. If somebody else gets its DN, the value would be about that person: it is taken out. The other
 * modifications of such an entry wait until this is known. Not thread-safe: for one thread at a time.
 */
final class DanglingReferences {
    private record Kept(String attribute, List<ASN1OctetString> values) {}

    /** An entry with such values, and the modification that is planned for it anyway. */
    private static final class Holder {
        private final List<Kept> kept = new ArrayList<>();
        private DirectoryChange modification;

        Holder(DirectoryChange modification) {
            this.modification = modification;
        }
    }

    private final RunSettings run;
    private final ManagedEntries managed;
    private final Judgements judgements;
    private final NameMoves moves;
    private final Map<String, Holder> holders = new LinkedHashMap<>();

    DanglingReferences(RunSettings run, ManagedEntries managed, Judgements judgements, NameMoves moves) {
        this.run = run;
        this.managed = managed;
        this.judgements = judgements;
        this.moves = moves;
    }

    /** Notes the values of all owned DN attributes that the mapping leaves as they are. */
    void add(String key, DesiredEntry desired, ReadOnlyEntry entry) {
        for (Map.Entry<String, AttributeIntent> one : desired.attributes().entrySet()) {
            if (one.getValue() instanceof AttributeIntent.Keep) {
                add(key, one.getKey(), entry);
            }
        }
    }

    /** Notes the values of one attribute. */
    void add(String key, String attribute, ReadOnlyEntry entry) {
        List<ASN1OctetString> values = Entries.present(entry, attribute);
        if (!values.isEmpty()
                && run.directory().values(attribute).isDn()
                && values.stream().anyMatch(this::isDangling)) {
            String id = run.directory().id(entry);
            holders.computeIfAbsent(id, none -> new Holder(draft(key, entry, id)))
                    .kept
                    .add(new Kept(attribute, values));
        }
    }

    private static DirectoryChange draft(String key, ReadOnlyEntry entry, String id) {
        return DirectoryChange.builder(ChangeKind.MODIFY, key, Entries.dn(entry))
                .id(id)
                .build();
    }

    /** Keeps the modification of an entry, if it holds such a value; else returns false. */
    boolean defers(DirectoryChange modification) {
        Holder holder = modification.id().map(holders::get).orElse(null);
        if (holder != null) {
            holder.modification = modification;
        }
        return holder != null;
    }

    /** The modifications of all entries with such values, with what is to be taken out; once all DNs are settled. */
    List<DirectoryChange> settled() {
        List<DirectoryChange> changes = new ArrayList<>();
        for (Holder holder : holders.values()) {
            List<AttributeChange> cleared = new ArrayList<>();
            for (Kept one : holder.kept) {
                List<ASN1OctetString> left = one.values.stream()
                        .filter(value -> !goesToAnother(value))
                        .toList();
                if (left.size() < one.values.size()) {
                    cleared.add(AttributeChange.of(
                            one.attribute, one.values, left, "the entry it named is gone, and another gets its DN"));
                }
            }
            List<AttributeChange> attributes = AttributeChanges.both(holder.modification.attributes(), cleared);
            if (!attributes.isEmpty()) {
                changes.add(
                        holder.modification.toBuilder().attributes(attributes).build());
            }
        }
        return changes;
    }

    private boolean isDangling(ASN1OctetString value) {
        DN dn = dn(value);
        OptionalInt holder = dn == null ? OptionalInt.empty() : managed.byDn(dn);
        return dn != null
                && (holder.isEmpty()
                        || judgements.mustEnd(holder.getAsInt()).equals(Optional.of(Situation.SOURCE_MISSING)));
    }

    private boolean goesToAnother(ASN1OctetString value) {
        DN dn = dn(value);
        OptionalInt holder = dn == null ? OptionalInt.empty() : managed.byDn(dn);
        return dn != null && moves.gives(dn) && (holder.isEmpty() || moves.isDeleted(holder.getAsInt()));
    }

    private static @Nullable DN dn(ASN1OctetString value) {
        try {
            return new DN(value.stringValue());
        } catch (LDAPException notADn) {
            return null;
        }
    }
}
