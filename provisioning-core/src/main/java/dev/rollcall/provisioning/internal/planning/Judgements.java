package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.records.WholenessJudge.CompleteRead;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each record and each entry are to each other, as far as that can be told before mapping: key, duplicate, scope,
 * active, in this order. Not thread-safe: for one thread at a time.
 */
final class Judgements {
    private final RunSettings run;
    private final SourceRecords records;
    private final ManagedEntries managed;
    private final OptimisticPass optimisticPass;
    private final SearchBaseLookup searchBaseLookup;
    private final Findings findings;

    private final Situations situations;
    private final RekeyingSearch rekeying;
    private final EntryMatching matching;

    /** The record of each entry that has several keys; hardly ever any. */
    private final Map<Integer, Integer> owners = new HashMap<>();

    private final BitSet leaving = new BitSet();
    private final BitSet ended = new BitSet();

    /** Records of which nothing is used but that the account ends: all duplicates say so. */
    private final BitSet endOnly = new BitSet();

    private int unfound;
    private List<Integer> missing = List.of();

    Judgements(PlanInput input, OptimisticPass optimisticPass) {
        this.run = input.run();
        this.records = input.records();
        this.managed = input.managed();
        this.searchBaseLookup = input.searchBaseLookup();
        this.findings = input.findings();
        this.optimisticPass = optimisticPass;
        this.situations = new Situations(run, records, managed, findings, optimisticPass.entries());
        this.rekeying = new RekeyingSearch(run, records, managed, situations, findings, this::isSettled);
        this.matching = new EntryMatching(input, situations, rekeying);
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
            searchBaseLookup.sweep();
        }
        matching.find();
        records.complete().ifPresent(proof -> rekeying.find(proof, unseen()));
        records.complete()
                .ifPresent(proof ->
                        new ChangedKeySearch(run, records, managed, situations, findings).find(proof, unseen()));
        records.complete().ifPresent(proof -> {
            List<Integer> missing = unseen();
            missing.addAll(rekeying.entries());
            new NeverSeen(run, managed, findings).among(missing).forEach(situations::hold);
            rekeying.entries().stream()
                    .filter(situations::isHeld)
                    .forEach(entry -> rekeying.refuse(entry, "nothing says that a run made it"));
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
                Optional<Situation> one = presence(number, Findings.unused()).filter(Situations::isLeaver);
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
                : Optional.of(Situation.INACTIVE)
                        .filter(any -> run.policies().leavers().endsBothWays());
    }

    private Optional<Situation> presence(int number, Findings into) {
        return Presence.of(
                run.input().source(),
                records.record(number),
                run.input().formats(),
                records.key(number),
                run.policies().leavers(),
                into);
    }

    private void judge(int number, Map<String, Optional<Situation>> duplicates) {
        String key = records.key(number);
        if (isSettled(number) && !duplicates.containsKey(key)) {
            situations.setKeyed(number, true);
            situations.see(situations.entry(number));
            situations.set(number, Situation.CONFIRMED);
            return;
        }
        situations.setEntry(number, Situations.NO_ENTRY);
        List<Integer> found = managed.byKey(key);
        found.forEach(situations::see);
        situations.setKeyed(number, !found.isEmpty());
        Optional<Situation> presence;
        if (duplicates.containsKey(key)) {
            presence = duplicates.get(key);
            // One of the records ends the account; the others have nothing to add.
            duplicates.put(key, Optional.empty());
            endOnly.set(number, presence.isPresent());
            situations.set(number, Situation.DUPLICATE_KEY);
        } else {
            presence = presence(number, findings);
            situations.set(number, Situation.INVALID);
        }
        if (presence.isEmpty()) {
            return;
        }
        Situation situation = presence.get();
        if (found.isEmpty()) {
            situations.set(number, situation == Situation.CONFIRMED ? Situation.ABSENT : situation);
            unfound++;
        } else {
            situations.set(number, confirmed(number, found, situation));
            situations.setEntry(number, found.get(0));
            if (Situations.isLeaver(situation)) {
                found.forEach(leaving::set);
                found.forEach(entry -> ended.set(entry, situations.ends(situation)));
            }
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
            found.forEach(each -> findings.named(situations.dn(each)));
            return findings.conflict(Situation.AMBIGUOUS, key, "several entries have this key: " + dns);
        }
        if (managed.isOwnedByOther(entry)) {
            return findings.conflict(
                    Situation.OWNED_BY_OTHER,
                    key,
                    situations.dn(entry),
                    situations.dn(entry) + " is marked by another source");
        }
        if (managed.isProtected(entry)) {
            return findings.conflict(
                    Situation.ELSEWHERE, key, situations.dn(entry), situations.dn(entry) + " is protected");
        }
        Integer other = managed.hasSeveralKeys(entry) ? owners.putIfAbsent(entry, number) : null;
        if (other != null) {
            DN dn = situations.dn(entry);
            situations.set(
                    other,
                    findings.conflict(
                            Situation.AMBIGUOUS,
                            records.key(other),
                            dn,
                            dn + " has the key of another record too: " + key));
            return findings.conflict(
                    Situation.AMBIGUOUS, key, dn + " has the key of another record too: " + records.key(other));
        }
        return situation;
    }

    static String at(String origin) {
        return origin.isEmpty() ? "" : " (" + origin + ")";
    }

    /** Whether the record's entry is as it should be, and nothing more is to be found out about it. */
    boolean isSettled(int record) {
        return optimisticPass.isSettled(record);
    }

    Situation situation(int record) {
        return situations.of(record);
    }

    /** The number of the entry that a record is about, or {@link Situations#NO_ENTRY}. */
    int entry(int record) {
        return situations.entry(record);
    }

    /** How many disabled or enabled entries without key were matched and can be used now. */
    int matchedAndEnabled() {
        return (int) matching.matched().stream().filter(managed::isEnabled).count();
    }

    int matched() {
        return matching.matched().cardinality();
    }

    /** How many entries have the key of a record. */
    int found() {
        return situations.found();
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
            atStake.addAll(rekeying.entries());
            List<Integer> confirmed = new ArrayList<>(
                    records.missing(proof, atStake, entry -> managed.keys(managed.entry(entry)), this::mayHaveAccount));
            atStake.removeAll(new HashSet<>(confirmed));
            atStake.forEach(situations::hold);
            atStake.forEach(entry ->
                    rekeying.refuse(entry, "the source still knows the old key, though it is not in the list"));
            confirmed.removeAll(rekeying.entries());
            rekeying.entries().forEach(situations::see);
            confirmed.addAll(settled);
            missing = confirmed;
        });
    }

    /** Whether anything is done to an entry whose person is missing; most leavers have been disabled long ago. */
    private boolean isAtStake(int entry) {
        Leavers leavers = run.policies().leavers();
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
        List<Integer> unseen = situations.unseen();
        unseen.removeAll(rekeying.entries());
        return unseen;
    }

    /** Whether a missing entry may be disabled and not deleted, since a record seems to be about its person. */
    boolean mayNotBeDeleted(int entry) {
        return situations.isKept(entry);
    }

    /** Why an entry must end, in the words of a message; empty if it need not, or that cannot be known. */
    Optional<Situation> mustEnd(int entry) {
        if (ended.get(entry)) {
            return Optional.of(Situation.INACTIVE);
        }
        boolean missing = records.complete().isPresent() && situations.isMissing(entry) && !situations.isHeld(entry);
        return Optional.of(Situation.SOURCE_MISSING)
                .filter(none -> missing && situations.ends(Situation.SOURCE_MISSING));
    }

    /** The keys of the leavers of whom no entry was found. */
    List<String> lost() {
        return matching.lost();
    }

    /** Whether nothing of a record is used but that it ends the account. */
    boolean isEndOnly(int record) {
        return endOnly.get(record);
    }

    /** Whether an entry belongs to the person of a record, who is no leaver, and is neither protected nor another source's. */
    boolean isOurs(int entry) {
        return situations.isSeen(entry)
                && !leaving.get(entry)
                && !managed.isProtected(entry)
                && !managed.isOwnedByOther(entry);
    }

    /** Whether an entry without key is about to get one. */
    boolean isMatched(int entry) {
        return matching.matched().get(entry);
    }
}
