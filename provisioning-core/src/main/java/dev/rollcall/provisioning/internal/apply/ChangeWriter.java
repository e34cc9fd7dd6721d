package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.EntryIds;
import dev.rollcall.provisioning.internal.journal.Intent;
import dev.rollcall.provisioning.internal.journal.SideWrite;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.internal.plan.KeptReferences;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.EntryReference;
import dev.rollcall.provisioning.plan.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends each change and judges the answer. Not thread-safe: for one thread at a time. */
final class ChangeWriter implements AutoCloseable {
    /** So many references are recorded in one commit. */
    private static final int REFERENCES_AT_ONCE = 200;

    /** A change, and those of its references that can be written. */
    private record Referring(WaitingReferences.Waiting what, List<AttributeChange> known) {}

    private final DirectoryAccess directory;
    private final WriteWindow window;
    private final WriteRequests requests;
    private final ApplyLog log;
    private final WrittenValues written;
    private final EntryGate gate;
    private final KeyClaims claims;
    private final EntryCreator creator;
    private final EntryModifier modifier;
    private final EntryRenamer renamer;
    private final MembershipWriter memberships;
    private final RenameTrail trail;
    private final RenamedReferences references;
    private final RingOfNames ring;
    private final LeftChanges left;
    private final Prerequisites prerequisites;
    private final WaitingReferences waiting;

    /** Containers that this run has made, so that they are made once. */
    private final NewContainers containers;

