package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RootDSE;
import dev.rollcall.mapping.KeyRule;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries a plan out: the only writer. Not thread-safe: for one thread at a time. */
final class Applier {
    /** What a run may do, and who watches. Not thread-safe: for one thread at a time. */
    static final class Settings {
        Set<String> owned = Set.of();
        List<DN> groups = List.of();
        FailureLimit failures = FailureLimit.standard();
        ChangeGate gate = ChangeGate.open();
        List<ChangeListener> listeners = List.of();
        BooleanSupplier cancelled = () -> false;
        int window = 64;
        StateStore state = StateStore.memory();
        String target = "";

        /** The day that a disable is dated with. */
        LocalDate today = LocalDate.EPOCH;

        @Nullable
        PasswordPolicy passwords;

        /** What an entry is known by, of which an earlier run has left a password behind. */
        @Nullable
        KeyRule key;
    }

    private final Directory directory;
    private final Settings settings;

    Applier(Directory directory, Settings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /**
     * Makes the changes, in the order of the plan.
     *
     * @throws DirectoryException if the directory cannot be reached at all; once a change was sent, what happens is in
     *     the outcomes
     */
    Outcomes apply(Plan plan) {
        ApplyLog log = new ApplyLog(plan, settings);
        KeyRule key = settings.key;
        PasswordPolicy passwords = settings.passwords;
        boolean unfinished = key != null
                && passwords != null
                && !passwords.delivery().prepared().isEmpty();
        if (plan.isEmpty() && !unfinished) {
            return log.outcomes(null);
        }
        try (WriteConnection connection = new WriteConnection(directory.session())) {
            WriteWindow window = new WriteWindow(connection, settings.window, directory.timeout());
            if (key != null && unfinished) {
                new NewAccounts(directory, passwords, connection).finishEarlier(key);
            }
            WriteRequests requests = new WriteRequests(directory, controls(connection.get()));
            ChangeWriter writer = new ChangeWriter(directory, settings, connection, window, requests, log);
            try (Stream<Change> changes = plan.changes()) {
                walk(new ChangeQueue(changes.iterator()), writer, window, log);
            }
            return log.outcomes(window.dead());
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
            if (mustStop(window, log) || writer.isGroundless(change)) {
                writer.notTried(position, change);
                continue;
            }
            switch (settings.gate.decide(change)) {
                case HOLD -> writer.leave(position, change, Outcome.Status.HELD);
                case REFUSE -> writer.leave(position, change, Outcome.Status.REFUSED);
                case ALLOW -> {
                    window.settle(ChangeWriter.entry(change));
                    if (mustStop(window, log)) {
                        writer.notTried(position, change);
                    } else {
                        settings.listeners.forEach(listener -> listener.starting(change));
                        writer.lookAhead(change, () -> changes.upcoming(change, ahead()));
                        writer.write(position, change);
                    }
                }
            }
        }
        window.drain();
        writer.stageEnded(stage);
        window.drain();
        writer.end();
    }

    /** How many changes are asked about at once; a gate may take its time for each, and then each is asked about alone. */
    private int ahead() {
        return settings.gate == ChangeGate.open() ? EntryGate.BATCH : 1;
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
