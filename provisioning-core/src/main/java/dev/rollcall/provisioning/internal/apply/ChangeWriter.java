package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.EntryIds;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.internal.plan.KeptReferences;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.EntryReference;
import dev.rollcall.provisioning.plan.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends each change and judges the answer. Not thread-safe: for one thread at a time. */
final class ChangeWriter implements AutoCloseable {
    private final DirectoryAccess directory;
    private final WriteWindow window;
    private final WriteRequests requests;
    private final ChangeSender sender;
    private final ApplyLog log;
    private final NewAccounts accounts;
    private final WrittenValues written;
    private final EntryGate gate;
    private final KeyClaims claims;
    private final EntryModifier modifier;
    private final MembershipWriter memberships;
    private final CaseOnlyRename caseOnly;
    private final RenameTrail trail;
    private final RenamedReferences references;
    private final RingOfNames ring;
    private final Prerequisites prerequisites;
    private final WaitingReferences waiting;

    /** Containers that this run has made, so that they are made once. */
    private final NewContainers containers;

    ChangeWriter(
            DirectoryAccess directory,
            ApplySettings settings,
            WriteConnection connection,
            WriteWindow window,
            WriteRequests requests,
            ApplyLog log) {
        this.directory = directory;
        this.window = window;
        this.prerequisites = new Prerequisites(settings.memory);
        this.waiting = new WaitingReferences(settings.memory);
        this.requests = requests;
        this.sender = new ChangeSender(connection, window, log);
        this.containers = new NewContainers(connection, requests);
        this.log = log;
        this.accounts = new NewAccounts(directory, settings.passwords, connection, log.callbacks());
        this.written = new WrittenValues(directory, log, requests.readsBack());
        this.gate = new EntryGate(directory, settings.key, settings.owned);
        NewEntries made =
                new NewEntries(directory, settings, connection, log, written, prerequisites, requests.readsBack());
        this.claims = new KeyClaims(directory, settings.key, !requests.readsBack(), made);
        this.trail = new RenameTrail(directory);
        this.modifier = new EntryModifier(directory, window, requests, sender, log, gate, written, trail);
        this.memberships =
                new MembershipWriter(directory, connection, requests, sender, log, gate, trail, prerequisites);
        this.caseOnly = new CaseOnlyRename(connection, requests);
        this.references = new RenamedReferences(directory, connection, settings.owned, settings.groups);
        this.ring = new RingOfNames(window, requests, sender, trail, references, log);
    }

    /**
     * Asks the directory about a change and about those that come after it, for many in one search.
     *
     * @param next the changes that are written next, this one first
     */
    void lookAhead(DirectoryChange change, Supplier<List<DirectoryChange>> next) {
        try {
            if (KeyClaims.isClaim(change) && !claims.hasAsked(change)) {
                claims.lookAhead(next.get());
            }
            if (readsAhead(change) && !gate.hasRead(change)) {
                gate.lookAhead(next.get().stream().filter(this::readsAhead).toList());
            }
        } catch (DirectoryException failed) {
            window.lost(failed.resultCode());
        }
    }

    /** Whether the entry is read before the change, together with others. */
    private boolean readsAhead(DirectoryChange change) {
        return switch (change.kind()) {
            case GROUP_ADD, GROUP_REMOVE -> true;
            case MODIFY -> modifier.reads(change.attributes());
            // Few, and grave if they meet somebody else: by name they are read one by one, right before.
            case ENABLE, DISABLE -> requests.namesById() && modifier.reads(change.attributes());
            case CREATE, LINK, RENAME, MOVE, DELETE -> false;
        };
    }

    void write(int at, DirectoryChange change) {
        try {
            switch (change.kind()) {
                case CREATE -> create(at, change);
                case LINK -> link(at, change);
                case MODIFY, ENABLE, DISABLE -> modify(at, change);
                case RENAME, MOVE -> {
                    rename(at, change);
                    ring.settled(change);
                }
                case DELETE -> delete(at, change);
                case GROUP_ADD, GROUP_REMOVE -> {
                    if (!memberships.write(at, change)) {
                        notTried(at, change);
                    }
                }
            }
        } catch (DirectoryException failed) {
            window.lost(failed.resultCode());
            log.failed(Outcome.failed(change, failed.code(), String.valueOf(failed.getMessage()), failed.kind()));
        }
    }

    /** Whether a change must not be made, since one that it rests on was not. */
    boolean isGroundless(DirectoryChange change) {
        return prerequisites.areMissingFor(change);
    }

