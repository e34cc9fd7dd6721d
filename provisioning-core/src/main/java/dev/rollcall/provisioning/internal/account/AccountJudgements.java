package dev.rollcall.provisioning.internal.account;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.MatchRule;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.planning.ChangedKeys;
import dev.rollcall.provisioning.internal.planning.Presence;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.records.WholenessJudge.CompleteRead;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each record and each account are to each other, before mapping: key, duplicate, scope, active, in this order. Not
 * thread-safe: for one thread at a time.
 */
final class AccountJudgements {
    static final int NO_ACCOUNT = -1;

    private final AccountRun run;
    private final SourceRecords records;
    private final AccountIndex index;
    private final Findings findings;
    private final Situation[] situations;
    private final int[] accounts;
    private final BitSet seen = new BitSet();
    private final BitSet matched = new BitSet();
    private List<Integer> missing = List.of();
    private final int[] owners;
    private final Map<Integer, List<Integer>> shared = new HashMap<>();

    AccountJudgements(AccountRun run, SourceRecords records, AccountIndex index, Findings findings) {
        this.run = run;
        this.records = records;
        this.index = index;
        this.findings = findings;
        this.situations = new Situation[records.size()];
        this.accounts = new int[records.size()];
        Arrays.fill(accounts, NO_ACCOUNT);
        this.owners = new int[index.size()];
        Arrays.fill(owners, NO_ACCOUNT);
    }

    void judge() {
        for (String origin : records.keyless()) {
            String at = origin.isEmpty() ? "" : " (" + origin + ")";
            findings.conflict(
                    Situation.INVALID,
                    "",
                    "no key in column " + run.mapping().key().column() + at);
        }
        Set<String> duplicates = records.duplicates();
        duplicates.forEach(key -> findings.conflict(Situation.DUPLICATE_KEY, key, "several records have this key"));
        records.eachInOrder(number -> judge(number, duplicates));
        Map<Integer, List<Integer>> claims = new HashMap<>();
        records.eachInOrder(number -> {
            if (situations[number] == Situation.ABSENT) {
                match(number)
                        .ifPresent(account -> claims.computeIfAbsent(account, none -> new ArrayList<>())
                                .add(number));
            }
        });
        claims.forEach((account, numbers) -> {
            if (numbers.size() == 1) {
                situations[numbers.get(0)] = Situation.MATCHED;
                accounts[numbers.get(0)] = account;
                matched.set(account);
            } else {
                refuseAll(numbers, "several records match " + label(account));
            }
        });
        // Two keys that only the application takes for the same one.
        shared.forEach((account, numbers) -> refuseAll(numbers, "several records have " + label(account)));
        records.complete().ifPresent(this::findChangedKeys);
    }

    /** A record without an account may be about the person of one that would be missing: both are left alone. */
    private void findChangedKeys(CompleteRead proof) {
        java.util.Objects.requireNonNull(proof, "proof");
        ChangedKeys changed =
                new ChangedKeys(run.mapping().match(), Set.of(), run.input().formats(), record -> Optional.empty());
        boolean any = false;
        for (int account = 0; account < index.size(); account++) {
            if (index.isKeyed(account) && !seen.get(account)) {
                any = true;
                Account there = index.account(account);
                changed.add(account, index.keys(there), there::values, null);
            }
        }
        if (!any) {
            return;
        }
        records.eachInOrder(number -> {
            boolean leaver = situations[number] == Situation.INACTIVE || situations[number] == Situation.OUT_OF_SCOPE;
            if (!leaver && index.byKey(records.key(number)).isEmpty() && accounts[number] == NO_ACCOUNT) {
                changed.of(records.record(number), records.key(number)).ifPresent(tie -> hold(number, tie));
            }
        });
        records.eachKeyless(record -> changed.of(record, "").ifPresent(tie -> {
            seen.set(tie.entry());
            findings.conflict(
                    Situation.KEY_CHANGED,
                    String.join(", ", index.keys(index.account(tie.entry()))),
                    label(tie.entry()) + " is in no record, but a record without key seems to be this person's: "
                            + tie.because() + "; the account is left alone");
        }));
    }

    private void hold(int number, ChangedKeys.Tie tie) {
        seen.set(tie.entry());
        Situation situation = findings.conflict(
                Situation.KEY_CHANGED,
                records.key(number),
                label(tie.entry()) + " has the key " + String.join(", ", index.keys(index.account(tie.entry())))
                        + ", which is in no record, and this record has no account: " + tie.because()
                        + "; both are left alone");
        if (situations[number] == Situation.ABSENT) {
            situations[number] = situation;
        }
    }

    /** Nearly every account has one owner, which takes a number; lists are for those that have more. */
    private void own(int account, int record) {
        int first = owners[account];
        if (first == NO_ACCOUNT) {
            owners[account] = record;
        } else {
            shared.computeIfAbsent(account, none -> new ArrayList<>(List.of(first)))
                    .add(record);
        }
    }

    private void refuseAll(List<Integer> numbers, String why) {
        for (int number : numbers) {
            situations[number] = findings.conflict(Situation.AMBIGUOUS, records.key(number), why);
            accounts[number] = NO_ACCOUNT;
        }
    }

