package dev.rollcall.provisioning.internal.account;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountResult;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.internal.apply.ApplyLog;
import dev.rollcall.provisioning.internal.apply.ApplySettings;
import dev.rollcall.provisioning.internal.directory.Octets;
import dev.rollcall.provisioning.internal.guardrail.FailureLimit;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Normalized;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan for an application, some changes at a time: a connector makes those at once if it can. Not
 * thread-safe: for one thread at a time.
 */
public final class AccountApplier {
    /** A change on its way. */
    private record Pending(int position, AccountChange change) {}

    private final Plan plan;
    private final AccountWriter writer;
    private final AccountComparison comparison;
    private final ApplyLog log;

    /** Accounts that this run has changed, and what they are since: a later change must not take itself for stale. */
    private final Map<String, String> versions = new HashMap<>();

    private final List<Pending> pending = new ArrayList<>();
    private final Set<String> accounts = new HashSet<>();
    private @Nullable Pending old;
    private Outcome.Status oldStatus = Outcome.Status.DONE;
    private @Nullable ConnectorException lost;

    public AccountApplier(AccountRun run, Plan plan) {
        this.plan = plan;
        this.writer = run.target().writer();
        this.comparison = new AccountComparison(run, Normalizations.none());
        ApplySettings settings = new ApplySettings();
        settings.listeners = run.listeners();
        settings.gate = run.gate();
        settings.cancelled = run.cancelled();
        settings.state = run.state();
        settings.target = run.target().name();
        settings.failures = FailureLimit.of(run.guardrails(), run.allowed());
        this.log = new ApplyLog(plan, settings);
    }

    public Outcomes apply() {
        int size = plan.isEmpty() ? 1 : writer.batchSize();
        try (Stream<Change> changes = plan.changes()) {
            for (Iterator<Change> each = changes.iterator(); each.hasNext(); ) {
                take((AccountChange) each.next(), size);
            }
        }
        flush();
        leaveOld(Outcome.Status.NOT_TRIED);
        if (lost != null) {
            log.stop(StopReason.APPLICATION_LOST, lost);
        }
        return log.outcomes();
    }

    private void take(AccountChange change, int size) {
        Pending next = new Pending(log.next(), change);
        if (pending.size() >= size
                || change.isReplacement()
                || change.id().filter(accounts::contains).isPresent()) {
            flush();
        }
        Outcome.Status status = mustStop() ? Outcome.Status.NOT_TRIED : decided(change);
        if (change.isReplacement()) {
            replace(next, status);
        } else if (status == Outcome.Status.DONE) {
            log.callbacks().starting(change);
            pending.add(next);
            change.id().ifPresent(accounts::add);
        } else {
            log.left(next.position, change, status);
        }
    }

    private Outcome.Status decided(AccountChange change) {
        return log.callbacks()
                .decide(change)
                .map(decision -> switch (decision) {
                    case HOLD -> Outcome.Status.HELD;
                    case REFUSE -> Outcome.Status.REFUSED;
                    case ALLOW -> Outcome.Status.DONE;
                })
                .orElse(Outcome.Status.NOT_TRIED);
    }

    private boolean mustStop() {
        if (lost != null) {
            log.stop(StopReason.APPLICATION_LOST, lost);
        }
        return log.mustStop();
    }

    private void flush() {
        List<Pending> batch = List.copyOf(pending);
        pending.clear();
        accounts.clear();
        if (batch.isEmpty()) {
            return;
        }
        List<AccountWrite> writes =
                batch.stream().map(each -> write(each.change)).toList();
        List<AccountResult> results = send(writes);
        for (int i = 0; i < batch.size(); i++) {
            tell(batch.get(i), results.get(i));
        }
    }

    /** Has the connector write; what became of the writes of one that throws nobody knows. */
    private List<AccountResult> send(List<AccountWrite> writes) {
        List<AccountResult> results = new ArrayList<>();
        boolean fine = log.callbacks().call(() -> results.addAll(writer.writeAll(writes)));
        if (fine && results.size() == writes.size()) {
            return results;
        }
        ConnectorException unknown = new ConnectorException(
                FailureKind.AMBIGUOUS,
                Problem.of(
                        "no-result",
                        "",
                        "the connector did not report what became of this write",
                        "run again: the next run finds out"),
                null,
                log.callbacks().failure());
        return writes.stream().map(each -> AccountResult.failed(unknown)).toList();
    }

