package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.EntryIds;
import dev.rollcall.provisioning.internal.directory.ResultCodes;
import dev.rollcall.provisioning.internal.journal.SideWrite;
import dev.rollcall.provisioning.internal.plan.AttributeChanges;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Situation;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of entries that this run made, once it is known who has their keys: an entry whose key another one has as
 * well is disabled again. Not thread-safe: for one thread at a time.
 */
final class NewEntries implements KeyClaims.Judge {
    private final DirectoryAccess directory;
    private final WriteConnection connection;
    private final SideWrites sides;
    private final ApplyLog log;
    private final WrittenValues written;
    private final Prerequisites prerequisites;
    private final boolean postRead;
    private final LocalDate today;

    NewEntries(WriteSession session, LocalDate today, WrittenValues written, Prerequisites prerequisites) {
        this.directory = session.directory();
        this.connection = session.connection();
        this.sides = session.sides();
        this.log = session.log();
        this.postRead = session.requests().readsNewBack();
        this.today = today;
        this.written = written;
        this.prerequisites = prerequisites;
    }

    @Override
    public void alone(KeyClaims.Made made, @Nullable ReadOnlyEntry stored) {
        String id = made.id();
        if (stored != null) {
            String read = directory.id(stored);
            if (!EntryIds.isDn(read)) {
                id = read;
                prerequisites.identified(made.change(), read);
            }
            if (!postRead) {
                written.compare(made.change(), made.attributes(), stored);
            }
        }
        log.done(made.at(), made.change(), id);
    }

    @Override
    public void shared(KeyClaims.Made made, ReadOnlyEntry stored, List<DN> others) {
        DirectoryChange change = made.change();
        prerequisites.withdrawn(change);
        log.journal().confirmed(change);
        String kept = disable(change, stored)
                .map(why -> "could not be disabled again (" + why + "): disable it by hand")
                .orElse("was disabled again");
        String message = "several entries have the key " + change.key() + ": " + stored.getDN()
                + ", which this run made and which " + kept + ", and "
                + String.join("; ", others.stream().map(DN::toString).toList())
                + ", made by someone else at the same time: keep one of them";
        log.conflict(new Conflict(Situation.AMBIGUOUS, change.key(), message));
        log.failed(Outcome.failed(change, "ambiguous", message, FailureKind.AMBIGUOUS));
    }

    /** Why the new entry is not disabled; empty if it is. */
    private Optional<String> disable(DirectoryChange change, ReadOnlyEntry entry) {
        List<Modification> modifications = directory.disableModifications(entry, today);
        if (modifications.isEmpty()) {
            return !directory.isEnabled(entry)
                    ? Optional.empty()
                    : Optional.of("it has no account that can be disabled");
        }
        String name = directory.nameOf(directory.id(entry)).orElse(entry.getDN());
        SideWrite write = new SideWrite(
                ChangeKind.DISABLE,
                change.key(),
                entry.getDN(),
                directory.id(entry),
                null,
                AttributeChanges.of(modifications, entry, "another entry has the key"));
        LDAPResult result = sides.write(write, () -> connection.get().write(new ModifyRequest(name, modifications)));
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
            return Optional.of(ResultCodes.printable(String.valueOf(result.getDiagnosticMessage())));
        }
        return directory
                .find(Entries.dn(entry), Set.of())
                .filter(now -> directory.isEnabled(now))
                .map(now -> "the server keeps it enabled")
                .or(() -> directory.passwordPolicies().withoutEffect(entry));
    }
}