    /** A change that is kept from being made: whoever is not renamed stays. */
    void leave(int at, DirectoryChange change, Outcome.Status status) {
        if (change.newDn().isPresent() || change.kind() == ChangeKind.DELETE) {
            trail.stays(change);
        }
        log.left(at, change, status);
        ring.settled(change);
    }

    /** Before a change that takes a name which others leave: all answers are in. */
    void settleNames() {
        if (window.dead() == null) {
            references.follow();
        }
    }

    void stageEnded(DirectoryChange.@Nullable Stage stage) {
        try {
            if (window.dead() == null && stage != null) {
                ended(stage);
            }
        } catch (DirectoryException failed) {
            window.lost(failed.resultCode());
            if (window.dead() == null) {
                throw failed;
            }
        }
        if (window.dead() != null) {
            claims.abandon();
            written.abandon();
            modifier.abandon();
            waiting.drain(this::notWritten);
        }
    }

    private void ended(DirectoryChange.Stage stage) {
        modifier.settle();
        claims.check();
        if (stage == DirectoryChange.Stage.NAMES) {
            references.follow();
        } else if (stage == DirectoryChange.Stage.CREATES) {
            refer();
        }
        written.readBack();
    }

    /** At the end: references to new entries; containers that stayed empty. */
    void end() {
        if (window.dead() == null && !waiting.isEmpty()) {
            try {
                refer();
                written.readBack();
            } catch (DirectoryException failed) {
                window.lost(failed.resultCode());
            }
        }
        stageEnded(null);
        if (window.dead() == null) {
            containers.removeEmpty();
        }
    }

    private void refer() {
        waiting.drain(this::refer);
        window.drain();
        modifier.settle();
    }

