package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.mapping.MatchRule;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each record and each entry are to each other, as far as that can be told before mapping: key, duplicate, scope,
 * active, in this order. Not thread-safe: for one thread at a time.
 */
final class Judgements {
    static final int BLOCK = 500;
    static final int NO_ENTRY = -1;
    private static final int AMBIGUOUS = -2;

    private final RunSettings run;
    private final SourceRecords records;
    private final ManagedEntries managed;
    private final FirstLook firstLook;
    private final Surroundings surroundings;
    private final Findings findings;

    private final Situation[] situations;
    private final int[] entries;
    private final BitSet seen = new BitSet();

    /** The record of each entry that has several keys; hardly ever any. */
    private final Map<Integer, Integer> owners = new HashMap<>();

    private final BitSet matched = new BitSet();
    private int absent;

    Judgements(
            RunSettings run,
            SourceRecords records,
            ManagedEntries managed,
            FirstLook firstLook,
            Surroundings surroundings,
            Findings findings) {
        this.run = run;
        this.records = records;
        this.managed = managed;
        this.firstLook = firstLook;
        this.surroundings = surroundings;
        this.findings = findings;
        this.situations = new Situation[records.size()];
        this.entries = new int[records.size()];
        Arrays.fill(entries, NO_ENTRY);
    }

    void judge() {
        for (String origin : records.keyless()) {
            findings.conflict(
                    Situation.INVALID,
                    "",
                    "no key in column " + run.mapping().key().column() + at(origin));
        }
        Set<String> duplicates = records.duplicates();
        duplicates.forEach(key -> findings.conflict(Situation.DUPLICATE_KEY, key, "several records have this key"));
        records.eachInOrder(number -> judge(number, duplicates));
        // No server finds 00042 by 42; and half of the directory costs less in one sweep than in lookups.
        boolean spelled = run.mapping().key().normalizations().contains(KeyRule.Normalization.STRIP_LEADING_ZEROS);
        if (absent > 0 && (spelled || (managed.isWhole() && absent > 200 && absent * 5L > managed.size() * 2L))) {
            surroundings.sweep();
        }
        findAbsent();
    }

    private void judge(int number, Set<String> duplicates) {
        String key = records.key(number);
        if (isSettled(number) && !duplicates.contains(key)) {
            entries[number] = firstLook.settled(number);
            seen.set(entries[number]);
            situations[number] = Situation.CONFIRMED;
            return;
        }
        List<Integer> found = managed.byKey(key);
        found.forEach(seen::set);
        if (duplicates.contains(key)) {
            situations[number] = Situation.DUPLICATE_KEY;
            return;
        }
        Optional<Situation> presence = Presence.of(run.source(), records.record(number), run.input(), key, findings);
        if (presence.isEmpty()) {
            situations[number] = Situation.INVALID;
            return;
        }
        Situation situation = presence.get();
        if (found.isEmpty()) {
            situations[number] = situation == Situation.CONFIRMED ? Situation.ABSENT : situation;
            absent += situation == Situation.CONFIRMED ? 1 : 0;
        } else {
            situations[number] = confirmed(number, found, situation);
            entries[number] = found.get(0);
        }
    }

    private Situation confirmed(int number, List<Integer> found, Situation situation) {
        String key = records.key(number);
        int entry = found.get(0);
        if (found.size() > 1) {
            String dns = found.stream()
                    .map(each -> managed.entry(each).getDN())
                    .sorted()
                    .collect(Collectors.joining(" and "));
            return findings.conflict(Situation.AMBIGUOUS, key, "several entries have this key: " + dns);
        }
        if (managed.isOwnedByOther(entry)) {
            return findings.conflict(
                    Situation.OWNED_BY_OTHER, key, managed.entry(entry).getDN() + " is marked by another source");
        }
        if (managed.isProtected(entry)) {
            return findings.conflict(
                    Situation.ELSEWHERE, key, managed.entry(entry).getDN() + " is protected");
        }
        Integer other = managed.hasSeveralKeys(entry) ? owners.putIfAbsent(entry, number) : null;
        if (other != null) {
            String dn = managed.entry(entry).getDN();
            situations[other] = findings.conflict(
                    Situation.AMBIGUOUS, records.key(other), dn + " has the key of another record too: " + key);
            return findings.conflict(
                    Situation.AMBIGUOUS, key, dn + " has the key of another record too: " + records.key(other));
        }
        return situation;
    }

