package dev.rollcall.provisioning.internal.planning;

import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.records.WholenessJudge.CompleteRead;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Searches for people who return with another key and for records that were renumbered, and gives their entry the new key
 * where nothing else may be meant. Not thread-safe: for one thread at a time.
 */
final class RekeyingSearch {
    private final RunSettings run;
    private final SourceRecords records;
    private final ManagedEntries managed;
    private final Situations situations;
    private final Findings findings;
    private final Rekeying rekeying;
    private final IntPredicate settled;

    /** The record of each entry that is to get another key, until it is confirmed that no record has the old one. */
    private final Map<Integer, Integer> rekeyed = new TreeMap<>();

    /**
     * Begins without any.
     *
     * @param settled whether a record's entry is as it should be
     */
    RekeyingSearch(
            RunSettings run,
            SourceRecords records,
            ManagedEntries managed,
            Situations situations,
            Findings findings,
            IntPredicate settled) {
        this.run = run;
        this.records = records;
        this.managed = managed;
        this.situations = situations;
        this.findings = findings;
        this.rekeying = new Rekeying(run, managed);
        this.settled = settled;
    }

    /** The entries that are to get another key, as of now. */
    Set<Integer> entries() {
        return new TreeSet<>(rekeyed.keySet());
    }

    /** Looks up the entries with the keys that the users of some records had before. */
    void lookUpPrevious(List<Integer> numbers) {
        if (run.mapping().key().previousColumn().isPresent()) {
            managed.lookUp(
                    run.mapping().key().attribute(),
                    rekeying.previousKeys(numbers.stream().map(records::record).toList()));
        }
    }

    /** Whether a run that does not know who is missing leaves a record alone, since an entry may be about to be its own. */
    boolean isElsewhere(int number) {
        if (!rekeying.isAllowed() || records.complete().isPresent()) {
            return false;
        }
        List<Integer> found = claim(
                        number,
                        entry -> !situations.isSeen(entry)
                                && !managed.isProtected(entry)
                                && !managed.isOwnedByOther(entry))
                .entries();
        if (!found.isEmpty()) {
            situations.set(
                    number,
                    findings.conflict(
                            Situation.KEY_CHANGED,
                            records.key(number),
                            situations.dns(found)
                                    + " may be this person's, by the previous key or a rule for rehires: only a run about"
                                    + " everybody can find out whether its key is in no record any more; nobody is created"));
        }
        return situations.of(number) != Situation.ABSENT;
    }

    /**
     * Finds them.
     *
     * @param proof that everybody was read: without it nobody is missing
     * @param unseen the entries that are missing
     */
    void find(CompleteRead proof, List<Integer> unseen) {
        Objects.requireNonNull(proof, "proof");
        if (!rekeying.isAllowed()) {
            return;
        }
        BitSet missing = new BitSet();
        unseen.forEach(missing::set);
        Map<Integer, List<Integer>> claims = new TreeMap<>();
        Map<Integer, String> reasons = new HashMap<>();
        records.eachInOrder(number -> {
            boolean leaver = Situations.isLeaver(situations.of(number)) && !situations.isKeyed(number);
            if (situations.of(number) == Situation.ABSENT) {
                findReused(number);
            }
            if (situations.of(number) != Situation.ABSENT && !leaver) {
                return;
            }
            Rekeying.Claim claim = claim(number, missing::get);
            if (leaver) {
                claim.entries().forEach(situations::keep);
            } else if (claim.entries().size() > 1) {
                situations.set(
                        number,
                        findings.conflict(
                                Situation.AMBIGUOUS,
                                records.key(number),
                                claim.entries().size() + " entries whose keys are in no record may be this person's ("
                                        + claim.because() + "): " + situations.dns(claim.entries())
                                        + "; all are left alone"));
                claim.entries().forEach(situations::hold);
            } else if (claim.entries().size() == 1) {
                int entry = claim.entries().get(0);
                claims.computeIfAbsent(entry, none -> new ArrayList<>()).add(number);
                reasons.put(number, claim.because());
            }
        });
        Set<Integer> doubted = new HashSet<>();
        records.eachKeyless(record -> {
            try {
                doubted.addAll(rekeying.of(ChangedKeySearch.keyed(run.mapping(), record), missing::get)
                        .entries());
            } catch (MappingException told) {
                // A record without key is reported as that.
            }
        });
        claims.forEach((entry, numbers) -> rekey(entry, numbers, reasons, doubted.contains(entry)));
    }

