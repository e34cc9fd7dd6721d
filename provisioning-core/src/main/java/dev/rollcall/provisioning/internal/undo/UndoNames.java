package dev.rollcall.provisioning.internal.undo;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.TemporaryName;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts renames and moves in an order in which each DN is free when it is taken; a cycle begins with a temporary name. Not
 * thread-safe: for one thread at a time.
 */
final class UndoNames {
    /** An entry that gets its DN back. */
    private record Mover(NetEntry entry, DN from, DN to) {
        String target() {
            return DnForm.of(to);
        }
    }

    /** By the form of the DN that it has now. */
    private final Map<String, Mover> waiting = new LinkedHashMap<>();

    void add(NetEntry entry, DN from) {
        waiting.put(DnForm.of(from), new Mover(entry, from, entry.first()));
    }

    /** Whether an entry with this DN leaves it. */
    boolean leaves(DN dn) {
        return waiting.containsKey(DnForm.of(dn));
    }

    /** An entry stays where it is after all. */
    void drop(DN from) {
        waiting.remove(DnForm.of(from));
    }

    /** The entries that are to get a DN, by where they are. */
    Map<DN, DN> wanted() {
        Map<DN, DN> wanted = new HashMap<>();
        waiting.values().forEach(mover -> wanted.put(mover.from, mover.to));
        return wanted;
    }

    List<DirectoryChange> inOrder() {
        List<DirectoryChange> changes = new ArrayList<>();
        boolean frees = false;
        while (!waiting.isEmpty()) {
            Mover free = null;
            for (Mover mover : waiting.values()) {
                Mover holder = waiting.get(mover.target());
                if (holder == null || DnForm.same(holder.from, mover.from)) {
                    free = mover;
                    break;
                }
            }
            if (free == null) {
                cycle(changes);
            } else {
                waiting.remove(DnForm.of(free.from));
                changes.add(change(free, free.from, free.to, frees, false));
            }
            frees = true;
        }
        return changes;
    }

    /** Everybody waits for another one: the first makes way, those behind it follow, and it comes last. */
    private void cycle(List<DirectoryChange> changes) {
        Mover first = waiting.values().iterator().next();
        DN away = TemporaryName.beside(first.from, first.entry.id().orElse(first.entry.key()));
        waiting.remove(DnForm.of(first.from));
        changes.add(change(first, first.from, away, true, true));
        DN free = first.from;
        Mover next = takerOf(free);
        while (next != null) {
            waiting.remove(DnForm.of(next.from));
            changes.add(change(next, next.from, next.to, true, false));
            free = next.from;
            next = DnForm.same(free, first.to) ? null : takerOf(free);
        }
        changes.add(change(first, away, first.to, true, false));
    }

    private @Nullable Mover takerOf(DN free) {
        return waiting.values().stream()
                .filter(mover -> DnForm.same(mover.to, free))
                .findFirst()
                .orElse(null);
    }

    private static DirectoryChange change(Mover mover, DN from, DN to, boolean waits, boolean temporary) {
        boolean stays = DnForm.same(from.getParent(), to.getParent());
        return DirectoryChange.builder(stays ? ChangeKind.RENAME : ChangeKind.MOVE, mover.entry.key(), from)
                .id(mover.entry.id().orElse(null))
                .newDn(to)
                .stage(DirectoryChange.Stage.NAMES)
                .situation(Situation.UNDONE)
                .waits(waits)
                .temporary(temporary)
                .build();
    }
}
