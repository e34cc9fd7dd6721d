package dev.rollcall.provisioning;

import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts and hashes changes as they go by, in the order of the plan. Not thread-safe: for one thread at a time. */
final class PlanSummary {
    private final MessageDigest digest = EntryFingerprint.sha256();
    private final Map<ChangeKind, Integer> counts = new EnumMap<>(ChangeKind.class);
    private final Map<ChangeKind, Set<String>> members = new EnumMap<>(ChangeKind.class);

    void add(Change change) {
        if (change instanceof DirectoryChange directory) {
            digest.update(ChangeCodec.essence(directory));
            if (!directory.isTemporary()) {
                count(change);
            }
        } else if (change instanceof AccountChange account) {
            digest.update(AccountCodec.encode(account));
            count(change);
        }
    }

    private void count(Change change) {
        ChangeKind kind = change.kind();
        boolean first = switch (kind) {
            // A user can be added to several groups, and counts once.
            case GROUP_ADD, GROUP_REMOVE ->
                members.computeIfAbsent(kind, none -> new HashSet<>()).add(change.key());
            default -> true;
        };
        if (first) {
            counts.merge(kind, 1, Integer::sum);
        }
    }

    Counts counts() {
        return new Counts(counts);
    }

    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static Plan of(Plan.Draft parts, Supplier<Stream<Change>> changes) {
        PlanSummary summary = new PlanSummary();
        try (Stream<Change> all = changes.get()) {
            all.forEachOrdered(summary::add);
        }
        return of(parts, changes, summary);
    }

    /** A plan of these parts, whose changes have all gone by here already. */
    static Plan of(Plan.Draft parts, Supplier<Stream<Change>> changes, PlanSummary summary) {
        return copy(parts, changes, summary.hash(), summary.counts());
    }

    /** A plan of these parts, with the changes, the counts and the hash of another. */
    static Plan with(Plan.Draft parts, Plan counted) {
        return copy(parts, counted::changes, counted.hash(), counted.counts());
    }

    private static Plan copy(Plan.Draft parts, Supplier<Stream<Change>> changes, String hash, Counts counts) {
        Plan.Draft draft = new Plan.Draft();
        draft.changes = changes;
        draft.hash = hash;
        draft.counts = counts;
        draft.server = parts.server;
        draft.target = parts.target;
        draft.blocked = parts.blocked;
        draft.blockedChanges = parts.blockedChanges;
        draft.owner = parts.owner;
        draft.closed = parts.closed;
        draft.withheld = parts.withheld;
        draft.situations = parts.situations;
        draft.conflicts = parts.conflicts;
        draft.unresolved = parts.unresolved;
        draft.unchanged = parts.unchanged;
        draft.managed = parts.managed;
        draft.source = parts.source;
        draft.guardrails = parts.guardrails;
        draft.onClose = parts.onClose;
        return draft.build();
    }
}