    /**
     * A previous key that another record has now, such as when all numbers move up by one: whose the entry is cannot be
     * known, unless it is as that record says. So all records of such a chain are left alone, and the entry at its end.
     */
    private void findReused(int number) {
        Set<Integer> chain = new LinkedHashSet<>();
        int record = number;
        while (chain.add(record)) {
            Optional<String> previous = run.mapping().key().previousOf(records.record(record));
            int other = previous.map(records::find).orElse(-1);
            if (other >= 0 && (situations.entry(other) == Situations.NO_ENTRY || settled.test(other))) {
                break;
            } else if (other < 0) {
                int last = record;
                previous.map(managed::byKey).orElse(List.of()).stream()
                        .filter(entry -> last != number && situations.isMissing(entry))
                        .forEach(entry -> reused(last, entry));
                break;
            }
            reused(record, situations.entry(other));
            record = other;
        }
    }

    private void reused(int number, int entry) {
        situations.hold(entry);
        Situation situation = findings.conflict(
                Situation.KEY_CHANGED,
                records.key(number),
                situations.dn(entry),
                situations.dn(entry)
                        + " has the previous key of this record, and one of the two keys is that of another record:"
                        + " nothing says whose entry it is; renumber it by hand, or empty the previous keys");
        if (situations.of(number) == Situation.ABSENT || situations.of(number) == Situation.CONFIRMED) {
            situations.set(number, situation);
        }
    }

    private void rekey(int entry, List<Integer> numbers, Map<Integer, String> reasons, boolean doubted) {
        if (numbers.size() > 1 || situations.isHeld(entry)) {
            situations.hold(entry);
            for (int number : numbers) {
                situations.set(
                        number,
                        findings.conflict(
                                Situation.AMBIGUOUS,
                                records.key(number),
                                situations.dn(entry),
                                situations.dn(entry) + " has the key " + situations.keys(entry)
                                        + ", which is in no record, and may be the account of several people; it is left alone"));
            }
            return;
        }
        int number = numbers.get(0);
        ChangedKeys.Tie tie = new ChangedKeys.Tie(entry, String.valueOf(reasons.get(number)));
        Optional<String> obstacle =
                doubted ? Optional.of("a record without key may be its person's too") : rekeying.obstacle(entry);
        if (obstacle.isPresent()) {
            situations.leaveAlone(number, new ChangedKeys.Tie(entry, tie.because() + ", but " + obstacle.get()));
            return;
        }
        situations.set(number, Situation.REKEYED);
        situations.setEntry(number, entry);
        rekeyed.put(entry, number);
    }

    /** Takes back that an entry gets another key; nothing happens if it was not to get one. */
    void refuse(int entry, String because) {
        Integer number = rekeyed.remove(entry);
        if (number != null) {
            situations.set(number, Situation.ABSENT);
            situations.setEntry(number, Situations.NO_ENTRY);
            situations.leaveAlone(number, new ChangedKeys.Tie(entry, "it seems to be this person's, but " + because));
        }
    }

    /** What else than its key ties a record to entries; a record of which that cannot be known is a conflict. */
    private Rekeying.Claim claim(int number, IntPredicate candidate) {
        try {
            return rekeying.of(records.record(number), candidate);
        } catch (MappingException failed) {
            if (situations.of(number) == Situation.ABSENT) {
                situations.set(
                        number,
                        findings.conflict(
                                Situation.AMBIGUOUS,
                                records.key(number),
                                failed.problem().path() + ": "
                                        + failed.problem().message()));
            }
            return Rekeying.Claim.NONE;
        }
    }
}
