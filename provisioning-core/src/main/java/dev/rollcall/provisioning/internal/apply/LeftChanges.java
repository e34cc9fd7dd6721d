package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;

/**
 * Records the changes that are not made, since they were held, refused by the gate or not tried: an entry whose rename or
 * delete is not made keeps its DN. Not thread-safe: for one thread at a time.
 */
final class LeftChanges {
    private final ApplyLog log;
    private final RenameTrail trail;
    private final RingOfNames ring;

    LeftChanges(ApplyLog log, RenameTrail trail, RingOfNames ring) {
        this.log = log;
        this.trail = trail;
        this.ring = ring;
    }

    void leave(int at, DirectoryChange change, Outcome.Status status) {
        if (change.newDn().isPresent() || change.kind() == ChangeKind.DELETE) {
            trail.stays(change);
        }
        log.left(at, change, status);
        ring.settled(change);
    }

    void notTried(int at, DirectoryChange change) {
        leave(at, change, Outcome.Status.NOT_TRIED);
    }
}
