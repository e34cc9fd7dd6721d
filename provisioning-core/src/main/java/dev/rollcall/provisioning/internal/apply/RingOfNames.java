package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.provisioning.internal.journal.Intent;
import dev.rollcall.provisioning.internal.journal.SideWrite;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The renames of people who exchange names, while they are made: if the last one cannot be, they are taken back, so that
 * nobody is left with a temporary name. Only then their outcomes are reported. Not thread-safe: for one thread at a time.
 */
final class RingOfNames {
    private record Made(int at, DirectoryChange change) {
        DN to() {
            return change.newDn().orElseThrow();
        }
    }

    private final WriteWindow window;
    private final WriteRequests requests;
    private final ChangeSender sender;
    private final RenameTrail trail;
    private final RenamedReferences references;
    private final ApplyLog log;
    private final List<Made> made = new ArrayList<>();

    RingOfNames(WriteSession session, RenameTrail trail, RenamedReferences references) {
        this.window = session.window();
        this.requests = session.requests();
        this.sender = session.sender();
        this.log = session.log();
        this.trail = trail;
        this.references = references;
    }

    /** A rename was made, in a ring or not: its steps follow each other, and the first is to a temporary name. */
    void made(int at, DirectoryChange change) {
        if (change.isTemporary() || !made.isEmpty()) {
            made.add(new Made(at, change));
        } else {
            log.done(at, change, null);
        }
    }

    /** What was to be done with a rename was done or not: after the last step of a ring, it is known how that ends. */
    void settled(DirectoryChange change) {
        if (!change.isTemporary() && isOfFirst(change)) {
            window.drain();
            Made last = made.get(made.size() - 1);
            if (last.change.isTemporary() || !isOfFirst(last.change)) {
                takeBack();
            }
            made.forEach(one -> log.done(one.at, one.change, null));
            made.clear();
        }
    }

    private boolean isOfFirst(DirectoryChange change) {
        return !made.isEmpty() && ChangeEntries.of(change).equals(ChangeEntries.of(made.get(0).change));
    }

    /** The last one first, since each has the name of the one before. */
    private void takeBack() {
        references.follow();
        boolean back = true;
        while (back && !made.isEmpty()) {
            Made one = made.get(made.size() - 1);
            int before = made.size();
            Intent intent = log.journal().other(SideWrite.rename(one.change, one.to(), one.change.dn()));
            if (!intent.mayBeSent()) {
                break;
            }
            boolean sent = sender.send(one.change, requests.rename(one.to(), one.change.dn()), () -> null, result -> {
                intent.became(SideWrites.resultOf(result));
                if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                    trail.takenBack(one.change);
                    references.renamed(one.to(), one.change.dn());
                    made.remove(one);
                    log.left(one.at, one.change, Outcome.Status.NOT_TRIED);
                    // For the journal both renames were made, the one and the one back.
                    log.journal().done(one.at, one.change, null);
                } else {
                    sender.refused(one.change, result);
                }
            });
            if (!sent) {
                intent.became(Result.NOT_DONE);
            }
            window.drain();
            back = sent && made.size() < before;
            references.follow();
        }
    }
}
