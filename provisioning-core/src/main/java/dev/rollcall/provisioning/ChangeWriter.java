package dev.rollcall.provisioning;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends each change and judges the answer. Not thread-safe: for one thread at a time. */
final class ChangeWriter {
    /** References to entries that the same plan makes, written once those are there. */
    private record Later(int at, DirectoryChange change, List<AttributeChange> attributes, boolean alone) {}

    private static final int ATTEMPTS = 3;

    private final Directory directory;
    private final LDAPConnection connection;
    private final WriteWindow window;
    private final WriteRequests requests;
    private final ApplyLog log;
    private final NewAccounts accounts;
    private final WrittenValues written;
    private final EntryFingerprint fingerprint;
    private final Map<String, String> stayed = new HashMap<>();
    private final Set<String> onTheWay = new HashSet<>();
    private final Map<String, String> created = new HashMap<>();
    private final Set<String> notCreated = new HashSet<>();
    private final Map<String, String> memberAttributes = new HashMap<>();
    private final List<Later> later = new ArrayList<>();

    ChangeWriter(
            Directory directory,
            Applier.Settings settings,
            LDAPConnection connection,
            WriteWindow window,
            WriteRequests requests,
            ApplyLog log) {
        this.directory = directory;
        this.connection = connection;
        this.window = window;
        this.requests = requests;
        this.log = log;
        this.accounts = new NewAccounts(directory, settings.passwords, connection);
        this.written = new WrittenValues(directory, log, requests.readsBack());
        this.fingerprint = new EntryFingerprint(directory, settings.owned);
    }

    /** What changes of one entry have in common. */
    static String entry(DirectoryChange change) {
        return change.id().orElseGet(() -> "key:" + change.key());
    }

    void write(int at, DirectoryChange change) {
        try {
            switch (change.kind()) {
                case CREATE -> create(at, change);
                case LINK, MODIFY, ENABLE, DISABLE -> modify(at, change);
                case RENAME, MOVE -> rename(at, change);
                case DELETE -> delete(at, change);
                case GROUP_ADD -> member(at, change, ModificationType.ADD);
                case GROUP_REMOVE -> member(at, change, ModificationType.DELETE);
            }
        } catch (DirectoryException failed) {
            log.failed(Outcome.failed(change, failed.code(), String.valueOf(failed.getMessage()), failed.kind()));
        }
    }

    void stageEnded(DirectoryChange.@Nullable Stage stage) {
        if (stage == DirectoryChange.Stage.ENTRIES && window.dead() == null) {
            later.forEach(this::refer);
            later.clear();
            window.drain();
            written.readBack();
        }
    }

