package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.ResourceException;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.TemporaryName;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.spool.KeyOrder;
import dev.rollcall.provisioning.internal.spool.NumberSort;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Maps the records in the order of their keys, so that names and DNs go to the person who comes first by key, whatever order the
 * pages had, and has the changes drafted. Some hundred at a time, so that what must be asked of the directory takes one
 * search for many. Not thread-safe: for one thread at a time.
 */
final class SealingPass implements AutoCloseable {
    private final RunSettings run;
    private final PlanWatch watch;
    private final SourceRecords records;
    private final ManagedEntries managed;
    private final SearchBaseLookup searchBaseLookup;
    private final Judgements judgements;
    private final Findings findings;
    private final NameBook names;
    private final Drafts drafts;
    private final LeaverDrafts leavers;
    private final MappingInput formats;
    private final List<Wanted> block = new ArrayList<>();

    /** The entries of leavers who are in no record, by key, and how many of them were drafted. */
    private int[] missing = {};

    /** The key of the next one of them; null if that was not looked up yet. */
    private @Nullable String nextMissing;

    private int drafted;
    private int done;

    SealingPass(PlanInput input, Judgements judgements, Drafts drafts, LeaverDrafts leavers, PlanWatch watch) {
        this.watch = watch;
        this.run = input.run();
        this.records = input.records();
        this.managed = input.managed();
        this.searchBaseLookup = input.searchBaseLookup();
        this.findings = input.findings();
        this.judgements = judgements;
        this.names = new NameBook(
                managed, searchBaseLookup, realm(run), run.storage().memory());
        this.drafts = drafts;
        this.leavers = leavers;
        this.formats = run.input().formats().names(names);
    }

    /** The domain under which Active Directory takes each account name for a logon name too; empty elsewhere. */
    private static String realm(RunSettings run) {
        if (run.directory().kind() != DirectoryKind.ACTIVE_DIRECTORY) {
            return "";
        }
        return Arrays.stream(run.directory().base().getRDNs())
                .filter(rdn -> rdn.getAttributeNames()[0].equalsIgnoreCase("DC"))
                .map(rdn -> rdn.getAttributeValues()[0])
                .collect(Collectors.joining("."));
    }

    void seal() {
        records.complete()
                .ifPresent(proof -> missing = NumberSort.sorted(
                        judgements.missing(proof).stream()
                                .mapToInt(Integer::intValue)
                                .toArray(),
                        (one, other) -> {
                            ReadOnlyEntry first = managed.entry(one);
                            ReadOnlyEntry second = managed.entry(other);
                            int byKey = KeyOrder.INSTANCE.compare(key(first), key(second));
                            return byKey != 0 ? byKey : first.getDN().compareTo(second.getDN());
                        }));
        findings.count(Situation.SOURCE_MISSING, missing.length);
        findings.count(Situation.UNLINKED, managed.unlinked() - judgements.matched());
        findings.count(Situation.INVALID, records.keyless().size());
        Set<String> duplicated = new HashSet<>();
        records.eachInOrder(number -> {
            watch.planned(++done, records.size());
            Situation situation = judgements.situation(number);
            boolean there = judgements.entry(number) != Situations.NO_ENTRY;
            if (situation == Situation.DUPLICATE_KEY) {
                findings.count(situation, duplicated.add(records.key(number)) ? 1 : 0);
            } else if (judgements.isSettled(number)) {
                findings.count(situation, 1);
                findings.unchanged();
            } else if (situation.isConflict() || (!there && Situations.isLeaver(situation))) {
                findings.count(situation, 1);
            } else {
                add(number, situation);
            }
        });
        sealBlock();
        draftMissingBefore(null);
    }

    @Override
    public void close() {
        names.close();
    }

    private void add(int number, Situation situation) {
        int entryNumber = judgements.entry(number);
        ReadOnlyEntry entry = entryNumber == Situations.NO_ENTRY ? null : managed.entry(entryNumber);
        Wanted wanted = new Wanted(number, records.key(number), records.record(number), entryNumber, entry, situation);
        wanted.endOnly = judgements.isEndOnly(number);
        block.add(wanted);
        if (block.size() == SearchBaseLookup.BLOCK) {
            sealBlock();
        }
    }

    private void sealBlock() {
        searchBaseLookup.forget();
        names.rehearse(true);
        block.forEach(this::map);
        // A name that turns out taken leads to the next candidate, which has to be asked for in turn.
        for (int round = 0; round < 5 && names.answerQuestions(); round++) {
            block.stream().filter(wanted -> wanted.askedForNames).forEach(this::map);
        }
        names.rehearse(false);
        for (Wanted wanted : block) {
            if (wanted.askedForNames) {
                map(wanted);
            }
            DesiredEntry desired = wanted.desired;
            if (desired != null) {
                names.reserve(desired.names(), desired.dn().map(DN::getParent).orElse(null));
            }
        }
        searchBaseLookup.lookUpKeys(unknownReferences());
        Set<String> inUse = searchBaseLookup.inUse(newDns());
        for (Wanted wanted : block) {
            draftMissingBefore(wanted.key);
            Optional<DN> perhaps = keylessNamesake(wanted);
            if (perhaps.isPresent()) {
                DN dn = perhaps.get();
                wanted.situation = findings.conflict(
                        Situation.AMBIGUOUS,
                        wanted.key,
                        dn,
                        dn + " has our mark and the name that this person would get, but no value of "
                                + run.mapping().key().attribute()
                                + " that can be read: no second account is made; restore the value, or take off the mark");
            } else {
                drafts.draft(wanted, inUse, this::target);
            }
            findings.count(wanted.situation, 1);
        }
        block.clear();
    }

