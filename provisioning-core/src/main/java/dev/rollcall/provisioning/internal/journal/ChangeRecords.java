package dev.rollcall.provisioning.internal.journal;

import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/** Turns changes into what the journal holds of them. Immutable; as thread-safe as its random numbers. */
record ChangeRecords(String run, RandomGenerator random) {
    /** Returns a change of a plan, with more attributes than it has itself, such as what an entry had that is deleted. */
    ChangeRecord of(long position, Change change, List<RecordedAttribute> more) {
        // References to entries that the same plan makes are written later, and recorded then.
        List<RecordedAttribute> attributes = new ArrayList<>(attributes(change.attributes().stream()
                .filter(attribute -> !attribute.referenceIsNew())
                .toList()));
        attributes.addAll(more);
        if (change instanceof DirectoryChange entry) {
            return new ChangeRecord(
                    run,
                    position,
                    entry.kind(),
                    entry.key(),
                    entry.dn().toString(),
                    entry.id().orElse(null),
                    entry.newDn().map(Object::toString).orElse(null),
                    entry.group().map(Object::toString).orElse(null),
                    entry.isLeaver(),
                    attributes,
                    null);
        }
        boolean leaver = change instanceof AccountChange account && account.isLeaver();
        String id = change.id().orElse(null);
        return new ChangeRecord(
                run, position, change.kind(), change.key(), change.label(), id, null, null, leaver, attributes, null);
    }

    /** Returns a write that is no change of the plan. */
    ChangeRecord of(long position, SideWrite write) {
        return new ChangeRecord(
                run,
                position,
                write.kind(),
                write.key(),
                write.dn(),
                write.id(),
                write.newDn(),
                null,
                false,
                attributes(write.attributes()),
                null);
    }

    List<RecordedAttribute> attributes(Collection<AttributeChange> changes) {
        return changes.stream().map(this::attribute).toList();
    }

    private RecordedAttribute attribute(AttributeChange change) {
        return change.isSensitive()
                ? new RecordedAttribute(
                        change.name(),
                        ValueFingerprints.of(change.before(), random),
                        ValueFingerprints.of(change.after(), random),
                        true)
                : new RecordedAttribute(change.name(), change.before(), change.after(), false);
    }
}
