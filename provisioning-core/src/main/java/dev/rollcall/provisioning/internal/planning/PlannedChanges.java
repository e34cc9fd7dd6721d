package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.ChangeCodec;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.plan.KeptReferences;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.EntryReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a plan as they come from the spools, stage after stage: without those whose DN stays in use, and with the
 * DNs that references will have in the end. Not thread-safe: for one thread at a time.
 */
final class PlannedChanges implements AutoCloseable {
    /** Larger than anything but pictures and their like. */
    private static final int LARGE = 1 << 18;

    private final ManagedEntries managed;
    private final DraftedChanges drafted;
    private final Findings findings;

    PlannedChanges(ManagedEntries managed, DraftedChanges drafted, Findings findings) {
        this.managed = managed;
        this.drafted = drafted;
        this.findings = findings;
    }

    /** Decodes one change at a time: a flatMap would keep a whole stage in memory behind an iterator. */
    Stream<DirectoryChange> stream() {
        IntFunction<DirectoryChange> step = drafted.moves::step;
        return Stream.of(
                        spooled(drafted.ends),
                        spooled(drafted.memberships.ends).filter(change -> !drafted.memberships.isKept(change)),
                        drafted.moves.deletes(),
                        spooled(drafted.links),
                        IntStream.range(0, drafted.moves.steps()).mapToObj(step),
                        largeLast(drafted.entries),
                        spooled(drafted.memberships.spool).filter(change -> !drafted.memberships.isKept(change)),
                        largeLast(drafted.creates),
                        spooled(drafted.memberships.ofNew))
                .reduce(Stream.empty(), Stream::concat)
                .map(this::enabledWhereItIs)
                .filter(change -> !drafted.isRefused(change))
                .map(this::resolved)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    /** The same, for who does not care what kind of change it is. */
    Stream<Change> changes() {
        return stream().map(change -> change);
    }

    /** A person who returns can log on, although another entry has the name that theirs was to get. */
    private DirectoryChange enabledWhereItIs(DirectoryChange change) {
        DN present = change.kind() == ChangeKind.ENABLE ? drafted.moves.stayed(change.key()) : null;
        return present == null ? change : change.toBuilder().dn(present).build();
    }

    private static Stream<DirectoryChange> spooled(Spool spool) {
        return spooled(spool, size -> true);
    }

    /** A server may close the connection on a request that is too large for it: the others are made before. */
    private static Stream<DirectoryChange> largeLast(Spool spool) {
        if (spool.largest() <= LARGE) {
            return spooled(spool);
        }
        return Stream.concat(spooled(spool, size -> size <= LARGE), spooled(spool, size -> size > LARGE));
    }

    private static Stream<DirectoryChange> spooled(Spool spool, IntPredicate sizes) {
        return spool.items().filter(item -> sizes.test(item.length)).map(ChangeCodec::decode);
    }

    /** Null if nothing is left, since all that was to change was a reference to somebody who gets no entry. */
    private @Nullable DirectoryChange resolved(DirectoryChange change) {
        if (change.attributes().stream()
                .allMatch(attribute -> attribute.references().isEmpty())) {
            return change;
        }
        List<AttributeChange> attributes = new ArrayList<>();
        for (AttributeChange attribute : change.attributes()) {
            List<EntryReference> references = new ArrayList<>();
            for (EntryReference reference : attribute.references()) {
                DN dn = reference.key().isEmpty() ? null : dnOf(reference.key());
                if (dn != null) {
                    boolean same = DnForm.of(reference.dn()).equals(DnForm.of(dn));
                    references.add(same ? reference : reference.at(dn.toString()));
                } else if (reference.isNew()) {
                    findings.unresolved(change.key(), attribute.name(), reference.key());
                } else {
                    references.add(reference);
                }
            }
            if (attribute.references().isEmpty()) {
                attributes.add(attribute);
            } else if (!references.isEmpty()) {
                boolean lost = references.size() < attribute.references().size();
                attributes.add(AttributeChange.references(
                        attribute.name(),
                        attribute.before(),
                        lost ? KeptReferences.beside(references, attribute.before()) : references,
                        attribute.because()));
            }
        }
        if (attributes.isEmpty() && change.kind() == ChangeKind.MODIFY) {
            return null;
        }
        DirectoryChange.Builder draft = change.toBuilder();
        draft.attributes(attributes);
        return draft.build();
    }

    /** Where the entry with a key will be; null if the plan does not say. */
    private @Nullable DN dnOf(String key) {
        List<Integer> found = managed.byKey(key);
        OptionalInt entry = found.size() == 1 ? OptionalInt.of(found.get(0)) : drafted.linked(key);
        if (entry.isPresent()) {
            DN moved = drafted.moves.newDn(entry.getAsInt());
            return moved != null ? moved : Entries.dn(managed.entry(entry.getAsInt()));
        }
        if (drafted.moves.isRefused(key)) {
            return null;
        }
        return drafted.created(key).orElse(null);
    }

    @Override
    public void close() {
        drafted.close();
        managed.close();
    }
}