    private void create(int at, DirectoryChange change) {
        if (!parents(change)) {
            return;
        }
        List<AttributeChange> now = new ArrayList<>(change.attributes());
        List<AttributeChange> then = split(now);
        NewAccounts.Account account = accounts.prepare(change);
        if (account.refusal() != null) {
            notCreated.add(change.key());
            log.failed(Outcome.failed(change, "confidentialityRequired", account.refusal(), FailureKind.UNAUTHORIZED));
            return;
        }
        send(change, requests.add(change, now, account.attributes()), result -> {
            LDAPResult last = result;
            if (accounts.wantsAnotherWay(account, result)) {
                last = accounts.createDisabledFirst(change, requests.add(change, now, List.of()));
            } else if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                last = accounts.setPassword(change, account, result);
            }
            accounts.finish(change, account, last);
            if (last.getResultCode().equals(ResultCode.SUCCESS)) {
                created.put(change.key(), WireNames.of(change.dn()));
                Optional<ReadOnlyEntry> stored = WrittenValues.postRead(result);
                written.compare(change, now, stored);
                log.done(at, change, stored.map(directory::id).orElse(null));
                if (!then.isEmpty()) {
                    later.add(new Later(at, change, then, false));
                }
            } else {
                notCreated.add(change.key());
                refused(change, last);
            }
        });
    }

    private void modify(int at, DirectoryChange change) {
        List<AttributeChange> now = new ArrayList<>(change.attributes());
        List<AttributeChange> then = split(now);
        if (now.isEmpty()) {
            if (then.isEmpty()) {
                log.done(at, change, null);
            } else {
                later.add(new Later(at, change, then, true));
            }
            return;
        }
        modify(change, now, () -> {
            log.done(at, change, null);
            if (!then.isEmpty()) {
                later.add(new Later(at, change, then, false));
            }
        });
    }

    private void modify(DirectoryChange change, List<AttributeChange> attributes, Runnable done) {
        String dn = Objects.requireNonNullElse(stayed.get(entry(change)), WireNames.of(change.dn()));
        if (requests.needsReading(attributes) && !asBefore(dn, attributes)) {
            log.failed(Outcome.stale(change, "the entry was changed since the plan was made"));
            return;
        }
        send(change, requests.modify(change, dn, attributes), result -> {
            int code = result.getResultCode().intValue();
            switch (code) {
                case ResultCode.SUCCESS_INT_VALUE -> {
                    written.compare(change, attributes, WrittenValues.postRead(result));
                    done.run();
                }
                case ResultCode.ASSERTION_FAILED_INT_VALUE, ResultCode.NO_SUCH_OBJECT_INT_VALUE ->
                    log.failed(Outcome.stale(change, "the entry is gone, or was changed since the plan was made"));
                // Different servers say with these that an old value is gone, or a new one already there.
                case ResultCode.NO_SUCH_ATTRIBUTE_INT_VALUE,
                        ResultCode.ATTRIBUTE_OR_VALUE_EXISTS_INT_VALUE,
                        ResultCode.CONSTRAINT_VIOLATION_INT_VALUE -> {
                    if (window.dead() == null && !asBefore(dn, attributes)) {
                        log.failed(Outcome.stale(change, "the entry was changed since the plan was made"));
                    } else {
                        refused(change, result);
                    }
                }
                default -> refused(change, result);
            }
        });
    }

    private void refer(Later what) {
        List<AttributeChange> known = new ArrayList<>();
        for (AttributeChange attribute : what.attributes) {
            String target = attribute.reference().map(created::get).orElse(null);
            if (target != null) {
                known.add(AttributeChange.of(
                        attribute.name(),
                        attribute.before(),
                        List.of(new ASN1OctetString(target)),
                        attribute.because()));
            } else {
                log.failed(Outcome.failed(
                        what.change,
                        "noSuchObject",
                        attribute.name() + ": the entry that it shall refer to was not made",
                        FailureKind.NOT_FOUND));
            }
        }
        if (!known.isEmpty()) {
            window.settle(entry(what.change));
            modify(what.change, known, () -> {
                if (what.alone) {
                    log.done(what.at, what.change, null);
                }
            });
        }
    }

    private void rename(int at, DirectoryChange change) {
        DN to = change.newDn().orElseThrow(() -> new IllegalArgumentException("a rename without a new DN"));
        if (isStale(change) || !parents(change)) {
            stayed.put(entry(change), WireNames.of(change.dn()));
            return;
        }
        send(change, requests.rename(change.dn(), to), result -> {
            if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                if (change.isTemporary()) {
                    onTheWay.add(entry(change));
                }
                log.done(at, change, null);
            } else {
                stayed.put(entry(change), WireNames.of(change.dn()));
                refused(change, result);
            }
        });
    }

    private void delete(int at, DirectoryChange change) {
        if (isStale(change)) {
            return;
        }
        send(change, requests.delete(change.dn()), result -> {
            if (result.getResultCode().equals(ResultCode.SUCCESS)
                    || result.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                log.done(at, change, null);
            } else {
                refused(change, result);
            }
        });
    }

    private void member(int at, DirectoryChange change, ModificationType type) {
        if (notCreated.contains(change.key())) {
            log.left(at, change, Outcome.Status.NOT_TRIED);
            return;
        }
        DN group = change.group().orElseThrow(() -> new IllegalArgumentException("a membership without a group"));
        String attribute = memberAttributes.computeIfAbsent(
                group.toNormalizedString(), none -> GroupMembers.attribute(directory, connection, group));
        String member = Objects.requireNonNullElse(stayed.get(entry(change)), WireNames.of(change.dn()));
        boolean adds = type.equals(ModificationType.ADD);
        send(change, requests.member(group, attribute, member, type), result -> {
            int code = result.getResultCode().intValue();
            boolean there = code == ResultCode.ATTRIBUTE_OR_VALUE_EXISTS_INT_VALUE
                    || code == ResultCode.ENTRY_ALREADY_EXISTS_INT_VALUE;
            boolean gone = code == ResultCode.NO_SUCH_ATTRIBUTE_INT_VALUE
                    || (code == ResultCode.UNWILLING_TO_PERFORM_INT_VALUE
                            && !GroupMembers.contains(directory, connection, group, attribute, member));
            if (code == ResultCode.SUCCESS_INT_VALUE || (adds ? there : gone)) {
                log.done(at, change, null);
            } else {
                refused(change, result);
            }
        });
    }

    /** Sends it; a server that is busy did nothing, and is asked again a few times. */
    private void send(DirectoryChange change, LDAPRequest request, Consumer<LDAPResult> then) {
        send(change, request, then, 1);
    }

    private void send(DirectoryChange change, LDAPRequest request, Consumer<LDAPResult> then, int attempt) {
        window.send(entry(change), request, result -> {
            if (result.getResultCode().equals(ResultCode.BUSY) && attempt < ATTEMPTS && window.dead() == null) {
                send(change, request, then, attempt + 1);
            } else {
                then.accept(result);
            }
        });
    }

    private void refused(DirectoryChange change, LDAPResult result) {
        String said = result.getDiagnosticMessage() == null
                ? ""
                : DirectoryException.printable(result.getDiagnosticMessage());
        String code = DirectoryException.codeOf(result.getResultCode());
        log.failed(
                WriteWindow.isLoss(result.getResultCode())
                        ? Outcome.unknown(change, code, "no answer came; the next run finds out")
                        : Outcome.failed(change, code, said, DirectoryException.kindOf(result.getResultCode())));
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
        Optional<ReadOnlyEntry> present =
                directory.read(connection, WireNames.of(change.dn()), fingerprint.attributes());
        String why = null;
        if (present.isEmpty()) {
            why = "the entry is gone, or was renamed or moved since the plan was made";
        } else if (!change.id().map(directory.id(present.get())::equals).orElse(true)) {
            why = "another entry has this name by now";
        } else if (directory.protectedBecause(present.get()).isPresent()) {
            why = "the entry is protected by now: "
                    + directory.protectedBecause(present.get()).get();
        } else if (!change.fingerprint().isEmpty()
                && !onTheWay.contains(entry(change))
                && !change.fingerprint().equals(fingerprint.of(present.get()))) {
            why = "the entry was changed since the plan was made";
        }
        if (why != null) {
            log.failed(Outcome.stale(change, why));
        }
        return why != null;
    }

    private boolean asBefore(String dn, List<AttributeChange> attributes) {
        Set<String> names = new LinkedHashSet<>();
        attributes.forEach(one -> names.add(one.name()));
        Optional<ReadOnlyEntry> present = directory.read(connection, dn, names);
        return present.isPresent()
                && attributes.stream().allMatch(one -> {
                    Attribute attribute = present.get().getAttribute(one.name());
                    List<ASN1OctetString> values =
                            attribute == null ? List.of() : Arrays.asList(attribute.getRawValues());
                    return new HashSet<>(values).containsAll(one.removed())
                            && (!one.before().isEmpty() || values.isEmpty());
                });
    }

    private boolean parents(DirectoryChange change) {
        for (DN parent : change.missingParents()) {
            try {
                connection.add(requests.parent(parent));
            } catch (LDAPException failed) {
                if (!failed.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS)) {
                    notCreated.add(change.key());
                    refused(change, failed.toLDAPResult());
                    return false;
                }
            }
        }
        return true;
    }
}
