package dev.rollcall.provisioning.internal.plan;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.EntryReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a plan without some of its changes. Whatever rests on one of those is left out too: all changes of an
 * entry that is not linked, memberships of an entry that is not made, and entries that were to get a DN that is not left. The
 * other changes of an entry that is not renamed are made where it is, and references are to where people are. Not
 * thread-safe: for one thread at a time.
 */
public final class RemainingChanges {
    private final Supplier<Stream<Change>> changes;
    private final Predicate<Change> unwanted;

    /** By id: where an entry is when the plan begins, of those that are renamed. */
    private final Map<String, DN> began = new HashMap<>();

    /** By id: where an entry stays. */
    private final Map<String, DN> staying = new HashMap<>();

    /** By the form of the DN that the plan had for an entry: where it is instead. */
    private final Map<String, DN> instead = new HashMap<>();

    private final Set<String> occupied = new HashSet<>();
    private final Set<String> unlinked = new HashSet<>();
    private final Set<String> unmade = new HashSet<>();

    public RemainingChanges(Supplier<Stream<Change>> changes, Predicate<Change> unwanted) {
        this.changes = changes;
        this.unwanted = unwanted;
        // In a ring of names those who come first wait for the last one.
        int known = -1;
        while (known != known()) {
            known = known();
            try (Stream<Change> all = changes.get()) {
                all.forEachOrdered(this::learn);
            }
        }
    }

    public Stream<Change> changes() {
        return changes.get()
                .filter(change -> !isLeftOut(change))
                .map(change -> change instanceof DirectoryChange entry ? placed(entry) : change)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    private int known() {
        return staying.size() + occupied.size() + unlinked.size() + unmade.size();
    }

    private void learn(Change change) {
        boolean leftOut = isLeftOut(change);
        if (change.kind() == ChangeKind.LINK && leftOut) {
            unlinked.add(ChangeEntries.of(change));
        }
        if (change instanceof DirectoryChange entry) {
            DN to = entry.newDn().orElse(null);
            if (to != null) {
                began.putIfAbsent(ChangeEntries.of(entry), entry.dn());
            }
            if (leftOut && to != null) {
                DN from = began.getOrDefault(ChangeEntries.of(entry), entry.dn());
                staying.put(ChangeEntries.of(entry), from);
                occupied.add(DnForm.of(from));
                instead.put(DnForm.of(to), from);
            } else if (leftOut && entry.kind() == ChangeKind.DELETE) {
                occupied.add(DnForm.of(entry.dn()));
            } else if (leftOut && entry.kind() == ChangeKind.CREATE) {
                unmade.add(entry.key());
            }
        }
    }

    private boolean isLeftOut(Change change) {
        if (unwanted.test(change) || unlinked.contains(ChangeEntries.of(change))) {
            return true;
        }
        if (!(change instanceof DirectoryChange entry)) {
            return false;
        }
        return switch (entry.kind()) {
            case RENAME, MOVE ->
                staying.containsKey(ChangeEntries.of(entry))
                        || occupied.contains(DnForm.of(entry.newDn().orElseThrow()));
            case CREATE -> occupied.contains(DnForm.of(entry.dn()));
            case GROUP_ADD -> entry.id().isEmpty() && unmade.contains(entry.key());
            case LINK, MODIFY, ENABLE, DISABLE, DELETE, GROUP_REMOVE -> false;
        };
    }

    /** The change where its entry is, and with references to where people are; null if nothing is left of it. */
    private @Nullable DirectoryChange placed(DirectoryChange change) {
        DirectoryChange.Builder draft =
                change.toBuilder().dn(staying.getOrDefault(ChangeEntries.of(change), change.dn()));
        List<AttributeChange> attributes = new ArrayList<>();
        for (AttributeChange attribute : change.attributes()) {
            List<EntryReference> references = new ArrayList<>();
            for (EntryReference reference : attribute.references()) {
                if (!unmade.contains(reference.key())) {
                    DN there = instead.get(DnForm.of(reference.dn()));
                    references.add(there == null ? reference : reference.at(WireNames.of(there)));
                }
            }
            if (!references.isEmpty()) {
                boolean lost = references.size() < attribute.references().size();
                attributes.add(AttributeChange.references(
                                attribute.name(),
                                attribute.before(),
                                lost ? KeptReferences.beside(references, attribute.before()) : references,
                                attribute.because())
                        .sensitive(attribute.isSensitive()));
            } else if (attribute.references().isEmpty()) {
                attributes.add(
                        change.group().isEmpty()
                                ? attribute
                                : attribute.values(present(attribute.before()), present(attribute.after())));
            }
        }
        draft.attributes(attributes);
        return attributes.isEmpty() && change.kind() == ChangeKind.MODIFY ? null : draft.build();
    }

    private List<ASN1OctetString> present(List<ASN1OctetString> names) {
        return ChangeEntries.mapped(names, instead::get);
    }
}
