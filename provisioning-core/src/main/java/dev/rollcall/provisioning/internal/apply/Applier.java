package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RootDSE;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;

/** Carries a plan out: the only writer. Not thread-safe: for one thread at a time. */
public final class Applier {
    private final DirectoryAccess directory;
    private final ApplySettings settings;

    public Applier(DirectoryAccess directory, ApplySettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /**
     * Makes the changes, in the order of the plan.
     *
     * @throws DirectoryException if the directory cannot be reached at all; once a change was sent, what happens is in
     *     the outcomes
     */
    public Outcomes apply(Plan plan) {
        ApplyLog log = new ApplyLog(plan, settings);
        KeyRule key = settings.key;
        PasswordAccess passwords = settings.passwords;
        boolean unfinished =
                key != null && passwords != null && !passwords.waiting().isEmpty();
        if (plan.isEmpty() && !unfinished) {
            return log.outcomes(null);
        }
        LDAPConnection connection = directory.borrow("applying the plan");
        WriteWindow window = new WriteWindow(connection, settings.window, directory.timeout());
        try {
            if (key != null && unfinished) {
                new NewAccounts(directory, passwords, connection).finishEarlier(key);
            }
            ChangeWriter writer = new ChangeWriter(
                    directory, settings, connection, window, new WriteRequests(directory, controls(connection)), log);
            try (Stream<Change> changes = plan.changes()) {
                walk(changes.iterator(), writer, window, log);
            }
            return log.outcomes(window.dead());
        } finally {
            directory.release(connection, window.dead() == null);
        }
    }

    private void walk(Iterator<Change> changes, ChangeWriter writer, WriteWindow window, ApplyLog log) {
        DirectoryChange.Stage stage = null;
        while (changes.hasNext()) {
            DirectoryChange change = (DirectoryChange) changes.next();
            int position = log.next();
            if (!change.stage().equals(stage)) {
                window.drain();
                writer.stageEnded(stage);
                stage = change.stage();
            } else if (change.waits()) {
                window.drain();
                writer.settleNames();
            }
            if (mustStop(window, log) || writer.isGroundless(change)) {
                writer.notTried(position, change);
                continue;
            }
            switch (settings.gate.decide(change)) {
                case HOLD -> writer.leave(position, change, Outcome.Status.HELD);
                case REFUSE -> writer.leave(position, change, Outcome.Status.REFUSED);
                case ALLOW -> {
                    window.settle(ChangeEntries.of(change));
                    if (mustStop(window, log)) {
                        writer.notTried(position, change);
                    } else {
                        settings.listeners.forEach(listener -> listener.starting(change));
                        writer.write(position, change);
                    }
                }
            }
        }
        window.drain();
        writer.stageEnded(stage);
        window.drain();
    }

    private boolean mustStop(WriteWindow window, ApplyLog log) {
        if (window.dead() != null) {
            log.stop("the directory was lost");
        } else if (Thread.currentThread().isInterrupted() || settings.cancelled.getAsBoolean()) {
            log.stop("cancelled");
        } else if (log.tooManyFailures()) {
            log.stop("too many changes failed");
        }
        return log.stopped();
    }

    private static Set<String> controls(LDAPConnection connection) {
        try {
            RootDSE root = connection.getRootDSE();
            String[] oids = root == null ? null : root.getSupportedControlOIDs();
            // Samba names some controls twice.
            return oids == null ? Set.of() : new HashSet<>(Arrays.asList(oids));
        } catch (LDAPException failed) {
            throw DirectoryException.of("reading the root DSE", failed);
        }
    }
}