    private void create(int at, DirectoryChange change) {
        if (trail.isOccupied(change.dn())) {
            notTried(at, change);
            return;
        }
        if (hasHolder(change) || !parents(change)) {
            return;
        }
        List<AttributeChange> known = new ArrayList<>(change.attributes());
        List<AttributeChange> then = split(known);
        List<AttributeChange> now = trail.present(known);
        NewAccounts.Account account = accounts.prepare(change).orElse(null);
        if (account == null) {
            notTried(at, change);
            return;
        } else if (account.refusal() != null) {
            log.failed(Outcome.failed(change, "confidentialityRequired", account.refusal(), FailureKind.UNAUTHORIZED));
            return;
        }
        WriteWindow.Lost lost = () -> gate.isMade(change, WireNames.of(change.dn()), readable(now))
                ? WriteWindow.result(ResultCode.SUCCESS, "")
                : null;
        boolean sent = sender.send(change, requests.add(change, now, account.attributes()), lost, result -> {
            LDAPResult last = result;
            if (accounts.wantsAnotherWay(account, result)) {
                last = accounts.createDisabledFirst(change, more -> requests.add(change, now, more));
            } else if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                last = accounts.setPassword(change, account, result, window);
            }
            last = accounts.explained(account, last);
            accounts.finish(change, account, last);
            if (last.getResultCode().equals(ResultCode.SUCCESS)) {
                prerequisites.made(change);
                containers.filled(change.dn());
                Optional<ReadOnlyEntry> stored = WrittenValues.postRead(result);
                stored.ifPresent(entry -> written.compare(change, now, entry));
                String id = stored.map(directory::id)
                        .filter(one -> !EntryIds.isDn(one))
                        .orElse(null);
                if (id != null) {
                    prerequisites.identified(change, id);
                }
                if (!then.isEmpty()) {
                    waiting.add(new WaitingReferences.Waiting(at, change, false));
                }
                claims.made(new KeyClaims.Made(at, change, now, id));
            } else {
                sender.refused(change, last);
            }
        });
        if (!sent) {
            accounts.abandon(change, account);
            notTried(at, change);
        }
    }

    private static List<AttributeChange> readable(List<AttributeChange> attributes) {
        return attributes.stream().filter(one -> !one.isSensitive()).toList();
    }

    /** Whether an entry has the key by now, since another run or a person made it or linked it. */
    private boolean hasHolder(DirectoryChange change) {
        Optional<DN> holder = claims.holder(change);
        holder.ifPresent(dn ->
                log.failed(Outcome.stale(change, "another entry has the key " + change.key() + " by now: " + dn)));
        return holder.isPresent();
    }

    /** An entry gets its key before anything else is done to it. */
    private void link(int at, DirectoryChange change) {
        if (!hasHolder(change) && !isStale(change)) {
            modify(at, change);
        }
    }

    private void modify(int at, DirectoryChange change) {
        List<AttributeChange> now = new ArrayList<>(change.attributes());
        List<AttributeChange> then = split(now);
        now = new ArrayList<>(trail.present(now));
        now.removeIf(
                attribute -> attribute.removed().isEmpty() && attribute.added().isEmpty());
        if (now.isEmpty()) {
            if (then.isEmpty()) {
                modified(at, change);
            } else {
                waiting.add(new WaitingReferences.Waiting(at, change, true));
            }
            return;
        }
        boolean sent = modifier.modify(change, now, () -> {
            modified(at, change);
            if (!then.isEmpty()) {
                waiting.add(new WaitingReferences.Waiting(at, change, false));
            }
        });
        if (!sent) {
            notTried(at, change);
        }
    }

    private void modified(int at, DirectoryChange change) {
        if (change.kind() == ChangeKind.LINK) {
            prerequisites.linked(change);
        }
        log.done(at, change, null);
    }

    private void notWritten(WaitingReferences.Waiting what) {
        if (what.alone()) {
            notTried(what.at(), what.change());
        }
    }

    private void refer(WaitingReferences.Waiting what) {
        DirectoryChange change = what.change();
        List<AttributeChange> known = new ArrayList<>();
        for (AttributeChange attribute : split(new ArrayList<>(change.attributes()))) {
            List<EntryReference> made = new ArrayList<>();
            for (EntryReference reference : attribute.references()) {
                // An entry that was not made is reported already; the next run tries the reference again.
                if (reference.isNew()) {
                    prerequisites.dnOf(reference.key()).map(reference::at).ifPresent(made::add);
                } else {
                    made.add(reference);
                }
            }
            boolean lost = made.size() < attribute.references().size();
            List<EntryReference> all = lost ? KeptReferences.beside(made, attribute.before()) : made;
            if (!made.isEmpty()) {
                known.add(AttributeChange.references(attribute.name(), attribute.before(), all, attribute.because()));
            }
        }
        known.removeIf(attribute -> attribute.before().containsAll(attribute.after())
                && attribute.after().containsAll(attribute.before()));
        if (known.isEmpty()) {
            notWritten(what);
        } else {
            window.settle(ChangeEntries.of(change));
            boolean sent = modifier.modify(change, trail.present(known), () -> {
                if (what.alone()) {
                    log.done(what.at(), change, null);
                }
            });
            if (!sent) {
                notWritten(what);
            }
        }
    }

    private void rename(int at, DirectoryChange change) {
        if (change.isTemporary()) {
            // What is answered from now on belongs to the ring of names that begins here.
            window.drain();
        }
        DN to = change.newDn().orElseThrow(() -> new IllegalArgumentException("a rename without a new DN"));
        if (trail.hasStayed(change) || trail.isOccupied(to)) {
            notTried(at, change);
            return;
        }
        if (isStale(change) || !parents(change)) {
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
                if (window.dead() == null && isStale(change)) {
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
            notTried(at, change);
        }
    }

    private void delete(int at, DirectoryChange change) {
        if (isStale(change)) {
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
                if (window.dead() == null && isStale(change)) {
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
            notTried(at, change);
        }
    }

    void notTried(int at, DirectoryChange change) {
        leave(at, change, Outcome.Status.NOT_TRIED);
    }

    /** References to entries that this plan makes come later: they are taken out of {@code now}. */
    private static List<AttributeChange> split(List<AttributeChange> now) {
        List<AttributeChange> then = new ArrayList<>();
        for (AttributeChange attribute : now) {
            if (attribute.referenceIsNew()) {
                then.add(attribute);
            }
        }
        now.removeAll(then);
        return then;
    }

    private boolean isStale(DirectoryChange change) {
        Optional<String> why = gate.refusal(change, WireNames.of(change.dn()), List.of(), true);
        why.ifPresent(because -> log.failed(Outcome.stale(change, because)));
        return why.isPresent();
    }

    @Override
    public void close() {
        waiting.close();
        prerequisites.close();
    }

    private boolean parents(DirectoryChange change) {
        Optional<LDAPResult> refusal = containers.make(change);
        refusal.ifPresent(result -> sender.refused(change, result));
        return refusal.isEmpty();
    }
}
