package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.journal.Intent;
import dev.rollcall.provisioning.internal.journal.SideWrite;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Modifies entries, and keeps what one attribute is refused for from the others. Not thread-safe: for one thread at a time.
 */
final class EntryModifier {
    /** What else is said about an entry of which a part was written. */
    private static final String REST_WRITTEN = "; the other attributes were written";

    private final DirectoryAccess directory;
    private final WriteWindow window;
    private final WriteRequests requests;
    private final ChangeSender sender;
    private final ApplyLog log;
    private final EntryGate gate;
    private final WrittenValues written;
    private final RenameTrail trail;
    private final ValueExchange exchange;
    private final SideWrites sides;
    private final AccountEffect effect;

    /** Attributes because of which the server judges an assertion by another entry: OpenLDAP's overlay unique does. */
    private final Set<String> misleading = new HashSet<>();

    EntryModifier(WriteSession session, EntryGate gate, WrittenValues written, RenameTrail trail) {
        this.directory = session.directory();
        this.window = session.window();
        this.requests = session.requests();
        this.sender = session.sender();
        this.log = session.log();
        this.gate = gate;
        this.written = written;
        this.trail = trail;
        this.effect = new AccountEffect(directory);
        this.sides = session.sides();
        this.exchange = new ValueExchange(directory, this::now, this::refused);
    }

    /** Whether the entry is read right before it is modified. */
    boolean reads(List<AttributeChange> attributes) {
        return !asserts(attributes) || requests.needsReading(attributes);
    }

    private boolean asserts(List<AttributeChange> attributes) {
        return requests.asserts() && attributes.stream().noneMatch(one -> misleading.contains(one.name()));
    }

    /**
     * Sends a modification, unless the entry is not the planned one; false if it could not be sent.
     *
     * @param intent the record of this modification, where it is none of the plan
     */
    boolean modify(DirectoryChange change, List<AttributeChange> attributes, Intent intent, Runnable done) {
        return modify(change, attributes, asserts(attributes), intent, done);
    }

    private boolean modify(
            DirectoryChange change, List<AttributeChange> attributes, boolean asserted, Intent intent, Runnable done) {
        String dn = trail.dn(change);
        if (!asserted || requests.needsReading(attributes)) {
            Optional<String> why = gate.refusal(change, dn, attributes, false);
            if (why.isPresent()) {
                intent.became(Result.NOT_DONE);
                log.failed(Outcome.stale(change, why.get()));
                return true;
            }
        }
        Filter filter = asserted ? gate.assertion(change, attributes) : null;
        WriteWindow.Lost lost = () -> gate.isMade(change, dn, attributes)
                ? WriteWindow.result(ResultCode.SUCCESS, "")
                : gate.refusal(change, dn, attributes, false)
                        .map(why -> WriteWindow.result(ResultCode.ASSERTION_FAILED, why))
                        .orElse(null);
        return sender.send(change, requests.modify(change, dn, attributes, filter), lost, result -> {
            intent.became(SideWrites.resultOf(result));
            switch (result.getResultCode().intValue()) {
                case ResultCode.SUCCESS_INT_VALUE -> succeeded(change, attributes, result, done);
                case ResultCode.NO_SUCH_OBJECT_INT_VALUE -> log.failed(Outcome.stale(change, "the entry is gone"));
                case ResultCode.ASSERTION_FAILED_INT_VALUE ->
                    notAsserted(change, dn, attributes, asserted, intent, done);
                // Different servers say with these that an old value is gone, or a new one already there.
                case ResultCode.NO_SUCH_ATTRIBUTE_INT_VALUE,
                        ResultCode.ATTRIBUTE_OR_VALUE_EXISTS_INT_VALUE,
                        ResultCode.ENTRY_ALREADY_EXISTS_INT_VALUE,
                        ResultCode.CONSTRAINT_VIOLATION_INT_VALUE -> {
                    Optional<String> why =
                            window.dead() == null ? gate.refusal(change, dn, attributes, false) : Optional.empty();
                    if (why.isPresent()) {
                        log.failed(Outcome.stale(change, why.get()));
                    } else if (ValueExchange.mayBeTaken(result.getResultCode())) {
                        exchange.add(change, attributes, result, done);
                    } else {
                        refused(change, attributes, result, done);
                    }
                }
                default -> refused(change, attributes, result, done);
            }
        });
    }

    private void succeeded(DirectoryChange change, List<AttributeChange> attributes, LDAPResult result, Runnable done) {
        gate.written(change);
        if (change.kind() != ChangeKind.DISABLE && change.kind() != ChangeKind.ENABLE) {
            done.run();
            compare(change, attributes, result);
            return;
        }
        written.compare(
                change,
                attributes,
                WrittenValues.postRead(result),
                stored -> sender.judge(change, () -> {
                    Optional<String> why = stored.flatMap(entry -> effect.missing(change, entry));
                    if (why.isPresent()) {
                        log.failed(Outcome.failed(change, "withoutEffect", why.get(), FailureKind.REJECTED));
                    } else {
                        done.run();
                    }
                }));
    }

