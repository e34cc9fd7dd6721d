package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The changes of a plan in their order, with a look at those that come next. Not thread-safe: for one thread at a time. */
final class ChangeQueue {
    private final Iterator<Change> changes;
    private final Deque<DirectoryChange> seen = new ArrayDeque<>();

    ChangeQueue(Iterator<Change> changes) {
        this.changes = changes;
    }

    boolean hasNext() {
        return !seen.isEmpty() || changes.hasNext();
    }

    DirectoryChange next() {
        return seen.isEmpty() ? (DirectoryChange) changes.next() : seen.removeFirst();
    }

    /** A change and those after it that can be made together with it: of its stage, and none that waits for others. */
    List<DirectoryChange> upcoming(DirectoryChange first, int most) {
        List<DirectoryChange> found = new ArrayList<>();
        found.add(first);
        while (seen.size() < most - 1 && changes.hasNext()) {
            seen.addLast((DirectoryChange) changes.next());
        }
        for (DirectoryChange change : seen) {
            if (found.size() >= most || change.waits() || change.stage() != first.stage()) {
                break;
            }
            found.add(change);
        }
        return found;
    }
}
