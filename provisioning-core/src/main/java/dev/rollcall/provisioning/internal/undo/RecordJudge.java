package dev.rollcall.provisioning.internal.undo;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.undo.RecordedState.Held;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.plan.ChangeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges by the entry as it is now whether a recorded change was made. Not thread-safe: for one thread at a time. */
final class RecordJudge {
    /**
     * What became of a change.
     *
     * @param entry the entry, if it is there
     * @param problem what else was found; null if nothing is to be said
     */
    record Verdict(
            Result result,
            Optional<ReadOnlyEntry> entry,
            @Nullable String problem) {}

    private final RecordedState state;
    private final RecordedEntries entries;
    private @Nullable RelatedRecords run;

    RecordJudge(DirectoryAccess directory, RecordedEntries entries) {
        this.state = new RecordedState(directory);
        this.entries = entries;
    }

    /** @param run the changes of the same run around it */
    Verdict judge(ChangeRecord change, RelatedRecords run) {
        List<ChangeRecord> others = run.beside(change);
        this.run = run;
        Optional<ReadOnlyEntry> entry = entries.of(change);
        return switch (change.kind()) {
            case DELETE -> new Verdict(entry.isEmpty() ? Result.DONE : Result.NOT_DONE, entry, null);
            case CREATE -> created(change, entry, others);
            case RENAME, MOVE ->
                entry.map(found -> renamed(change, found, others)).orElseGet(() -> gone(others));
            case MODIFY, LINK, ENABLE, DISABLE ->
                entry.map(found -> modified(change, found, others)).orElseGet(() -> gone(others));
            case GROUP_ADD -> new Verdict(entries.isMember(change) ? Result.DONE : Result.NOT_DONE, entry, null);
            case GROUP_REMOVE -> new Verdict(entries.isMember(change) ? Result.NOT_DONE : Result.DONE, entry, null);
        };
    }

    /** An entry that this run made or deleted itself may be missing without anybody's doing. */
    private static Verdict gone(List<ChangeRecord> others) {
        boolean ours = others.stream()
                .anyMatch(other -> other.kind() == ChangeKind.CREATE || other.kind() == ChangeKind.DELETE);
        return new Verdict(
                ours ? Result.NOT_DONE : Result.CONFLICT, Optional.empty(), ours ? null : "the entry is gone");
    }

    private Verdict created(ChangeRecord change, Optional<ReadOnlyEntry> entry, List<ChangeRecord> others) {
        if (entry.isEmpty()) {
            return new Verdict(Result.NOT_DONE, entry, null);
        }
        List<String> strange = new ArrayList<>();
        for (RecordedAttribute attribute : change.attributes()) {
            Held held = held(attribute, entry.get());
            if (held != Held.AFTER && held != Held.UNSEEN && !isOf(others, attribute, entry.get())) {
                strange.add(attribute.name());
            }
        }
        return strange.isEmpty()
                ? new Verdict(Result.DONE, entry, null)
                : new Verdict(
                        Result.CONFLICT,
                        entry,
                        "an entry is there, with other values than it was to have, in " + String.join(", ", strange));
    }

    private static Verdict renamed(ChangeRecord change, ReadOnlyEntry entry, List<ChangeRecord> others) {
        String to = String.valueOf(change.newDn());
        String now = entry.getDN();
        Optional<ReadOnlyEntry> found = Optional.of(entry);
        // A rename that corrects the case of a name shows in nothing else.
        boolean caseOnly = same(change.dn(), to);
        if (caseOnly ? now.equals(to) : same(now, to)) {
            return new Verdict(Result.DONE, found, null);
        }
        boolean later = others.stream().anyMatch(other -> other.position() > change.position() && leadsTo(other, now));
        boolean earlier = others.stream()
                .anyMatch(other -> other.position() < change.position()
                        && (leadsTo(other, now) || (other.newDn() != null && same(other.dn(), now))));
        if (same(now, change.dn()) || earlier) {
            return new Verdict(Result.NOT_DONE, found, null);
        }
        return later
                ? new Verdict(Result.DONE, found, null)
                : new Verdict(Result.CONFLICT, found, "the entry is now " + now);
    }

    private static boolean leadsTo(ChangeRecord other, String dn) {
        String to = other.newDn();
        return to != null && same(to, dn);
    }

    private static boolean same(String one, String other) {
        return DnForm.of(one).equals(DnForm.of(other));
    }

    private Verdict modified(ChangeRecord change, ReadOnlyEntry entry, List<ChangeRecord> others) {
        boolean all = true;
        boolean unseen = true;
        List<String> strange = new ArrayList<>();
        for (RecordedAttribute attribute : change.attributes()) {
            Held held = held(attribute, entry);
            if (held == Held.UNSEEN) {
                continue;
            }
            unseen = false;
            all &= held == Held.AFTER;
            if (held != Held.AFTER && held != Held.BEFORE && !isOf(others, attribute, entry)) {
                strange.add(attribute.name());
            }
        }
        Optional<ReadOnlyEntry> found = Optional.of(entry);
        if (change.attributes().isEmpty()) {
            return new Verdict(Result.NOT_DONE, found, null);
        } else if (unseen) {
            return new Verdict(Result.CONFLICT, found, "the account of the runs cannot read what was written");
        } else if (!strange.isEmpty()) {
            return new Verdict(
                    Result.CONFLICT,
                    found,
                    "it has neither the old nor the new value of " + String.join(", ", strange));
        } else if (all) {
            return new Verdict(Result.DONE, found, null);
        }
        return mixed(change, entry, others)
                ? new Verdict(Result.CONFLICT, found, "it has some of the old values and some of the new ones")
                : new Verdict(Result.NOT_DONE, found, null);
    }

    /** A modification is made whole or not at all: what is there of it must then be the work of another change. */
    private boolean mixed(ChangeRecord change, ReadOnlyEntry entry, List<ChangeRecord> others) {
        return change.attributes().stream()
                .anyMatch(attribute -> held(attribute, entry) == Held.AFTER
                        && !attribute.before().equals(attribute.after())
                        && !isOf(others, attribute, entry));
    }

    /** References may have followed the renames of the run by now. */
    private Held held(RecordedAttribute attribute, ReadOnlyEntry entry) {
        Held held = state.held(attribute, entry);
        RelatedRecords around = run;
        return held == Held.OTHER && around != null && state.isDn(attribute)
                ? state.held(around.afterwards(attribute), entry)
                : held;
    }

    /** Whether the entry has in this attribute what another change of the same run was to leave there. */
    private boolean isOf(List<ChangeRecord> others, RecordedAttribute attribute, ReadOnlyEntry entry) {
        return others.stream()
                .flatMap(other -> other.attributes().stream())
                .anyMatch(other -> other.name().equalsIgnoreCase(attribute.name()) && held(other, entry) == Held.AFTER);
    }
}
