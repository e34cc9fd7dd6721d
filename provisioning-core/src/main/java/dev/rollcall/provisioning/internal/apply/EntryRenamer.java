package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.List;

/** Sends renames, moves and deletes: the changes after which a DN is free. Not thread-safe: for one thread at a time. */
final class EntryRenamer {
    private final WriteWindow window;
    private final WriteRequests requests;
    private final ChangeSender sender;
    private final ApplyLog log;
    private final EntryGate gate;
    private final NewContainers containers;
    private final CaseOnlyRename caseOnly;
    private final RenameTrail trail;
    private final RenamedReferences references;
    private final RingOfNames ring;
    private final LeftChanges left;

    EntryRenamer(
            WriteSession session,
            EntryGate gate,
            NewContainers containers,
            RenameTrail trail,
            RenamedReferences references,
            RingOfNames ring,
            LeftChanges left) {
        this.window = session.window();
        this.requests = session.requests();
        this.sender = session.sender();
        this.log = session.log();
        this.gate = gate;
        this.containers = containers;
        this.caseOnly = new CaseOnlyRename(session);
        this.trail = trail;
        this.references = references;
        this.ring = ring;
        this.left = left;
    }

    void rename(int at, DirectoryChange change) {
        if (change.isTemporary()) {
            // What is answered from now on belongs to the ring of names that begins here.
            window.drain();
        }
        DN to = change.newDn().orElseThrow(() -> new IllegalArgumentException("a rename without a new DN"));
        if (trail.hasStayed(change) || trail.isOccupied(to)) {
            left.notTried(at, change);
            return;
        }
        if (gate.isStale(change, log) || !containers.make(change)) {
            trail.stays(change);
            return;
        }
        rename(at, change, to, requests.asserts());
    }

    private void rename(int at, DirectoryChange change, DN to, boolean asserted) {
        Filter filter = asserted ? gate.assertion(change, List.of()) : null;
        WriteWindow.Lost lost = () -> gate.isAt(change, to) && !gate.isAt(change, change.dn())
                ? WriteWindow.result(ResultCode.SUCCESS, "")
                : null;
        boolean sent = sender.send(change, requests.rename(change.dn(), to, filter), lost, answer -> {
            if (filter != null && answer.getResultCode().equals(ResultCode.ASSERTION_FAILED)) {
                if (window.dead() == null && gate.isStale(change, log)) {
                    trail.stays(change);
                } else {
                    rename(at, change, to, false);
                }
                return;
            }
            LDAPResult result = caseOnly.answered(change, to, answer);
            if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                gate.written(change);
                trail.renamed(change, to);
                containers.filled(to);
                references.renamed(change.dn(), to);
                ring.made(at, change);
            } else {
                trail.stays(change);
                sender.refused(change, result);
            }
        });
        if (!sent) {
            left.notTried(at, change);
        }
    }

    void delete(int at, DirectoryChange change) {
        if (gate.isStale(change, log)) {
            trail.stays(change);
            return;
        }
        delete(at, change, requests.asserts());
    }

    private void delete(int at, DirectoryChange change, boolean asserted) {
        Filter filter = asserted ? gate.assertion(change, List.of()) : null;
        boolean sent = sender.send(change, requests.delete(change, filter), () -> null, result -> {
            if (result.getResultCode().equals(ResultCode.SUCCESS)
                    || result.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                log.done(at, change, null);
            } else if (filter != null && result.getResultCode().equals(ResultCode.ASSERTION_FAILED)) {
                if (window.dead() == null && gate.isStale(change, log)) {
                    trail.stays(change);
                } else {
                    delete(at, change, false);
                }
            } else {
                trail.stays(change);
                sender.refused(change, result);
            }
        });
        if (!sent) {
            left.notTried(at, change);
        }
    }
}