    private void judge(int number, Set<String> duplicates) {
        String key = records.key(number);
        List<Integer> found = index.byKey(key);
        found.forEach(seen::set);
        if (duplicates.contains(key)) {
            situations[number] = Situation.DUPLICATE_KEY;
            return;
        }
        Optional<Situation> presence = Presence.of(
                run.input().source(),
                records.record(number),
                run.input().formats(),
                key,
                run.policies().leavers(),
                findings);
        if (presence.isEmpty()) {
            situations[number] = Situation.INVALID;
            return;
        }
        Situation situation = presence.get();
        if (found.isEmpty()) {
            situations[number] = situation == Situation.CONFIRMED ? Situation.ABSENT : situation;
            return;
        }
        Optional<Integer> guarded = found.stream().filter(index::isProtected).findFirst();
        if (guarded.isPresent()) {
            situations[number] = findings.conflict(Situation.ELSEWHERE, key, label(guarded.get()) + " is protected");
            return;
        }
        Optional<Integer> one = one(number, found);
        if (one.isEmpty()) {
            String labels = found.stream().map(this::label).sorted().collect(Collectors.joining(" and "));
            situations[number] =
                    findings.conflict(Situation.AMBIGUOUS, key, "several accounts have this key: " + labels);
            return;
        }
        situations[number] = situation;
        accounts[number] = one.get();
        own(one.get(), number);
    }

    /** Who was replaced leaves accounts behind that are not active any more. */
    private Optional<Integer> one(int number, List<Integer> found) {
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        }
        if (!run.target().replaces()) {
            return Optional.empty();
        }
        List<Integer> active = found.stream().filter(index::isActive).toList();
        if (active.isEmpty()) {
            return matching(number, found);
        }
        return active.size() == 1 ? Optional.of(active.get(0)) : Optional.empty();
    }

    /** Once the last account was disabled too, what a person is matched by tells which one it was. */
    private Optional<Integer> matching(int number, List<Integer> found) {
        for (MatchRule rule : run.mapping().match()) {
            Optional<String> value;
            try {
                value = rule.value(records.record(number), run.input().formats());
            } catch (MappingException untold) {
                return Optional.empty();
            }
            List<Integer> matching = new ArrayList<>(
                    value.map(text -> index.byMatch(rule.attribute(), text)).orElse(List.of()));
            matching.retainAll(found);
            if (!matching.isEmpty()) {
                return matching.size() == 1 ? Optional.of(matching.get(0)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<Integer> match(int number) {
        String key = records.key(number);
        for (MatchRule rule : run.mapping().match()) {
            Optional<String> value;
            try {
                value = rule.value(records.record(number), run.input().formats());
            } catch (MappingException failed) {
                situations[number] = findings.conflict(
                        Situation.AMBIGUOUS,
                        key,
                        "match " + rule.attribute() + ": " + failed.problem().message());
                return Optional.empty();
            }
            List<Integer> found =
                    value.map(text -> index.byMatch(rule.attribute(), text)).orElse(List.of());
            List<Integer> free = found.stream()
                    .filter(each -> !index.isKeyed(each) && !index.isProtected(each))
                    .toList();
            if (free.size() > 1) {
                situations[number] = findings.conflict(
                        Situation.AMBIGUOUS, key, free.size() + " accounts without key match by " + rule.attribute());
                return Optional.empty();
            } else if (free.size() == 1) {
                return Optional.of(free.get(0));
            } else if (!found.isEmpty()) {
                situations[number] = findings.conflict(
                        Situation.ELSEWHERE,
                        key,
                        label(found.get(0)) + " matches by " + rule.attribute()
                                + (index.isProtected(found.get(0)) ? ", and is protected" : ", and has another key"));
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private String label(int account) {
        return index.account(account).label();
    }

    Situation situation(int record) {
        return situations[record];
    }

    /** The number of the account that a record is about, or {@link #NO_ACCOUNT}. */
    int account(int record) {
        return accounts[record];
    }

    int matched() {
        return matched.cardinality();
    }

    int matchedAndActive() {
        return (int) matched.stream().filter(index::isActive).count();
    }

    /** The accounts with a key whose person is in no record of a read that was complete, once that was confirmed. */
    List<Integer> missing(CompleteRead proof) {
        java.util.Objects.requireNonNull(proof, "proof");
        return missing;
    }

    /**
     * Confirms that the accounts without a record are missing. If that cannot be decided, the records have a failure
     * afterwards.
     */
    void confirmMissing() {
        records.complete().ifPresent(proof -> {
            List<Integer> atStake = new ArrayList<>();
            List<Integer> settled = new ArrayList<>();
            boolean ignored = run.policies().leavers().sourceMissing() == Leavers.Action.IGNORE;
            boolean deleted = run.policies().leavers().sourceMissing() == Leavers.Action.DELETE;
            for (int account : unseen()) {
                (!ignored && (deleted || index.isActive(account)) ? atStake : settled).add(account);
            }
            List<Integer> confirmed = new ArrayList<>(records.missing(
                    proof, atStake, account -> index.keys(index.account(account)), this::mayHaveAccount));
            confirmed.addAll(settled);
            missing = confirmed;
        });
    }

    private boolean mayHaveAccount(UserRecord record) {
        Optional<Situation> presence = Presence.of(
                run.input().source(),
                record,
                run.input().formats(),
                "",
                run.policies().leavers(),
                Findings.unused());
        return presence.isEmpty() || presence.get() == Situation.CONFIRMED;
    }

    private List<Integer> unseen() {
        List<Integer> missing = new ArrayList<>();
        for (int account = 0; account < index.size(); account++) {
            if (index.isKeyed(account) && !seen.get(account) && index.isProtected(account)) {
                findings.conflict(
                        Situation.ELSEWHERE,
                        index.keys(index.account(account)).get(0),
                        label(account) + " is protected, and its person is in no record");
                findings.count(Situation.ELSEWHERE, 1);
            } else if (index.isKeyed(account) && !seen.get(account)) {
                missing.add(account);
            }
        }
        return missing;
    }
}