    /** For those without entry: is their key somewhere else, or is there an entry without key that is theirs? */
    private void findAbsent() {
        List<Integer> block = new ArrayList<>();
        Map<Integer, List<Integer>> claims = new HashMap<>();
        records.eachInOrder(number -> {
            if (situations[number] == Situation.ABSENT) {
                block.add(number);
                if (block.size() == BLOCK) {
                    find(block, claims);
                }
            }
        });
        find(block, claims);
        claims.forEach((entry, numbers) -> {
            if (numbers.size() == 1) {
                situations[numbers.get(0)] = Situation.MATCHED;
                entries[numbers.get(0)] = entry;
                matched.set(entry);
                return;
            }
            String dn = managed.entry(entry).getDN();
            for (int number : numbers) {
                situations[number] =
                        findings.conflict(Situation.AMBIGUOUS, records.key(number), "several records match " + dn);
            }
        });
    }

    private void find(List<Integer> block, Map<Integer, List<Integer>> claims) {
        Set<String> keys = new LinkedHashSet<>();
        block.forEach(number -> keys.add(records.key(number)));
        surroundings.forget();
        surroundings.lookUpKeys(keys);
        if (!managed.isWhole()) {
            lookUpMatches(block);
        }
        for (int number : block) {
            String key = records.key(number);
            List<DN> elsewhere = surroundings.byKey(key);
            if (!elsewhere.isEmpty()) {
                situations[number] = findings.conflict(
                        Situation.ELSEWHERE, key, elsewhere.get(0) + " has this key, and is not a managed entry");
                continue;
            }
            int entry = match(number);
            if (entry >= 0) {
                claims.computeIfAbsent(entry, none -> new ArrayList<>()).add(number);
            } else if (entry == AMBIGUOUS) {
                situations[number] = Situation.AMBIGUOUS;
            }
        }
        block.clear();
    }

    private void lookUpMatches(List<Integer> block) {
        for (MatchRule rule : run.mapping().match()) {
            Set<String> values = new LinkedHashSet<>();
            for (int number : block) {
                try {
                    rule.value(records.record(number), run.input()).ifPresent(values::add);
                } catch (MappingException told) {
                    // It is told where the rule is used.
                }
            }
            managed.lookUp(rule.attribute(), values);
        }
    }

    private int match(int number) {
        List<MatchRule> rules = run.mapping().match();
        if (rules.isEmpty() || managed.unlinked() == 0) {
            return NO_ENTRY;
        }
        UserRecord record = records.record(number);
        for (MatchRule rule : rules) {
            Optional<String> value;
            try {
                value = rule.value(record, run.input());
            } catch (MappingException failed) {
                findings.conflict(
                        Situation.AMBIGUOUS,
                        records.key(number),
                        "match " + rule.attribute() + ": " + failed.problem().message());
                return AMBIGUOUS;
            }
            List<Integer> found =
                    value.map(text -> managed.byMatch(rule.attribute(), text)).orElse(List.of());
            if (found.size() > 1) {
                findings.conflict(
                        Situation.AMBIGUOUS,
                        records.key(number),
                        found.size() + " entries without key match by " + rule.attribute());
                return AMBIGUOUS;
            } else if (found.size() == 1) {
                return found.get(0);
            }
        }
        return NO_ENTRY;
    }

    private static String at(String origin) {
        return origin.isEmpty() ? "" : " (" + origin + ")";
    }

    /** Whether the record's entry is as it should be, and nothing more is to be found out about it. */
    boolean isSettled(int record) {
        return firstLook.settled(record) != NO_ENTRY;
    }

    Situation situation(int record) {
        return situations[record];
    }

    /** The number of the entry that a record is about, or {@link #NO_ENTRY}. */
    int entry(int record) {
        return entries[record];
    }

    /** How many disabled or enabled entries without key were matched and can be used now. */
    int matchedAndEnabled() {
        return (int) matched.stream().filter(managed::isEnabled).count();
    }

    int matched() {
        return matched.cardinality();
    }

    /** How many entries have the key of a record. */
    int found() {
        return seen.cardinality();
    }

    /**
     * The managed entries whose person is in no record. There are some only if everybody was asked for, and every page
     * was read.
     */
    List<Integer> missing(SourceRecords.CompleteRead proof) {
        java.util.Objects.requireNonNull(proof, "proof");
        boolean marks = run.directory().markAttribute().isPresent();
        List<Integer> missing = new ArrayList<>();
        for (int entry = 0; entry < managed.size(); entry++) {
            if (managed.isKeyed(entry)
                    && !seen.get(entry)
                    && !managed.isProtected(entry)
                    && !managed.isOwnedByOther(entry)
                    && (!marks || managed.isMarked(entry))) {
                missing.add(entry);
            }
        }
        return missing;
    }
}
