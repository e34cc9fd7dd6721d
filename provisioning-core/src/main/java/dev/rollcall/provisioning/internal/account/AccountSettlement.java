package dev.rollcall.provisioning.internal.account;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.internal.directory.Octets;
import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of changes to accounts that earlier runs recorded and left without an outcome, by reading the
 * accounts. The caller has the lease, so that no other run is under way. Not thread-safe: for one thread at a time.
 */
public final class AccountSettlement {
    private final AccountRun run;
    private final Journal journal;
    private final AccountWriter writer;
    private final KeyRule key;

    public AccountSettlement(AccountRun run, Journal journal) {
        this.run = run;
        this.journal = journal;
        this.writer = run.target().writer();
        this.key = run.mapping().key();
    }

    /**
     * Settles the changes of all earlier runs on this application, and marks those as failed that ended without saying so.
     *
     * @return what a person must look at: accounts that have neither what was wanted nor what was there before
     * @throws dev.rollcall.connector.ConnectorException if the accounts cannot be read
     */
    public List<Conflict> settle() {
        String target = run.target().name();
        List<RunRecord> dead;
        try (Stream<RunRecord> runs = journal.runs()) {
            dead = runs.filter(one ->
                            one.state() == RunState.APPLYING && one.target().equals(target))
                    .toList();
        }
        List<ChangeRecord> open;
        try (Stream<ChangeRecord> unsettled = journal.unsettled(target)) {
            open = unsettled.toList();
        }
        List<Conflict> conflicts = new ArrayList<>();
        if (!open.isEmpty()) {
            List<Account> accounts = read(open);
            Map<String, List<ChangeOutcome>> outcomes = new LinkedHashMap<>();
            for (ChangeRecord change : open) {
                ChangeOutcome outcome = judged(change, accounts);
                outcomes.computeIfAbsent(change.run(), none -> new ArrayList<>())
                        .add(outcome);
                if (outcome.result() == Result.CONFLICT) {
                    conflicts.add(new Conflict(
                            Situation.CHANGED_SINCE,
                            change.key(),
                            "run " + change.run() + " ended before it was known what became of its "
                                    + change.kind().word() + " of " + change.dn() + ": " + outcome.problem()));
                }
            }
            outcomes.forEach(journal::settle);
        }
        dead.forEach(one ->
                journal.mark(one.id(), RunState.FAILED, run.input().clock().instant()));
        return conflicts;
    }

    /** The accounts with the keys of these changes: a few are looked up, of more all are listed. */
    private List<Account> read(List<ChangeRecord> changes) {
        Set<String> keys = new LinkedHashSet<>();
        Set<String> names = new TreeSet<>(run.attributes());
        names.add(key.attribute());
        for (ChangeRecord change : changes) {
            keys.add(change.key());
            change.attributes().forEach(attribute -> names.add(attribute.name()));
        }
        List<Account> accounts = new ArrayList<>();
        if (keys.size() <= AccountWriter.MOST_KEYS_LOOKED_UP) {
            keys.forEach(one -> accounts.addAll(writer.find(key.attribute(), one, names)));
            return accounts;
        }
        try (PageIterator<Account> pages = writer.accounts(names)) {
            while (pages.hasNext()) {
                pages.next().items().stream()
                        .filter(account -> account.values(key.attribute()).stream()
                                .anyMatch(value -> keys.contains(key.normalize(value))))
                        .forEach(accounts::add);
            }
        }
        return accounts;
    }

    private ChangeOutcome judged(ChangeRecord change, List<Account> accounts) {
        String id = change.id();
        Optional<Account> found = accounts.stream()
                .filter(account -> id != null
                        ? account.id().equals(id)
                        : account.values(key.attribute()).stream()
                                .anyMatch(value -> key.normalize(value).equals(change.key())))
                .findFirst();
        return switch (change.kind()) {
            case CREATE -> outcome(change, found.isPresent() ? Result.DONE : Result.NOT_DONE, found, null);
            case DELETE -> outcome(change, found.isPresent() ? Result.NOT_DONE : Result.DONE, found, null);
            default ->
                found.map(account -> changed(change, account))
                        .orElseGet(() -> outcome(change, Result.CONFLICT, found, "the account is gone"));
        };
    }

    private ChangeOutcome changed(ChangeRecord change, Account account) {
        Optional<Account> found = Optional.of(account);
        if (change.kind() == ChangeKind.ENABLE || change.kind() == ChangeKind.DISABLE) {
            boolean done = change.kind() == ChangeKind.ENABLE ? account.isActive() : account.isInactive();
            return outcome(change, done ? Result.DONE : Result.NOT_DONE, found, null);
        }
        List<RecordedAttribute> seen = change.attributes().stream()
                .filter(attribute -> !attribute.fingerprints())
                .toList();
        List<String> strange = seen.stream()
                .filter(attribute -> !has(account, attribute.name(), attribute.after())
                        && !has(account, attribute.name(), attribute.before()))
                .map(RecordedAttribute::name)
                .toList();
        if (seen.isEmpty()) {
            return outcome(change, Result.CONFLICT, found, "what was written is recorded as a fingerprint only");
        } else if (!strange.isEmpty()) {
            String names = String.join(", ", strange);
            return outcome(change, Result.CONFLICT, found, "it has neither the old nor the new value of " + names);
        }
        boolean done = seen.stream().allMatch(attribute -> has(account, attribute.name(), attribute.after()));
        return outcome(change, done ? Result.DONE : Result.NOT_DONE, found, null);
    }

    private boolean has(Account account, String name, List<ASN1OctetString> values) {
        return comparable(name, account.values(name)).equals(comparable(name, Octets.texts(values)));
    }

    private Set<String> comparable(String name, List<String> values) {
        return values.stream().map(value -> writer.comparable(name, value)).collect(Collectors.toSet());
    }

    private ChangeOutcome outcome(ChangeRecord change, Result result, Optional<Account> account, @Nullable String why) {
        return new ChangeOutcome(
                change.position(),
                result,
                account.map(Account::id).orElse(null),
                why,
                run.input().clock().instant());
    }
}
