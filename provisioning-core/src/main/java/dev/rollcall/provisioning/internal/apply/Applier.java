package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RootDSE;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.journal.Recording;
import dev.rollcall.provisioning.internal.journal.RunJournal;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.ChangeGate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Carries a plan out: the only writer. Not thread-safe: for one thread at a time. */
public final class Applier {
    private final DirectoryAccess directory;
    private final ApplySettings settings;

    public Applier(DirectoryAccess directory, ApplySettings settings) {
        this.directory = directory;
        this.settings = settings.forApply();
    }

    /**
     * Makes the changes, in the order of the plan.
     *
     * @throws DirectoryException if the directory cannot be reached at all; once a change was sent, what happens is in
     *     the outcomes
     */
    public Outcomes apply(Plan plan) {
        Recording recording = settings.storage().recording();
        try (RunJournal journal =
                recording.begin(directory.stateTarget(), plan, new PriorEntries(directory, settings.scope()))) {
            ApplyLog log = new ApplyLog(
                    plan,
                    directory.stateTarget(),
                    settings.failures(),
                    settings.callbacks(),
                    settings.storage(),
                    journal);
            recording.found().forEach(log::conflict);
            return apply(plan, log);
        }
    }

    private Outcomes apply(Plan plan, ApplyLog log) {
        KeyRule key = settings.scope().key();
        PasswordAccess passwords = settings.passwords();
        boolean[] prepared = new boolean[1];
        if (key != null && passwords != null) {
            log.callbacks().call(() -> prepared[0] = !passwords.waiting().isEmpty());
        }
        boolean unfinished = prepared[0];
        if (plan.isEmpty() && !unfinished) {
            return log.outcomes();
        }
        try (WriteConnection connection =
                new WriteConnection(directory, settings.storage().lease())) {
            WriteWindow window = new WriteWindow(connection, settings.pace().window(), directory.timeout());
            if (key != null && unfinished) {
                new NewAccounts(directory, passwords, connection, log).finishEarlier(key);
            }
            WriteRequests requests = new WriteRequests(directory, controls(connection.get()), key != null);
            WriteSession session = new WriteSession(directory, connection, window, requests, log);
            try (ChangeWriter writer = new ChangeWriter(session, settings)) {
                write(plan, writer, window, log);
            }
            if (window.dead() != null) {
                log.stop(StopReason.DIRECTORY_LOST, window.dead());
            }
            return log.outcomes();
        }
    }

    private void write(Plan plan, ChangeWriter writer, WriteWindow window, ApplyLog log) {
        try (Stream<Change> changes = plan.changes()) {
            walk(new ChangeQueue(log.journal().ahead(changes.iterator())), writer, window, log);
        } catch (OutOfMemoryError full) {
            // Nothing below catches this: here all that the change took is garbage again.
            log.stop(StopReason.OUT_OF_MEMORY, full);
            window.finish();
            abandon(writer);
            log.reportRest();
        } catch (RuntimeException unexpected) {
            window.drain();
            throw unexpected;
        }
    }

    private static void abandon(ChangeWriter writer) {
        try {
            writer.abandon();
        } catch (OutOfMemoryError again) {
            // What is not reported by now is reported as unknown.
        }
    }

    private void walk(ChangeQueue changes, ChangeWriter writer, WriteWindow window, ApplyLog log) {
        DirectoryChange.Stage stage = null;
        while (changes.hasNext()) {
            DirectoryChange change = changes.next();
            int position = log.next();
            if (!change.stage().equals(stage)) {
                window.drain();
                writer.stageEnded(stage);
                window.drain();
                stage = change.stage();
            } else if (change.waits()) {
                window.drain();
                writer.settleNames();
            }
            take(position, change, changes, writer, window, log);
        }
        window.drain();
        writer.stageEnded(stage);
        window.drain();
        writer.end();
    }

    /** How many changes are asked about at once; a gate may take its time for each, and then each is asked about alone. */
    private int ahead() {
        return settings.callbacks().gate() == ChangeGate.open() ? EntryGate.BATCH : 1;
    }

    private void take(
            int position,
            DirectoryChange change,
            ChangeQueue changes,
            ChangeWriter writer,
            WriteWindow window,
            ApplyLog log) {
        if (mustStop(window, log) || writer.isGroundless(change)) {
            writer.left().notTried(position, change);
            return;
        }
        long asked = System.nanoTime();
        Optional<ChangeGate.Decision> decision = log.callbacks().decide(change);
        if (System.nanoTime() - asked > settings.pace().longWait().toNanos()) {
            window.drain();
            window.revive();
        }
        if (decision.isEmpty()) {
            writer.left().notTried(position, change);
            return;
        }
        switch (decision.get()) {
            case HOLD -> writer.left().leave(position, change, Outcome.Status.HELD);
            case REFUSE -> writer.left().leave(position, change, Outcome.Status.REFUSED);
            case ALLOW -> {
                window.settle(ChangeEntries.of(change));
                if (mustStop(window, log)) {
                    writer.left().notTried(position, change);
                } else {
                    log.callbacks().starting(change);
                    log.journal().starting(position);
                    writer.lookAhead(change, () -> changes.upcoming(change, ahead()));
                    writer.write(position, change);
                }
            }
        }
    }

    private static boolean mustStop(WriteWindow window, ApplyLog log) {
        if (window.dead() != null) {
            log.stop(StopReason.DIRECTORY_LOST, window.dead());
        }
        return log.mustStop();
    }

    private static Set<String> controls(DirectoryConnection connection) {
        try {
            RootDSE root = connection.rootDse();
            String[] oids = root == null ? null : root.getSupportedControlOIDs();
            // Samba names some controls twice.
            return oids == null ? Set.of() : new HashSet<>(Arrays.asList(oids));
        } catch (LDAPException failed) {
            throw DirectoryException.of("reading the root DSE", failed);
        }
    }
}
