package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends each change and judges the answer. Not thread-safe: for one thread at a time. */
final class ChangeWriter {
    /** References to entries that the same plan makes, written once those are there. */
    private record Later(int at, DirectoryChange change, List<AttributeChange> attributes, boolean alone) {}

    private final DirectoryAccess directory;
    private final LDAPConnection connection;
    private final WriteWindow window;
    private final WriteRequests requests;
    private final ChangeSender sender;
    private final ApplyLog log;
    private final NewAccounts accounts;
    private final WrittenValues written;
    private final Freshness freshness;
    private final CaseOnlyRename caseOnly;
    private final RenameTrail trail;
    private final RenamedReferences references;
    private final RingOfNames ring;
    private final Set<String> misleading = new HashSet<>();
    private final Prerequisites prerequisites = new Prerequisites();
    private final Map<String, String> memberAttributes = new HashMap<>();
    private final List<Later> later = new ArrayList<>();

    ChangeWriter(
            DirectoryAccess directory,
            ApplySettings settings,
            LDAPConnection connection,
            WriteWindow window,
            WriteRequests requests,
            ApplyLog log) {
        this.directory = directory;
        this.connection = connection;
        this.window = window;
        this.requests = requests;
        this.sender = new ChangeSender(window, log);
        this.log = log;
        this.accounts = new NewAccounts(directory, settings.passwords, connection);
        this.written = new WrittenValues(directory, log, requests.readsBack());
        this.freshness = new Freshness(directory, connection, settings.owned);
        this.caseOnly = new CaseOnlyRename(connection, requests);
        this.trail = new RenameTrail(directory);
        this.references = new RenamedReferences(directory, connection, settings.owned, settings.groups);
        this.ring = new RingOfNames(window, requests, sender, trail, references, log);
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
                case GROUP_ADD -> member(at, change, ModificationType.ADD);
                case GROUP_REMOVE -> member(at, change, ModificationType.DELETE);
            }
        } catch (DirectoryException failed) {
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
        if (window.dead() != null) {
            later.stream().filter(Later::alone).forEach(what -> notTried(what.at, what.change));
            later.clear();
        } else if (stage == DirectoryChange.Stage.NAMES) {
            references.follow();
        } else if (stage == DirectoryChange.Stage.ENTRIES) {
            later.forEach(this::refer);
            later.clear();
            window.drain();
            written.readBack();
        }
    }

    private void create(int at, DirectoryChange change) {
        if (trail.isOccupied(change.dn())) {
            notTried(at, change);
            return;
        }
        if (!parents(change)) {
            return;
        }
        List<AttributeChange> known = new ArrayList<>(change.attributes());
        List<AttributeChange> then = split(known);
        List<AttributeChange> now = trail.present(known);
        NewAccounts.Account account = accounts.prepare(change);
        if (account.refusal() != null) {
            log.failed(Outcome.failed(change, "confidentialityRequired", account.refusal(), FailureKind.UNAUTHORIZED));
            return;
        }
        boolean sent = sender.send(change, requests.add(change, now, account.attributes()), result -> {
            LDAPResult last = result;
            if (accounts.wantsAnotherWay(account, result)) {
                last = accounts.createDisabledFirst(change, more -> requests.add(change, now, more));
            } else if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                last = accounts.setPassword(change, account, result, window);
            }
            accounts.finish(change, account, last);
            if (last.getResultCode().equals(ResultCode.SUCCESS)) {
                prerequisites.made(change);
                Optional<ReadOnlyEntry> stored = WrittenValues.postRead(result);
                written.compare(change, now, stored);
                log.done(at, change, stored.map(directory::id).orElse(null));
                if (!then.isEmpty()) {
                    later.add(new Later(at, change, then, false));
                }
            } else {
                sender.refused(change, last);
            }
        });
        if (!sent) {
            accounts.abandon(change, account);
            notTried(at, change);
        }
    }

    /** An entry gets its key before anything else is done to it. */
    private void link(int at, DirectoryChange change) {
        if (!isStale(change)) {
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
                later.add(new Later(at, change, then, true));
            }
            return;
        }
        boolean sent = modify(change, now, () -> {
            modified(at, change);
            if (!then.isEmpty()) {
                later.add(new Later(at, change, then, false));
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

    private boolean modify(DirectoryChange change, List<AttributeChange> attributes, Runnable done) {
        boolean misled = attributes.stream().anyMatch(attribute -> misleading.contains(attribute.name()));
        return modify(change, attributes, !misled, done);
    }

    private boolean modify(DirectoryChange change, List<AttributeChange> attributes, boolean asserted, Runnable done) {
        String dn = trail.dn(change);
        // Few, and grave if they meet somebody else who has the name by now.
        boolean mustMeet = change.kind() != ChangeKind.MODIFY && !requests.namesTheEntry();
        boolean reading = !asserted || mustMeet || requests.needsReading(attributes);
        if (reading && !freshness.asBefore(change, dn, attributes)) {
            log.failed(Outcome.stale(change, "the entry was changed since the plan was made"));
            return true;
        }
        return sender.send(change, requests.modify(change, dn, attributes, asserted), result -> {
            int code = result.getResultCode().intValue();
            switch (code) {
                case ResultCode.SUCCESS_INT_VALUE -> {
                    written.compare(change, attributes, WrittenValues.postRead(result));
                    done.run();
                }
                case ResultCode.NO_SUCH_OBJECT_INT_VALUE -> log.failed(Outcome.stale(change, "the entry is gone"));
                case ResultCode.ASSERTION_FAILED_INT_VALUE -> {
                    // OpenLDAP's overlay unique judges the assertion by another entry than the one that is written.
                    boolean misled = asserted && window.dead() == null && freshness.asBefore(change, dn, attributes);
                    if (misled) {
                        attributes.forEach(attribute -> misleading.add(attribute.name()));
                    }
                    if (!misled || !modify(change, attributes, false, done)) {
                        log.failed(Outcome.stale(change, "the entry was changed since the plan was made"));
                    }
                }
                // Different servers say with these that an old value is gone, or a new one already there.
                case ResultCode.NO_SUCH_ATTRIBUTE_INT_VALUE,
                        ResultCode.ATTRIBUTE_OR_VALUE_EXISTS_INT_VALUE,
                        ResultCode.CONSTRAINT_VIOLATION_INT_VALUE -> {
                    if (window.dead() == null && !freshness.asBefore(change, dn, attributes)) {
                        log.failed(Outcome.stale(change, "the entry was changed since the plan was made"));
                    } else {
                        sender.refused(change, result);
                    }
                }
                default -> sender.refused(change, result);
            }
        });
    }

    private void refer(Later what) {
        List<AttributeChange> known = new ArrayList<>();
        for (AttributeChange attribute : what.attributes) {
            // What became of whoever was not made is told already; the next run tries the reference again.
            attribute
                    .reference()
                    .flatMap(prerequisites::dnOf)
                    .map(dn -> List.of(new ASN1OctetString(dn)))
                    .ifPresent(target -> known.add(attribute.values(attribute.before(), target)));
        }
        if (known.isEmpty()) {
            if (what.alone) {
                notTried(what.at, what.change);
            }
        } else {
            window.settle(ChangeEntries.of(what.change));
            boolean sent = modify(what.change, trail.present(known), () -> {
                if (what.alone) {
                    log.done(what.at, what.change, null);
                }
            });
            if (!sent && what.alone) {
                notTried(what.at, what.change);
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
        boolean sent = sender.send(change, requests.rename(change.dn(), to), answer -> {
            LDAPResult result = caseOnly.answered(change, to, answer);
            if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                trail.renamed(change, to);
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
        boolean sent = sender.send(change, requests.delete(change.dn()), result -> {
            if (result.getResultCode().equals(ResultCode.SUCCESS)
                    || result.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                log.done(at, change, null);
            } else {
                trail.stays(change);
                sender.refused(change, result);
            }
        });
        if (!sent) {
            notTried(at, change);
        }
    }

    private void member(int at, DirectoryChange change, ModificationType type) {
        DN group = change.group().orElseThrow(() -> new IllegalArgumentException("a membership without a group"));
        String attribute = memberAttributes.computeIfAbsent(
                group.toNormalizedString(), none -> GroupMembers.attribute(directory, connection, group));
        String member = trail.dn(change);
        boolean sent = sender.send(change, requests.member(group, attribute, member, type), result -> {
            int code = result.getResultCode().intValue();
            boolean there = code == ResultCode.ATTRIBUTE_OR_VALUE_EXISTS_INT_VALUE
                    || code == ResultCode.ENTRY_ALREADY_EXISTS_INT_VALUE;
            boolean gone = code == ResultCode.NO_SUCH_ATTRIBUTE_INT_VALUE
                    || (code == ResultCode.UNWILLING_TO_PERFORM_INT_VALUE
                            && !GroupMembers.contains(directory, connection, group, attribute, member));
            if (code == ResultCode.SUCCESS_INT_VALUE || (type.equals(ModificationType.ADD) ? there : gone)) {
                log.done(at, change, null);
            } else {
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
            if (attribute.reference().isPresent() && attribute.referenceIsNew()) {
                then.add(attribute);
            }
        }
        now.removeAll(then);
        return then;
    }

    private boolean isStale(DirectoryChange change) {
        boolean looked = trail.isOnTheWay(change) || prerequisites.isLinked(change);
        Optional<String> why = freshness.staleBecause(change, looked);
        why.ifPresent(because -> log.failed(Outcome.stale(change, because)));
        return why.isPresent();
    }

    private boolean parents(DirectoryChange change) {
        for (DN parent : change.missingParents()) {
            try {
                connection.add(requests.parent(parent));
            } catch (LDAPException failed) {
                if (!failed.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS)) {
                    sender.refused(change, failed.toLDAPResult());
                    return false;
                }
            }
        }
        return true;
    }
}
