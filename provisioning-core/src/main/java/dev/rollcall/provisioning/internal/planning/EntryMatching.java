package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.MatchRule;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for the entries of the records whose key no managed entry has: one elsewhere in the directory has the key, or one
 * without key matches. Not thread-safe: for one thread at a time.
 */
final class EntryMatching {
    private static final int AMBIGUOUS = -2;

    private final RunSettings run;
    private final SourceRecords records;
    private final ManagedEntries managed;
    private final SearchBaseLookup searchBaseLookup;
    private final Findings findings;
    private final Situations situations;
    private final RekeyingSearch rekeying;
    private final BitSet matched = new BitSet();
    private final List<String> lost = new ArrayList<>();

    EntryMatching(PlanInput input, Situations situations, RekeyingSearch rekeying) {
        this.run = input.run();
        this.records = input.records();
        this.managed = input.managed();
        this.searchBaseLookup = input.searchBaseLookup();
        this.findings = input.findings();
        this.situations = situations;
        this.rekeying = rekeying;
    }

    /** The entries without key that a record matches. */
    BitSet matched() {
        return matched;
    }

    /** The keys of the leavers of whom no entry was found. */
    List<String> lost() {
        return lost;
    }

    /** For those without entry: is their key somewhere else, or is there an entry without key that is theirs? */
    void find() {
        List<Integer> block = new ArrayList<>();
        Map<Integer, List<Integer>> claims = new HashMap<>();
        records.eachInOrder(number -> {
            boolean gone =
                    Situations.isLeaver(situations.of(number)) && situations.entry(number) == Situations.NO_ENTRY;
            if (situations.of(number) == Situation.ABSENT || gone) {
                block.add(number);
                if (block.size() == SearchBaseLookup.BLOCK) {
                    find(block, claims);
                }
            }
        });
        find(block, claims);
        claims.forEach((entry, numbers) -> {
            if (numbers.size() == 1) {
                situations.set(numbers.get(0), Situation.MATCHED);
                situations.setEntry(numbers.get(0), entry);
                matched.set(entry);
                return;
            }
            String dn = managed.entry(entry).getDN();
            for (int number : numbers) {
                situations.set(
                        number,
                        findings.conflict(Situation.AMBIGUOUS, records.key(number), "several records match " + dn));
            }
        });
    }

    private void find(List<Integer> block, Map<Integer, List<Integer>> claims) {
        Set<String> keys = new LinkedHashSet<>();
        block.forEach(number -> keys.add(records.key(number)));
        block.forEach(number -> otherSpelling(number).ifPresent(keys::add));
        searchBaseLookup.forget();
        searchBaseLookup.lookUpKeys(keys);
        if (!managed.isWhole()) {
            lookUpMatches(block);
        }
        for (int number : block) {
            String key = records.key(number);
            List<DN> elsewhere = searchBaseLookup.byKey(key);
            if (Situations.isLeaver(situations.of(number))) {
                endElsewhere(number, elsewhere);
                continue;
            }
            if (!elsewhere.isEmpty()) {
                situations.set(
                        number,
                        findings.conflict(
                                Situation.ELSEWHERE,
                                key,
                                elsewhere.get(0),
                                elsewhere.get(0) + " has this key, and is not a managed entry"));
                continue;
            }
            Optional<DN> respelled = otherSpelling(number).map(searchBaseLookup::byKey).stream()
                    .flatMap(List::stream)
                    .findFirst();
            if (respelled.isPresent()) {
                situations.set(
                        number,
                        findings.conflict(
                                Situation.KEY_CHANGED,
                                key,
                                respelled.get(),
                                respelled.get()
                                        + " has this key in another spelling: only a run about everybody can find out whether"
                                        + " the two are one person; nobody is created"));
                continue;
            }
            int entry = match(number);
            if (entry == Situations.NO_ENTRY && rekeying.isElsewhere(number)) {
                continue;
            }
            if (entry >= 0) {
                claims.computeIfAbsent(entry, none -> new ArrayList<>()).add(number);
            } else if (entry == AMBIGUOUS) {
                situations.set(number, Situation.AMBIGUOUS);
            }
        }
        block.clear();
    }

    /** The plain spelling of a key, for a run that does not know whether its entry would be missing. */
    private Optional<String> otherSpelling(int number) {
        String key = records.key(number);
        String folded = KeySpelling.fold(key);
        return records.complete().isPresent()
                        || Situations.isLeaver(situations.of(number))
                        || folded.isEmpty()
                        || folded.equalsIgnoreCase(key)
                        || records.find(folded) >= 0
                ? Optional.empty()
                : Optional.of(folded);
    }

    /** A leaver whose account is not managed, and can still be used. */
    private void endElsewhere(int number, List<DN> elsewhere) {
        Situation why = situations.of(number);
        if (!situations.ends(why)) {
            return;
        }
        if (elsewhere.isEmpty()) {
            lost.add(records.key(number));
        }
        for (DN dn : elsewhere) {
            Optional<ReadOnlyEntry> entry = run.directory().find(dn, Set.of());
            if (entry.isPresent() && run.directory().isEnabled(entry.get())) {
                situations.set(
                        number,
                        findings.conflict(
                                Situation.ELSEWHERE,
                                records.key(number),
                                dn,
                                dn + " has this key, must end (" + why
                                        + "), and is not a managed entry: end it by hand"));
            }
        }
    }

    private void lookUpMatches(List<Integer> block) {
        for (MatchRule rule : run.mapping().match()) {
            Set<String> values = new LinkedHashSet<>();
            for (int number : block) {
                try {
                    rule.value(records.record(number), run.input().formats()).ifPresent(values::add);
                } catch (MappingException told) {
                    // It is reported where the rule is used.
                }
            }
            managed.lookUp(rule.attribute(), values);
        }
        rekeying.lookUpPrevious(block);
    }

    private int match(int number) {
        List<MatchRule> rules = run.mapping().match();
        if (rules.isEmpty() || managed.unlinked() == 0) {
            return Situations.NO_ENTRY;
        }
        UserRecord record = records.record(number);
        for (MatchRule rule : rules) {
            Optional<String> value;
            try {
                value = rule.value(record, run.input().formats());
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
        return Situations.NO_ENTRY;
    }
}
