package dev.rollcall.provisioning.journal;

import dev.rollcall.provisioning.plan.ChangeKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change in the journal: what was intended, and what became of it once that is known. Immutable and thread-safe.
 *
 * @param run the run that it belongs to
 * @param position sorts by the order in which the changes of a run are made; it has gaps
 * @param kind what it does
 * @param key the primary key of the person
 * @param dn where the entry is when the change is made, or shall be; for an account what the application calls it
 * @param id what the entry is known by however it is renamed; null for one that is to be made, until it is
 * @param newDn where a rename or move takes the entry; null for others
 * @param group the group of a membership; null for others
 * @param leaver whether the person's account must end
 * @param attributes what becomes of its attributes; for a delete the values that the entry had
 * @param outcome what became of it; null as long as that is not known
 */
public record ChangeRecord(
        String run,
        long position,
        ChangeKind kind,
        String key,
        String dn,
        @Nullable String id,
        @Nullable String newDn,
        @Nullable String group,
        boolean leaver,
        List<RecordedAttribute> attributes,
        @Nullable ChangeOutcome outcome) {
    /** All but {@code id}, {@code newDn}, {@code group} and {@code outcome} are required. */
    public ChangeRecord {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(dn, "dn");
        attributes = List.copyOf(attributes);
    }

    /** {@return this change with what became of it} */
    public ChangeRecord with(ChangeOutcome result) {
        String known = result.id() == null ? id : result.id();
        return new ChangeRecord(run, position, kind, key, dn, known, newDn, group, leaver, attributes, result);
    }

    /** {@return what became of it; empty as long as that is not known} */
    public Optional<ChangeOutcome> result() {
        return Optional.ofNullable(outcome);
    }

    /** {@return whether it has to be looked up what became of it} */
    public boolean isUnsettled() {
        return outcome == null || outcome.result() == ChangeOutcome.Result.UNKNOWN;
    }

    /** {@return where the entry is once the change is made} */
    public String place() {
        return newDn == null ? dn : newDn;
    }
}
