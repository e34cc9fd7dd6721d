package dev.rollcall.provisioning.internal.plan;

import dev.rollcall.provisioning.internal.spool.Digests;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts and hashes changes as they go by, in the order of the plan. Not thread-safe: for one thread at a time. */
public final class PlanSummary {
    private final MessageDigest digest = Digests.sha256();
    private final Map<ChangeKind, Integer> counts = new EnumMap<>(ChangeKind.class);
    private final Map<ChangeKind, HashIndex> members = new EnumMap<>(ChangeKind.class);

    public void add(Change change) {
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
                members.computeIfAbsent(kind, none -> HashIndex.ofTexts()).add(change.key());
            default -> true;
        };
        if (first) {
            counts.merge(kind, 1, Integer::sum);
        }
    }

    public Counts counts() {
        return Counts.of(counts);
    }

    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of changes, all of which are read for it. */
    public static PlanSummary of(Supplier<Stream<Change>> changes) {
        PlanSummary summary = new PlanSummary();
        try (Stream<Change> all = changes.get()) {
            all.forEachOrdered(summary::add);
        }
        return summary;
    }

    /** What is counted before, and not afterwards. */
    public static Counts difference(Counts before, Counts after) {
        Map<ChangeKind, Integer> difference = new EnumMap<>(ChangeKind.class);
        for (ChangeKind kind : ChangeKind.values()) {
            difference.put(kind, before.of(kind) - after.of(kind));
        }
        return Counts.of(difference);
    }
}