    private AccountWrite write(AccountChange change) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        change.attributes().forEach(each -> values.put(each.name(), Octets.texts(each.after())));
        return switch (change.kind()) {
            case CREATE -> AccountWrite.create(values);
            case LINK, MODIFY -> AccountWrite.modify(seen(change), values);
            case ENABLE -> AccountWrite.enable(seen(change));
            case DISABLE -> AccountWrite.disable(seen(change));
            case DELETE -> AccountWrite.delete(seen(change));
            default -> throw new IllegalStateException("an account cannot be given a " + change.kind());
        };
    }

    private Account seen(AccountChange change) {
        Map<String, List<String>> before = new LinkedHashMap<>();
        change.attributes().forEach(each -> before.put(each.name(), Octets.texts(each.before())));
        String id = change.id().orElseThrow();
        String version = versions.getOrDefault(id, change.version().orElse(""));
        return Account.of(id, change.label(), change.wasActive(), before).version(version.isEmpty() ? null : version);
    }

    private void tell(Pending one, AccountResult result) {
        AccountChange change = one.change;
        if (!result.wasTried()) {
            log.left(one.position, change, Outcome.Status.NOT_TRIED);
            log.stop(StopReason.APPLICATION_LOST, lost);
            return;
        }
        ConnectorException failure = result.failure().orElse(null);
        if (failure != null) {
            fail(change, failure);
            return;
        }
        result.account().ifPresent(account -> {
            versions.put(account.id(), account.version().orElse(""));
            for (AttributeChange attribute : change.attributes()) {
                if (!comparison.kept(attribute, account)) {
                    Normalized found = new Normalized(change.key(), account.label(), attribute.name());
                    List<ASN1OctetString> stored = Octets.of(account.values(attribute.name()));
                    log.normalized(found, account.id(), attribute.after(), stored);
                }
            }
        });
        boolean made = change.kind() == ChangeKind.CREATE;
        log.done(one.position, change, made ? result.account().map(Account::id).orElse(null) : null);
    }

    private void fail(AccountChange change, ConnectorException failure) {
        String code = failure.problem().code();
        String message = failure.problem().message()
                + (failure.problem().remedy().isEmpty()
                        ? ""
                        : "; " + failure.problem().remedy());
        if (code.equals(AccountWriter.STALE)) {
            log.failed(Outcome.stale(change, message));
        } else if (failure.kind() == FailureKind.AMBIGUOUS) {
            log.failed(Outcome.unknown(change, code, message));
        } else {
            log.failed(Outcome.failed(change, code, message, failure.kind()));
        }
        if (AccountWriter.isLost(failure)) {
            lost = failure;
        }
    }

    /** Both halves of a replacement are made, or neither: the old account's waits for the new one's. */
    private void replace(Pending next, Outcome.Status status) {
        if (next.change.kind() == ChangeKind.DISABLE) {
            leaveOld(Outcome.Status.NOT_TRIED);
            old = next;
            oldStatus = status;
            return;
        }
        Outcome.Status both = old != null && oldStatus != Outcome.Status.DONE ? oldStatus : status;
        if (both != Outcome.Status.DONE) {
            leaveOld(both);
            log.left(next.position, next.change, both);
            return;
        }
        Pending first = old;
        old = null;
        if (first == null || disabled(first)) {
            log.callbacks().starting(next.change);
            AccountResult made = send(List.of(write(next.change))).get(0);
            if (made.failure().isEmpty()) {
                if (first != null) {
                    log.done(first.position, first.change, null);
                }
                tell(next, made);
            } else if (first == null) {
                tell(next, made);
            } else {
                takeBack(first, next, made.failure().get());
            }
        } else {
            log.left(next.position, next.change, Outcome.Status.NOT_TRIED);
        }
    }

    private void leaveOld(Outcome.Status status) {
        if (old != null) {
            log.left(old.position, old.change, status);
            old = null;
        }
    }

    private boolean disabled(Pending first) {
        log.callbacks().starting(first.change);
        AccountResult result = send(List.of(write(first.change))).get(0);
        if (result.failure().isPresent()) {
            tell(first, result);
            return false;
        }
        result.account()
                .ifPresent(
                        account -> versions.put(account.id(), account.version().orElse("")));
        return true;
    }

    /** There is no new account: its person gets the old one back. */
    private void takeBack(Pending first, Pending next, ConnectorException failure) {
        Account now = seen(first.change);
        Account disabled = Account.of(now.id(), now.label(), false, Map.of())
                .version(now.version().orElse(null));
        AccountResult back = send(List.of(AccountWrite.enable(disabled))).get(0);
        boolean enabled = back.failure().isEmpty();
        String what = first.change.label()
                + (enabled
                        ? " was disabled, and is enabled again, as no other account could be made"
                        : " is disabled, no other account could be made, and it could not be enabled again: "
                                + back.failure().get().problem().message());
        fail(next.change, failure);
        log.failed(Outcome.failed(first.change, enabled ? "taken-back" : "left-disabled", what, FailureKind.REJECTED));
        back.failure().filter(AccountWriter::isLost).ifPresent(gone -> lost = gone);
    }
}