    /** The entry of ours without a readable key that has a name which somebody new would get. */
    private Optional<DN> keylessNamesake(Wanted wanted) {
        if (wanted.situation != Situation.ABSENT
                || run.directory().markAttribute().isEmpty()) {
            return Optional.empty();
        }
        return wanted.holders.stream().filter(this::isMarkedWithoutKey).findFirst();
    }

    private boolean isMarkedWithoutKey(DN dn) {
        OptionalInt number = managed.byDn(dn);
        if (number.isPresent()) {
            return managed.isMarked(number.getAsInt()) && !managed.isKeyed(number.getAsInt());
        }
        Optional<ReadOnlyEntry> entry =
                run.directory().find(dn, Set.of(run.mapping().key().attribute()));
        return entry.isPresent()
                && run.directory().isMarked(entry.get())
                && managed.keys(entry.get()).isEmpty();
    }

    private String key(ReadOnlyEntry entry) {
        return managed.keys(entry).get(0);
    }

    private void draftMissingBefore(@Nullable String key) {
        while (drafted < missing.length) {
            int number = missing[drafted];
            String next = nextMissing == null ? key(managed.entry(number)) : nextMissing;
            nextMissing = next;
            if (key != null && KeyOrder.INSTANCE.compare(next, key) >= 0) {
                return;
            }
            leavers.missing(records.complete().orElseThrow(), next, number, managed.entry(number));
            nextMissing = null;
            drafted++;
        }
    }

    private void map(Wanted wanted) {
        ReadOnlyEntry entry = wanted.entry;
        names.mapping(wanted.entryNumber, entry == null ? null : Entries.dn(entry));
        wanted.desired = null;
        wanted.fault = null;
        if (wanted.endOnly) {
            return;
        }
        try {
            MappingInput given =
                    entry == null ? formats.withoutExisting() : formats.existing(TemporaryName.without(entry));
            wanted.desired = run.mapping().map(wanted.record, given);
        } catch (MappingException failed) {
            String at = failed.attribute().isEmpty() ? "" : failed.attribute() + ": ";
            wanted.fault = at + failed.problem().message();
        } catch (RollcallException failed) {
            if (failed instanceof DirectoryException || failed instanceof ResourceException) {
                throw failed;
            }
            wanted.fault = failed.problem().message();
        }
        wanted.askedForNames |= names.wasAsked();
        wanted.holders = names.holders();
    }

    private Set<String> unknownReferences() {
        Set<String> unknown = new LinkedHashSet<>();
        for (Wanted wanted : block) {
            DesiredEntry desired = wanted.desired;
            if (desired != null) {
                for (AttributeIntent intent : desired.attributes().values()) {
                    if (intent instanceof AttributeIntent.Reference reference) {
                        reference.keys().stream().filter(this::mustLookUp).forEach(unknown::add);
                    }
                }
            }
        }
        return unknown;
    }

    private boolean mustLookUp(String key) {
        if (!managed.byKey(key).isEmpty()) {
            return false;
        }
        int number = records.find(key);
        return number < 0
                || (judgements.situation(number) != Situation.ABSENT
                        && !judgements.situation(number).isLinked());
    }

    private EntryComparison.Target target(String key) {
        List<Integer> found = managed.byKey(key);
        if (found.size() > 1) {
            return EntryComparison.Target.NOTHING;
        } else if (found.size() == 1) {
            return EntryComparison.Target.at(Entries.dn(managed.entry(found.get(0))));
        }
        if (!mustLookUp(key)) {
            int number = records.find(key);
            return judgements.situation(number) == Situation.ABSENT
                    ? EntryComparison.Target.NEW
                    : EntryComparison.Target.at(Entries.dn(managed.entry(judgements.entry(number))));
        }
        List<DN> elsewhere = searchBaseLookup.byKey(key);
        return elsewhere.size() == 1 ? EntryComparison.Target.at(elsewhere.get(0)) : EntryComparison.Target.NOTHING;
    }

    /** DNs that somebody would get whom no managed entry stands in the way of. */
    private Set<DN> newDns() {
        Set<DN> dns = new LinkedHashSet<>();
        for (Wanted wanted : block) {
            DesiredEntry desired = wanted.desired;
            if (desired != null && !wanted.isLeaver()) {
                desired.dn()
                        .filter(dn -> wanted.entry == null || !DnForm.same(Entries.dn(wanted.entry), dn))
                        .ifPresent(dns::add);
            }
        }
        return dns;
    }
}
