package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.EnumMap;
import java.util.Map;

/** Counts entries per kind of change, as plans do: temporary names not at all. Not thread-safe: for one thread at a time. */
final class ApplyCounts {
    private final Map<ChangeKind, Integer> counts = new EnumMap<>(ChangeKind.class);
    private final Map<ChangeKind, HashIndex> members = new EnumMap<>(ChangeKind.class);

    void add(Change change) {
        if (change instanceof DirectoryChange directory && directory.isTemporary()) {
            return;
        }
        boolean membership = change.kind() == ChangeKind.GROUP_ADD || change.kind() == ChangeKind.GROUP_REMOVE;
        if (!membership
                || members.computeIfAbsent(change.kind(), none -> HashIndex.ofTexts())
                        .add(change.key())) {
            counts.merge(change.kind(), 1, Integer::sum);
        }
    }

    Counts counts() {
        return Counts.of(counts);
    }
}
