package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.mapping.MatchRule;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.records.WholenessJudge.CompleteRead;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.ArrayList;
import java.util.Arrays;
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
import java.util.function.IntPredicate;
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
    private final Rekeying rekeying;

    private final Situation[] situations;
    private final int[] entries;
    private final BitSet seen = new BitSet();

    /** The record of each entry that has several keys; hardly ever any. */
    private final Map<Integer, Integer> owners = new HashMap<>();

    private final BitSet matched = new BitSet();

    /** Records whose key is that of an entry; entries that must end for what their record says, or are held back. */
    private final BitSet withEntry = new BitSet();

    private final BitSet leaving = new BitSet();
    private final BitSet ended = new BitSet();
    private final BitSet held = new BitSet();
    private final BitSet kept = new BitSet();

    /** The record of each entry that is to get another key, until it is confirmed that no record has the old one. */
    private final Map<Integer, Integer> rekeyed = new TreeMap<>();

    /** Records of which nothing is used but that the account ends: all duplicates say so. */
    private final BitSet endOnly = new BitSet();

    private final List<String> lost = new ArrayList<>();
    private int unfound;
    private List<Integer> missing = List.of();

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
        this.rekeying = new Rekeying(run, managed);
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
        Map<String, Optional<Situation>> duplicates = duplicates();
        duplicates.forEach((key, agreed) -> findings.conflict(
                Situation.DUPLICATE_KEY,
                key,
                "several records have this key" + (agreed.isEmpty() ? "" : "; all of them end the account")));
        records.eachInOrder(number -> judge(number, duplicates));
        // No server finds 00042 by 42; and half of the directory costs less in one sweep than in lookups.
        boolean spelled = run.mapping().key().normalizations().contains(KeyRule.Normalization.STRIP_LEADING_ZEROS);
        if (unfound > 0 && (spelled || (managed.isWhole() && unfound > 200 && unfound * 5L > managed.size() * 2L))) {
            surroundings.sweep();
        }
        findAbsent();
        records.complete().ifPresent(this::findRekeyed);
        records.complete().ifPresent(this::findChangedKeys);
        records.complete().ifPresent(proof -> {
            List<Integer> missing = unseen();
            missing.addAll(rekeyed.keySet());
            new NeverSeen(run, managed, findings).among(missing).forEach(held::set);
            List.copyOf(rekeyed.keySet()).stream()
                    .filter(held::get)
                    .forEach(entry -> refuseRekeying(entry, "nothing says that a run made it"));
        });
    }

    /** The keys that several records have, and as what sort of leaver all of them know their person, if they do. */
    private Map<String, Optional<Situation>> duplicates() {
        Set<String> keys = records.duplicates();
        Map<String, Optional<Situation>> agreed = new HashMap<>();
        if (keys.isEmpty()) {
            return agreed;
        }
        records.eachInOrder(number -> {
            String key = records.key(number);
            if (keys.contains(key)) {
                Optional<Situation> one = presence(number, new Findings()).filter(Judgements::isLeaver);
                agreed.merge(
                        key,
                        one,
                        (all, next) -> all.flatMap(situation -> next.flatMap(other -> both(situation, other))));
            }
        });
        return agreed;
    }

    private Optional<Situation> both(Situation one, Situation other) {
        return one == other
                ? Optional.of(one)
                : Optional.of(Situation.INACTIVE).filter(any -> run.leavers().endsBothWays());
    }

    private Optional<Situation> presence(int number, Findings into) {
        return Presence.of(run.source(), records.record(number), run.input(), records.key(number), run.leavers(), into);
    }

    static boolean isLeaver(Situation situation) {
        return situation == Situation.INACTIVE || situation == Situation.OUT_OF_SCOPE;
    }

    private void judge(int number, Map<String, Optional<Situation>> duplicates) {
        String key = records.key(number);
        if (isSettled(number) && !duplicates.containsKey(key)) {
            withEntry.set(number);
            entries[number] = firstLook.settled(number);
            seen.set(entries[number]);
            situations[number] = Situation.CONFIRMED;
            return;
        }
        List<Integer> found = managed.byKey(key);
        found.forEach(seen::set);
        withEntry.set(number, !found.isEmpty());
        Optional<Situation> presence;
        if (duplicates.containsKey(key)) {
            presence = duplicates.get(key);
            // One of the records ends the account; the others have nothing to add.
            duplicates.put(key, Optional.empty());
            endOnly.set(number, presence.isPresent());
            situations[number] = Situation.DUPLICATE_KEY;
        } else {
            presence = presence(number, findings);
            situations[number] = Situation.INVALID;
        }
        if (presence.isEmpty()) {
            return;
        }
        Situation situation = presence.get();
        if (found.isEmpty()) {
            situations[number] = situation == Situation.CONFIRMED ? Situation.ABSENT : situation;
            unfound++;
        } else {
            situations[number] = confirmed(number, found, situation);
            entries[number] = found.get(0);
            if (isLeaver(situation)) {
                found.forEach(leaving::set);
                found.forEach(entry -> ended.set(entry, ends(situation)));
            }
        }
    }

    private boolean ends(Situation situation) {
        Leavers.Action action = switch (situation) {
            case INACTIVE -> run.leavers().inactive();
            case OUT_OF_SCOPE -> run.leavers().outOfScope();
            default -> run.leavers().sourceMissing();
        };
        return action != Leavers.Action.IGNORE;
    }

    private Situation confirmed(int number, List<Integer> found, Situation situation) {
        String key = records.key(number);
        int entry = found.get(0);
        if (found.size() > 1) {
            String dns = found.stream()
                    .map(each -> managed.entry(each).getDN())
                    .sorted()
                    .collect(Collectors.joining(" and "));
            found.forEach(each -> findings.named(dn(each)));
            return findings.conflict(Situation.AMBIGUOUS, key, "several entries have this key: " + dns);
        }
        if (managed.isOwnedByOther(entry)) {
            return findings.conflict(
                    Situation.OWNED_BY_OTHER, key, dn(entry), dn(entry) + " is marked by another source");
        }
        if (managed.isProtected(entry)) {
            return findings.conflict(Situation.ELSEWHERE, key, dn(entry), dn(entry) + " is protected");
        }
        Integer other = managed.hasSeveralKeys(entry) ? owners.putIfAbsent(entry, number) : null;
        if (other != null) {
            DN dn = dn(entry);
            situations[other] = findings.conflict(
                    Situation.AMBIGUOUS, records.key(other), dn, dn + " has the key of another record too: " + key);
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
            boolean gone = isLeaver(situations[number]) && entries[number] == NO_ENTRY;
            if (situations[number] == Situation.ABSENT || gone) {
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
        block.forEach(number -> otherSpelling(number).ifPresent(keys::add));
        surroundings.forget();
        surroundings.lookUpKeys(keys);
        if (!managed.isWhole()) {
            lookUpMatches(block);
        }
        for (int number : block) {
            String key = records.key(number);
            List<DN> elsewhere = surroundings.byKey(key);
            if (isLeaver(situations[number])) {
                endElsewhere(number, elsewhere);
                continue;
            }
            if (!elsewhere.isEmpty()) {
                situations[number] = findings.conflict(
                        Situation.ELSEWHERE,
                        key,
                        elsewhere.get(0),
                        elsewhere.get(0) + " has this key, and is not a managed entry");
                continue;
            }
            Optional<DN> respelled = otherSpelling(number).map(surroundings::byKey).stream()
                    .flatMap(List::stream)
                    .findFirst();
            if (respelled.isPresent()) {
                situations[number] = findings.conflict(
                        Situation.KEY_CHANGED,
                        key,
                        respelled.get(),
                        respelled.get()
                                + " has this key in another spelling: only a run about everybody can tell whether"
                                + " the two are one person; nobody is created");
                continue;
            }
            int entry = match(number);
            if (entry == NO_ENTRY && isRekeyedElsewhere(number)) {
                continue;
            }
            if (entry >= 0) {
                claims.computeIfAbsent(entry, none -> new ArrayList<>()).add(number);
            } else if (entry == AMBIGUOUS) {
                situations[number] = Situation.AMBIGUOUS;
            }
        }
        block.clear();
    }

    /** Whether a run that does not know who is missing leaves a record alone, since an entry may be about to be its own. */
    private boolean isRekeyedElsewhere(int number) {
        if (!rekeying.isAllowed() || records.complete().isPresent()) {
            return false;
        }
        List<Integer> found = claim(
                        number,
                        entry -> !seen.get(entry) && !managed.isProtected(entry) && !managed.isOwnedByOther(entry))
                .entries();
        if (!found.isEmpty()) {
            situations[number] = findings.conflict(
                    Situation.KEY_CHANGED,
                    records.key(number),
                    dns(found) + " may be this person's, by the previous key or a rule for rehires: only a run about"
                            + " everybody can tell whether its key is in no record any more; nobody is created");
        }
        return situations[number] != Situation.ABSENT;
    }

    /** The plain spelling of a key, for a run that does not know whether its entry would be missing. */
    private Optional<String> otherSpelling(int number) {
        String key = records.key(number);
        String folded = KeySpelling.fold(key);
        return records.complete().isPresent()
                        || isLeaver(situations[number])
                        || folded.isEmpty()
                        || folded.equalsIgnoreCase(key)
                        || records.find(folded) >= 0
                ? Optional.empty()
                : Optional.of(folded);
    }

    /** A leaver whose account is not managed, and can still be used. */
    private void endElsewhere(int number, List<DN> elsewhere) {
        Situation why = situations[number];
        if (!ends(why)) {
            return;
        }
        if (elsewhere.isEmpty()) {
            lost.add(records.key(number));
        }
        for (DN dn : elsewhere) {
            Optional<ReadOnlyEntry> entry = run.directory().find(dn, Set.of());
            if (entry.isPresent() && run.directory().isEnabled(entry.get())) {
                situations[number] = findings.conflict(
                        Situation.ELSEWHERE,
                        records.key(number),
                        dn,
                        dn + " has this key, must end (" + why + "), and is not a managed entry: end it by hand");
            }
        }
    }

    /** People who return with another key, and records that were renumbered. */
    private void findRekeyed(CompleteRead proof) {
        Objects.requireNonNull(proof, "proof");
        if (!rekeying.isAllowed()) {
            return;
        }
        BitSet missing = new BitSet();
        unseen().forEach(missing::set);
        Map<Integer, List<Integer>> claims = new TreeMap<>();
        Map<Integer, String> reasons = new HashMap<>();
        records.eachInOrder(number -> {
            boolean leaver = isLeaver(situations[number]) && !withEntry.get(number);
            if (situations[number] == Situation.ABSENT) {
                findReused(number);
            }
            if (situations[number] != Situation.ABSENT && !leaver) {
                return;
            }
            Rekeying.Claim claim = claim(number, missing::get);
            if (leaver) {
                claim.entries().forEach(kept::set);
            } else if (claim.entries().size() > 1) {
                situations[number] = findings.conflict(
                        Situation.AMBIGUOUS,
                        records.key(number),
                        claim.entries().size() + " entries whose keys are in no record may be this person's ("
                                + claim.because() + "): " + dns(claim.entries()) + "; all are left alone");
                claim.entries().forEach(held::set);
            } else if (claim.entries().size() == 1) {
                int entry = claim.entries().get(0);
                claims.computeIfAbsent(entry, none -> new ArrayList<>()).add(number);
                reasons.put(number, claim.because());
            }
        });
        Set<Integer> doubted = new HashSet<>();
        records.eachKeyless(record -> {
            try {
                doubted.addAll(rekeying.of(keyed(record), missing::get).entries());
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
            if (other >= 0 && (entries[other] == NO_ENTRY || isSettled(other))) {
                break;
            } else if (other < 0) {
                int last = record;
                previous.map(managed::byKey).orElse(List.of()).stream()
                        .filter(entry -> last != number && isMissing(entry))
                        .forEach(entry -> reused(last, entry));
                break;
            }
            reused(record, entries[other]);
            record = other;
        }
    }

    private void reused(int number, int entry) {
        held.set(entry);
        Situation situation = findings.conflict(
                Situation.KEY_CHANGED,
                records.key(number),
                dn(entry),
                dn(entry) + " has the previous key of this record, and one of the two keys is that of another record:"
                        + " nothing says whose entry it is; renumber it by hand, or empty the previous keys");
        if (situations[number] == Situation.ABSENT || situations[number] == Situation.CONFIRMED) {
            situations[number] = situation;
        }
    }

    private void rekey(int entry, List<Integer> numbers, Map<Integer, String> reasons, boolean doubted) {
        if (numbers.size() > 1 || held.get(entry)) {
            held.set(entry);
            for (int number : numbers) {
                situations[number] = findings.conflict(
                        Situation.AMBIGUOUS,
                        records.key(number),
                        dn(entry),
                        dn(entry) + " has the key " + keys(entry)
                                + ", which is in no record, and may be the account of several people; it is left alone");
            }
            return;
        }
        int number = numbers.get(0);
        ChangedKeys.Tie tie = new ChangedKeys.Tie(entry, String.valueOf(reasons.get(number)));
        Optional<String> obstacle =
                doubted ? Optional.of("a record without key may be its person's too") : rekeying.obstacle(entry);
        if (obstacle.isPresent()) {
            hold(number, new ChangedKeys.Tie(entry, tie.because() + ", but " + obstacle.get()));
            return;
        }
        situations[number] = Situation.REKEYED;
        entries[number] = entry;
        rekeyed.put(entry, number);
    }

    private void refuseRekeying(int entry, String because) {
        Integer number = rekeyed.remove(entry);
        if (number != null) {
            situations[number] = Situation.ABSENT;
            entries[number] = NO_ENTRY;
            hold(number, new ChangedKeys.Tie(entry, "it seems to be this person's, but " + because));
        }
    }

    /** What else than its key ties a record to entries; a record of which that cannot be known is a conflict. */
    private Rekeying.Claim claim(int number, IntPredicate candidate) {
        try {
            return rekeying.of(records.record(number), candidate);
        } catch (MappingException failed) {
            if (situations[number] == Situation.ABSENT) {
                situations[number] = findings.conflict(
                        Situation.AMBIGUOUS,
                        records.key(number),
                        failed.problem().path() + ": " + failed.problem().message());
            }
            return Rekeying.Claim.NONE;
        }
    }

    private String dns(List<Integer> numbers) {
        numbers.forEach(number -> findings.named(dn(number)));
        return numbers.stream().map(number -> dn(number).toString()).sorted().collect(Collectors.joining(" and "));
    }

    private void findChangedKeys(CompleteRead proof) {
        List<Integer> missing = unseen();
        if (missing.isEmpty()) {
            return;
        }
        ChangedKeys changed =
                new ChangedKeys(run.mapping().match(), run.mapping().nameAttributes(), run.input(), this::newDn);
        for (int entry : missing) {
            ReadOnlyEntry there = managed.entry(entry);
            changed.add(entry, managed.keys(there), attribute -> Entries.values(there, attribute), Entries.dn(there));
        }
        records.eachInOrder(number -> {
            boolean none =
                    !withEntry.get(number) && entries[number] == NO_ENTRY && situations[number] != Situation.ELSEWHERE;
            if (none) {
                changed.of(records.record(number), records.key(number)).ifPresent(tie -> hold(number, tie));
            }
        });
        records.eachKeyless(record -> changed.of(keyed(record), "").ifPresent(tie -> {
            held.set(tie.entry());
            findings.conflict(
                    Situation.KEY_CHANGED,
                    keys(tie.entry()),
                    dn(tie.entry()),
                    dn(tie.entry()) + " is in no record, but a record without key" + at(record.origin())
                            + " seems to be this person's: " + tie.because() + "; the entry is left alone");
        }));
    }

    private void hold(int number, ChangedKeys.Tie tie) {
        if (isLeaver(situations[number])) {
            // The account ends under either key; only that it is this person's is not certain enough to delete it.
            kept.set(tie.entry());
            return;
        }
        held.set(tie.entry());
        Situation situation = findings.conflict(
                Situation.KEY_CHANGED,
                records.key(number),
                dn(tie.entry()),
                dn(tie.entry()) + " has the key " + keys(tie.entry()) + ", which is in no record, and this record has"
                        + " no entry: " + tie.because() + "; both are left alone");
        if (situations[number] == Situation.ABSENT) {
            situations[number] = situation;
        }
    }

    private String keys(int entry) {
        return String.join(", ", managed.keys(managed.entry(entry)));
    }

    private DN dn(int entry) {
        return Entries.dn(managed.entry(entry));
    }

    /** The DN that a record would get if every name were free; empty if it holds a unique name, which proves nothing. */
    private Optional<DN> newDn(UserRecord record) {
        if (run.mapping().hasUniqueDn()) {
            return Optional.empty();
        }
        try {
            return run.mapping().map(record, run.input().withoutExisting()).dn();
        } catch (RollcallException cannotBeMapped) {
            return Optional.empty();
        }
    }

    /** A record without key cannot be mapped: it gets one that no entry has. */
    private UserRecord keyed(UserRecord record) {
        ColumnPath column = run.mapping().key().column();
        return column.equals(ColumnPath.ofName(column.column()))
                ? record.with(column.column(), Value.of("(no key)"))
                : record;
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
        if (run.mapping().key().previousColumn().isPresent()) {
            managed.lookUp(
                    run.mapping().key().attribute(),
                    rekeying.previousKeys(block.stream().map(records::record).toList()));
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
     * The managed entries whose person is in no record, once {@link #confirmMissing} has confirmed that. There are some
     * only if everybody was asked for, and the list is complete.
     */
    List<Integer> missing(CompleteRead proof) {
        Objects.requireNonNull(proof, "proof");
        return missing;
    }

    /**
     * Confirms that the entries without a record are missing. If that cannot be decided, the records have a failure
     * afterwards.
     */
    void confirmMissing() {
        records.complete().ifPresent(proof -> {
            List<Integer> atStake = new ArrayList<>();
            List<Integer> settled = new ArrayList<>();
            unseen().forEach(entry -> (isAtStake(entry) ? atStake : settled).add(entry));
            atStake.addAll(rekeyed.keySet());
            List<Integer> confirmed = new ArrayList<>(
                    records.missing(proof, atStake, entry -> managed.keys(managed.entry(entry)), this::mayHaveAccount));
            atStake.removeAll(new HashSet<>(confirmed));
            atStake.forEach(held::set);
            atStake.forEach(
                    entry -> refuseRekeying(entry, "the source still knows the old key, though it is not in the list"));
            confirmed.removeAll(rekeyed.keySet());
            rekeyed.keySet().forEach(seen::set);
            confirmed.addAll(settled);
            missing = confirmed;
        });
    }

    /** Whether anything is done to an entry whose person is missing; most leavers have been disabled long ago. */
    private boolean isAtStake(int entry) {
        Leavers leavers = run.leavers();
        return switch (leavers.sourceMissing()) {
            case IGNORE -> false;
            case DISABLE ->
                managed.isEnabled(entry)
                        || leavers.deleteAfter().isPresent()
                        || leavers.groups() == Leavers.Groups.REMOVE_OWNED;
            default -> true;
        };
    }

    private boolean mayHaveAccount(UserRecord record) {
        Optional<Situation> presence =
                Presence.of(run.source(), record, run.input(), "", run.leavers(), new Findings());
        return presence.isEmpty() || presence.get() == Situation.CONFIRMED;
    }

    private List<Integer> unseen() {
        List<Integer> missing = new ArrayList<>();
        for (int entry = 0; entry < managed.size(); entry++) {
            if (isMissing(entry) && !managed.isProtected(entry) && !held.get(entry) && !rekeyed.containsKey(entry)) {
                missing.add(entry);
            }
        }
        return missing;
    }

    /** Whether an entry is ours, and its person in no record; protected or not. */
    private boolean isMissing(int entry) {
        return managed.isKeyed(entry)
                && !seen.get(entry)
                && !managed.isOwnedByOther(entry)
                && (run.directory().markAttribute().isEmpty() || managed.isMarked(entry));
    }

    /** Whether a missing entry may be disabled and not deleted, since a record seems to be about its person. */
    boolean mayNotBeDeleted(int entry) {
        return kept.get(entry);
    }

    /** Why an entry must end, in the words of a message; empty if it need not, or that cannot be known. */
    Optional<Situation> mustEnd(int entry) {
        if (ended.get(entry)) {
            return Optional.of(Situation.INACTIVE);
        }
        boolean missing = records.complete().isPresent() && isMissing(entry) && !held.get(entry);
        return Optional.of(Situation.SOURCE_MISSING).filter(none -> missing && ends(Situation.SOURCE_MISSING));
    }

    /** The keys of the leavers of whom no entry was found. */
    List<String> lost() {
        return lost;
    }

    /** Whether nothing of a record is used but that it ends the account. */
    boolean isEndOnly(int record) {
        return endOnly.get(record);
    }

    /** Whether an entry belongs to the person of a record, who is no leaver, and is neither protected nor another source's. */
    boolean isOurs(int entry) {
        return seen.get(entry) && !leaving.get(entry) && !managed.isProtected(entry) && !managed.isOwnedByOther(entry);
    }

    /** Whether an entry without key is about to get one. */
    boolean isMatched(int entry) {
        return matched.get(entry);
    }
}