    /** What cannot be read back now is read back at the end of the stage, unless the directory is lost. */
    private void compare(DirectoryChange change, List<AttributeChange> attributes, LDAPResult result) {
        try {
            written.compare(change, attributes, WrittenValues.postRead(result));
        } catch (DirectoryException failed) {
            window.lost(failed.resultCode());
        }
    }

    /** The server says that the entry is not as planned: that is so, or a value is hidden, or it judged another entry. */
    private void notAsserted(
            DirectoryChange change,
            String dn,
            List<AttributeChange> attributes,
            boolean asserted,
            Intent intent,
            Runnable done) {
        Optional<String> why = window.dead() == null && asserted
                ? gate.refusal(change, dn, attributes, false)
                : Optional.of("the entry was changed since the plan was made");
        if (why.isPresent()) {
            log.failed(Outcome.stale(change, why.get()));
            return;
        }
        List<AttributeChange> hidden = attributes.stream()
                .filter(one -> one.before().isEmpty() && directory.hasHidden(dn, one.name()))
                .toList();
        if (!hidden.isEmpty()) {
            hidden(change, attributes, hidden, done);
            return;
        }
        attributes.forEach(attribute -> misleading.add(attribute.name()));
        if (!modify(change, attributes, false, intent, done)) {
            log.failed(Outcome.stale(change, "the entry was changed since the plan was made"));
        }
    }

    /** Values that the account of the runs may not read are left as they are, and the others are written. */
    private void hidden(
            DirectoryChange change, List<AttributeChange> attributes, List<AttributeChange> hidden, Runnable done) {
        String names =
                String.join(", ", hidden.stream().map(AttributeChange::name).toList());
        hidden.forEach(one -> log.unreadable(one.name()));
        List<AttributeChange> rest = new ArrayList<>(attributes);
        rest.removeAll(hidden);
        LDAPResult result = rest.isEmpty() ? null : now(change, rest);
        if (result != null && !isDone(result)) {
            refused(change, rest, result, done);
            return;
        }
        log.failed(Outcome.failed(
                change,
                "unreadable",
                names + " has a value that the account of the runs cannot read, so it was not replaced: let the account"
                        + " read " + names + (rest.isEmpty() ? "" : REST_WRITTEN),
                FailureKind.FORBIDDEN));
    }

    /** Sends a modification and waits for its response; the gate comes before it as before every other write. */
    private LDAPResult now(DirectoryChange change, List<AttributeChange> attributes) {
        String dn = trail.dn(change);
        try {
            Optional<String> why = gate.refusal(change, dn, attributes, false);
            if (why.isPresent()) {
                return WriteWindow.result(ResultCode.ASSERTION_FAILED, why.get());
            }
        } catch (DirectoryException failed) {
            window.lost(failed.resultCode());
            return WriteWindow.result(failed.resultCode(), String.valueOf(failed.getMessage()));
        }
        LDAPResult result = sides.write(
                SideWrite.part(change, dn, attributes),
                () -> sender.now(requests.modify(change, dn, attributes, null)));
        if (isDone(result)) {
            gate.written(change);
            compare(change, attributes, result);
        }
        return result;
    }

    /** Refused for good: the attributes that can be written without the one at fault are written. */
    private void refused(DirectoryChange change, List<AttributeChange> attributes, LDAPResult result, Runnable done) {
        if (result.getResultCode().equals(ResultCode.ASSERTION_FAILED)) {
            log.failed(Outcome.stale(change, String.valueOf(result.getDiagnosticMessage())));
            return;
        }
        boolean divides = attributes.size() > 1
                && ChangeSender.isAboutValues(result.getResultCode())
                && change.kind() == ChangeKind.MODIFY
                && window.dead() == null;
        if (!divides) {
            sender.refused(change, attributes, result, "");
            return;
        }
        List<AttributeChange> culprits = ChangeSender.culprits(attributes, result);
        List<AttributeChange> rest = new ArrayList<>(attributes);
        rest.removeAll(culprits);
        boolean named = !culprits.isEmpty() && !rest.isEmpty();
        if (named && isDone(now(change, rest))) {
            sender.refused(change, culprits, result, REST_WRITTEN);
            return;
        }
        LDAPResult last = result;
        List<AttributeChange> failed = new ArrayList<>();
        for (AttributeChange attribute : attributes) {
            LDAPResult alone = now(change, List.of(attribute));
            if (!isDone(alone)) {
                failed.add(attribute);
                last = alone;
            }
        }
        if (failed.isEmpty()) {
            done.run();
        } else {
            String more = failed.size() == attributes.size() ? "" : REST_WRITTEN;
            sender.refused(change, failed, last, more);
        }
    }

    /** Tries once more what was refused because of a value that another entry had. */
    void settle() {
        exchange.settle();
    }

    /** The directory was lost: what waits stays refused. */
    void abandon() {
        exchange.abandon();
    }

    private static boolean isDone(LDAPResult result) {
        return result.getResultCode().equals(ResultCode.SUCCESS);
    }
}