    ChangeWriter(WriteSession session, ApplySettings settings) {
        this.directory = session.directory();
        OwnedScope scope = settings.scope();
        this.window = session.window();
        this.requests = session.requests();
        this.log = session.log();
        this.prerequisites = new Prerequisites(settings.storage().memory());
        this.waiting = new WaitingReferences(settings.storage().memory());
        this.written = new WrittenValues(directory, log, requests.readsBack());
        this.gate = new EntryGate(directory, scope);
        this.containers = new NewContainers(session);
        this.claims = new KeyClaims(
                directory,
                scope.key(),
                !requests.readsNewBack(),
                new NewEntries(session, settings.today(), written, prerequisites));
        this.trail = new RenameTrail(directory, settings.storage().memory());
        this.references =
                new RenamedReferences(session, scope, settings.storage().memory());
        this.ring = new RingOfNames(session, trail, references);
        this.left = new LeftChanges(log, trail, ring);
        this.modifier = new EntryModifier(session, gate, written, trail);
        this.memberships = new MembershipWriter(session, gate, trail, prerequisites);
        this.creator = new EntryCreator(session, settings.passwords(), gate);
        this.renamer = new EntryRenamer(session, gate, containers, trail, references, ring, left);
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
                    renamer.rename(at, change);
                    ring.settled(change);
                }
                case DELETE -> renamer.delete(at, change);
                case GROUP_ADD, GROUP_REMOVE -> {
                    if (!memberships.write(at, change)) {
                        left.notTried(at, change);
                    }
                }
            }
        } catch (DirectoryException failed) {
            window.lost(failed.resultCode());
            log.failed(Outcome.failed(change, failed.code(), String.valueOf(failed.getMessage()), failed.kind()));
        }
    }

    /** Where the changes are recorded that are not made. */
    LeftChanges left() {
        return left;
    }

    /** Whether a change must not be made, since one that it rests on was not. */
    boolean isGroundless(DirectoryChange change) {
        return prerequisites.areMissingFor(change);
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
            abandon();
        }
    }

    /** Reports what is known of the changes that wait for something: nothing more is asked or sent. */
    void abandon() {
        claims.abandon();
        written.abandon();
        modifier.abandon();
        waiting.drain(this::notWritten);
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
        List<Referring> batch = new ArrayList<>();
        waiting.drain(what -> {
            List<AttributeChange> known = known(what);
            if (known.isEmpty()) {
                notWritten(what);
            } else {
                batch.add(new Referring(what, known));
            }
            if (batch.size() >= REFERENCES_AT_ONCE) {
                refer(batch);
            }
        });
        refer(batch);
        window.drain();
        modifier.settle();
    }

    private void create(int at, DirectoryChange change) {
        if (trail.isOccupied(change.dn())) {
            left.notTried(at, change);
            return;
        }
        if (claims.isTaken(change, log) || !containers.make(change)) {
            return;
        }
        List<AttributeChange> known = new ArrayList<>(change.attributes());
        List<AttributeChange> then = WaitingReferences.split(known);
        List<AttributeChange> now = trail.present(known);
        Intent intent = deviation(change, now);
        boolean sent = intent.mayBeSent()
                && creator.create(change, now, result -> {
                    intent.became(Result.DONE);
                    made(at, change, now, !then.isEmpty(), result);
                });
        if (!sent) {
            left.notTried(at, change);
        }
    }

    private void made(int at, DirectoryChange change, List<AttributeChange> now, boolean waits, LDAPResult result) {
        prerequisites.made(change);
        containers.filled(change.dn());
        Optional<ReadOnlyEntry> stored = WrittenValues.postRead(result);
        stored.ifPresent(entry -> written.compare(change, now, entry));
        String id = stored.map(directory::id).filter(one -> !EntryIds.isDn(one)).orElse(null);
        if (id != null) {
            prerequisites.identified(change, id);
        }
        if (waits) {
            waiting.add(new WaitingReferences.Waiting(at, change, false));
        }
        try {
            claims.made(new KeyClaims.Made(at, change, now, id));
        } catch (DirectoryException failed) {
            // It is asked again at the end of the stage, unless the directory is lost.
            window.lost(failed.resultCode());
        }
    }

    /** An entry gets its key before anything else is done to it. */
    private void link(int at, DirectoryChange change) {
        if (!claims.isTaken(change, log) && !gate.isStale(change, log)) {
            modify(at, change);
        }
    }

    private void modify(int at, DirectoryChange change) {
        List<AttributeChange> now = new ArrayList<>(change.attributes());
        List<AttributeChange> then = WaitingReferences.split(now);
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
        Intent intent = deviation(change, now);
        boolean sent = intent.mayBeSent()
                && modifier.modify(change, now, intent, () -> {
                    modified(at, change);
                    if (!then.isEmpty()) {
                        waiting.add(new WaitingReferences.Waiting(at, change, false));
                    }
                });
        if (!sent) {
            left.notTried(at, change);
        }
    }

    /**
     * Records what is written now where it is not what was recorded ahead: a reference is to where an entry is, which may
     * not be where the plan has it.
     */
    private Intent deviation(DirectoryChange change, List<AttributeChange> now) {
        if (!log.journal().isOn()) {
            return Intent.UNRECORDED;
        }
        Map<String, AttributeChange> planned = new HashMap<>();
        change.attributes().forEach(attribute -> planned.put(attribute.name(), attribute));
        List<AttributeChange> others = now.stream()
                .filter(attribute -> {
                    AttributeChange plan = planned.get(attribute.name());
                    return plan == null || !plan.after().equals(attribute.after());
                })
                .toList();
        return others.isEmpty()
                ? Intent.UNRECORDED
                : log.journal().other(SideWrite.part(change, trail.dn(change), others));
    }

    private void modified(int at, DirectoryChange change) {
        if (change.kind() == ChangeKind.LINK) {
            prerequisites.linked(change);
        }
        log.done(at, change, null);
    }

    private void notWritten(WaitingReferences.Waiting what) {
        if (what.alone()) {
            left.notTried(what.at(), what.change());
        }
    }

    /** What of the references of a change can be written: those to entries that are there by now. */
    private List<AttributeChange> known(WaitingReferences.Waiting what) {
        DirectoryChange change = what.change();
        List<AttributeChange> known = new ArrayList<>();
        for (AttributeChange attribute : WaitingReferences.split(new ArrayList<>(change.attributes()))) {
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
        return known;
    }

    /** Writes references, which are recorded in one commit before. */
    private void refer(List<Referring> batch) {
        List<Referring> all = List.copyOf(batch);
        batch.clear();
        List<List<AttributeChange>> present =
                all.stream().map(one -> trail.present(one.known)).toList();
        List<SideWrite> writes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            DirectoryChange change = all.get(i).what.change();
            writes.add(SideWrite.part(change, trail.dn(change), present.get(i)));
        }
        List<Intent> intents = log.journal().others(writes);
        for (int i = 0; i < all.size(); i++) {
            refer(all.get(i).what, present.get(i), intents.get(i));
        }
    }

    private void refer(WaitingReferences.Waiting what, List<AttributeChange> attributes, Intent intent) {
        DirectoryChange change = what.change();
        window.settle(ChangeEntries.of(change));
        boolean sent = intent.mayBeSent()
                && modifier.modify(change, attributes, intent, () -> {
                    if (what.alone()) {
                        log.done(what.at(), change, null);
                    }
                });
        if (!sent) {
            intent.became(Result.NOT_DONE);
            notWritten(what);
        }
    }

    @Override
    public void close() {
        waiting.close();
        prerequisites.close();
        trail.close();
        references.close();
    }
}
