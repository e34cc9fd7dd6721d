package dev.rollcall.provisioning.internal.account;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountResult;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.internal.apply.ApplyLog;
import dev.rollcall.provisioning.internal.directory.Octets;
import dev.rollcall.provisioning.internal.journal.Intent;
import dev.rollcall.provisioning.internal.journal.RunJournal;
import dev.rollcall.provisioning.internal.journal.SideWrite;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
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
import java.util.Optional;
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
    private final KeyRule keyRule;
    private final String keyAttribute;
    private final ApplyLog log;

    /** Accounts that this run has changed, and what they are since: a later change must not take itself for stale. */
    private final Map<String, String> versions = new HashMap<>();

    private final Map<String, Boolean> states = new HashMap<>();

    /** The new accounts of this run, by key. */
    private final Map<String, String> created = new HashMap<>();

    private final List<Pending> pending = new ArrayList<>();
    private final Set<String> accounts = new HashSet<>();
    private @Nullable Pending old;
    private Outcome.Status oldStatus = Outcome.Status.DONE;
    private @Nullable ConnectorException lost;

    /** @param journal where the run is recorded */
    public AccountApplier(AccountRun run, Plan plan, RunJournal journal) {
        this.plan = plan;
        this.writer = run.target().writer();
        this.comparison = new AccountComparison(run, Normalizations.none());
        this.keyRule = run.mapping().key();
        this.keyAttribute = keyRule.attribute();
        this.log = new ApplyLog(
                plan,
                run.target().name(),
                run.policies().failures(),
                run.callbacks(),
                run.storage().forApply(),
                journal);
        run.storage().recording().found().forEach(log::conflict);
    }

    public Outcomes apply() {
        try {
            applyAll();
        } catch (OutOfMemoryError full) {
            // Nothing below catches this: here all that the change took is garbage again.
            log.stop(StopReason.OUT_OF_MEMORY, full);
            pending.forEach(unsent -> log.left(unsent.position, unsent.change, Outcome.Status.NOT_TRIED));
            leaveOld(Outcome.Status.NOT_TRIED);
            log.reportRest();
        }
        return log.outcomes();
    }

    private void applyAll() {
        int size = plan.isEmpty() ? 1 : writer.batchSize();
        try (Stream<Change> changes = plan.changes()) {
            for (Iterator<Change> each = log.journal().ahead(changes.iterator()); each.hasNext(); ) {
                take((AccountChange) each.next(), size);
            }
        }
        flush();
        leaveOld(Outcome.Status.NOT_TRIED);
        if (created.size() > AccountWriter.MOST_KEYS_LOOKED_UP && lost == null) {
            undoDoubles();
        }
        if (lost != null) {
            log.stop(StopReason.APPLICATION_LOST, lost);
        }
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
            log.journal().starting(next.position);
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
        if (!log.maySend()) {
            return writes.stream().map(each -> AccountResult.notTried()).toList();
        }
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
        AccountWrite write = unkeyed(change).keyed(keyAttribute);
        return change.kind() == ChangeKind.CREATE && change.isReplacement() ? write.replacing() : write;
    }

    private AccountWrite unkeyed(AccountChange change) {
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
        if (!change.identity().isEmpty()) {
            before.putIfAbsent(keyAttribute, change.identity());
        }
        String id = change.id().orElseThrow();
        boolean active = states.getOrDefault(id, change.wasActive());
        String version = versions.getOrDefault(id, change.version().orElse(""));
        return Account.of(id, change.label(), active, before).version(version.isEmpty() ? null : version);
    }

    private void tell(Pending one, AccountResult result) {
        AccountChange change = one.change;
        if (!result.wasTried()) {
            log.left(one.position, change, Outcome.Status.NOT_TRIED);
            log.stop(StopReason.APPLICATION_LOST, lost);
            return;
        }
        if (result.failure().isEmpty()) {
            log.journal().confirmed(change);
        }
        ConnectorException failure = failure(change, result).orElse(null);
        if (failure != null) {
            fail(change, failure);
            return;
        }
        result.account().ifPresent(account -> {
            remember(account);
            for (AttributeChange attribute : change.attributes()) {
                if (!comparison.kept(attribute, account)) {
                    Normalized found = new Normalized(change.key(), account.label(), attribute.name());
                    List<ASN1OctetString> stored = Octets.of(account.values(attribute.name()));
                    log.normalized(found, account.id(), attribute.after(), stored);
                }
            }
        });
        boolean made = change.kind() == ChangeKind.CREATE;
        result.account().filter(account -> made).ifPresent(account -> created.put(change.key(), account.id()));
        log.done(one.position, change, made ? result.account().map(Account::id).orElse(null) : null);
    }

    /**
     * Looks whether others have the keys of the new accounts, which another run may have made at the same time: the run that
     * sees both disables its own. A few are looked up by the writer, one by one.
     */
    private void undoDoubles() {
        Map<String, Account> others = new HashMap<>();
        try (PageIterator<Account> pages = writer.accounts(Set.of(keyAttribute))) {
            while (pages.hasNext()) {
                for (Account account : pages.next().items()) {
                    account.values(keyAttribute).stream()
                            .map(keyRule::normalize)
                            .filter(key -> created.containsKey(key)
                                    && !account.isInactive()
                                    && !account.id().equals(created.get(key)))
                            .forEach(key -> others.put(key, account));
                }
            }
        } catch (ConnectorException unreadable) {
            return; // who has two accounts is a conflict of the next run
        }
        if (others.isEmpty()) {
            return;
        }
        try (Stream<Change> changes = plan.changes()) {
            changes.filter(change -> change.kind() == ChangeKind.CREATE && others.containsKey(change.key()))
                    .forEach(change -> undo((AccountChange) change, others.get(change.key())));
        }
    }

    private void undo(AccountChange change, @Nullable Account other) {
        String id = created.getOrDefault(change.key(), "");
        String state = "is disabled";
        Intent intent = log.journal()
                .other(new SideWrite(ChangeKind.DISABLE, change.key(), change.label(), id, null, List.of()));
        try {
            if (!intent.mayBeSent() || !log.maySend()) {
                return;
            }
            writer.write(AccountWrite.disable(Account.of(id, change.label(), true, Map.of())));
            intent.became(Result.DONE);
        } catch (ConnectorException failed) {
            state = "could not be disabled: " + failed.problem().message();
            intent.became(Result.UNKNOWN, failed.problem().message());
        }
        String message = (other == null ? "another account" : other.label() + ", with the id " + other.id() + ",")
                + " has the same key; the new account " + change.label() + ", with the id " + id + ", " + state;
        log.failed(Outcome.failed(change, "two-accounts", message + "; delete one of the two", FailureKind.AMBIGUOUS));
    }

    private void remember(Account account) {
        versions.put(account.id(), account.version().orElse(""));
        states.put(account.id(), !account.isInactive());
    }

    /** {@return why a change is not done: also if the account that came back is another one, or in another state} */
    private Optional<ConnectorException> failure(AccountChange change, AccountResult result) {
        if (result.failure().isPresent() || result.account().isEmpty()) {
            return result.failure();
        }
        Account now = result.account().get();
        boolean another = change.id().filter(id -> !id.equals(now.id())).isPresent();
        boolean otherState = (change.kind() == ChangeKind.DISABLE && !now.isInactive())
                || (change.kind() == ChangeKind.ENABLE && !now.isActive());
        if (!another && !otherState) {
            return keptValue(change, now);
        }
        String message = change.label()
                + (another
                        ? ": the application answered with another account"
                        : ": the application answered that it is done, and the account is not in this state");
        return Optional.of(new ConnectorException(
                FailureKind.AMBIGUOUS, Problem.of("ambiguous", "", message, "the next run looks")));
    }

    /** A role that stays although it was taken away is no matter of spelling. */
    private Optional<ConnectorException> keptValue(AccountChange change, Account now) {
        return change.attributes().stream()
                .filter(attribute -> comparison.keepsRemoved(attribute, now))
                .findFirst()
                .map(attribute -> new ConnectorException(
                        FailureKind.REJECTED,
                        Problem.of(
                                "not-kept",
                                "",
                                change.label() + ": the application answered that it is done, and " + attribute.name()
                                        + " still has a value that was taken away",
                                "have the connector send the whole account, if it can, or do not map the attribute")));
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
            log.journal().starting(next.position);
            AccountResult made = send(List.of(write(next.change))).get(0);
            boolean unknown = made.failure().filter(AccountApplier::mayBeMade).isPresent();
            if (made.failure().isEmpty() || unknown) {
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
        if (failure(first.change, result).isPresent()) {
            tell(first, result);
            return false;
        }
        log.journal().confirmed(first.change);
        result.account().ifPresent(this::remember);
        return true;
    }

    /** An account that may have been made, or that somebody else made: with the old one enabled, a person would have two. */
    private static boolean mayBeMade(ConnectorException failure) {
        return failure.problem().code().equals(AccountWriter.STALE)
                || switch (failure.kind()) {
                    case AMBIGUOUS, TIMEOUT, UNAVAILABLE, MALFORMED_RESPONSE, CANCELLED -> true;
                    default -> false;
                };
    }

    /** There is no new account: its person gets the old one back. */
    private void takeBack(Pending first, Pending next, ConnectorException failure) {
        Account now = seen(first.change);
        Account disabled = Account.of(now.id(), now.label(), false, now.attributes())
                .version(now.version().orElse(null));
        AccountWrite enable = AccountWrite.enable(disabled).keyed(keyAttribute);
        Intent intent = log.journal().other(SideWrite.of(ChangeKind.ENABLE, first.change, now.label(), List.of()));
        AccountResult back = intent.mayBeSent() ? send(List.of(enable)).get(0) : AccountResult.failed(failure);
        boolean enabled = back.failure().isEmpty();
        intent.became(enabled ? Result.DONE : Result.UNKNOWN);
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
