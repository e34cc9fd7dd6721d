package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.guardrail.Blocking;
import dev.rollcall.provisioning.internal.guardrail.GuardrailCheck;
import dev.rollcall.provisioning.internal.guardrail.VanishedColumns;
import dev.rollcall.provisioning.internal.plan.BlockedChanges;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanFacts;
import dev.rollcall.provisioning.internal.plan.PlanSummary;
import dev.rollcall.provisioning.internal.plan.RemainingChanges;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.internal.state.ShownKeys;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a plan: reads both sides, judges, seals, and holds the whole against the guardrails. Immutable and thread-safe. */
public final class Planning {
    private static final Logger logger = LoggerFactory.getLogger(Planning.class);

    /**
     * Above this many keys the directory is scanned instead of looked up key by key. How many entries there are is not known
     * beforehand; in a smaller directory this many lookups cost at most seconds more than the scan.
     */
    private static final int MOST_LOOKUPS = 20_000;

    /** So few records may all be bad by chance. */
    private static final int FEW = 3;

    private final RunSettings run;
    private final PlanWatch watch;

    public Planning(RunSettings run, PlanWatch watch) {
        this.run = run;
        this.watch = watch;
    }

    public Plan plan() {
        Normalizations known =
                Normalizations.of(run.storage().state(), run.directory().stateTarget());
        run.directory().beginRun();
        SourceAccess source = watch.watched(run.input().source());
        try (SourceRecords records = SourceRecords.read(
                source,
                run.mapping().key(),
                run.mapping().columns(),
                run.input().selection(),
                UnaryOperator.identity(),
                run.input().clock(),
                run.storage().memory())) {
            if (records.failure().isPresent()) {
                return unread(records, records.failure().get());
            }
            List<DN> moveTo = run.policies().leavers().moveTo().stream()
                    .filter(container ->
                            !DnForm.isWithin(container, run.directory().base()))
                    .toList();
            Map<DN, GroupRoll> groups = GroupRoll.readAll(
                    run.directory(), run.mapping(), records.complete().isPresent());
            EntryComparison comparison = new EntryComparison(run.directory(), known);
            VanishedColumns vanished = new VanishedColumns(run.mapping());
            OptimisticPass optimisticPass = new OptimisticPass(run, records, groups, comparison, vanished, watch);
            ManagedEntries managed = isAboutFew(records)
                    ? ManagedEntries.lookUp(
                            run.directory(),
                            run.mapping(),
                            moveTo,
                            optimisticPass,
                            records.keys(),
                            run.storage().memory())
                    : ManagedEntries.read(
                            run.directory(),
                            run.mapping(),
                            moveTo,
                            optimisticPass,
                            run.storage().memory());
            try {
                watch.scannedAll();
                return plan(records, managed, optimisticPass, groups, comparison, vanished);
            } catch (RuntimeException | Error failed) {
                managed.close();
                throw failed;
            }
        }
    }

    /**
     * Whether the entries can be looked up by their keys: nobody is looked for who is in no record, and the server finds
     * a key as it is spelled here.
     */
    private boolean isAboutFew(SourceRecords records) {
        return records.complete().isEmpty()
                && records.keys().size() <= MOST_LOOKUPS
                && EnumSet.of(KeyRule.Normalization.TRIM)
                        .containsAll(run.mapping().key().normalizations());
    }

    /** The keys that were asked for and that neither the source nor the directory has, as they were given. */
    private List<String> notFound(SourceRecords records, ManagedEntries managed, SearchBaseLookup searchBaseLookup) {
        Map<String, String> wanted = new TreeMap<>(run.input().selection().spellings());
        wanted.values().removeIf(key -> records.find(key) >= 0);
        // The server may have a key in the spelling that was given, and not in the one that is compared.
        searchBaseLookup.lookUpKeys(wanted.values());
        searchBaseLookup.lookUpKeys(wanted.keySet());
        wanted.values()
                .removeIf(key -> !managed.byKey(key).isEmpty()
                        || !searchBaseLookup.byKey(key).isEmpty());
        return List.copyOf(wanted.keySet());
    }

    /** Nothing is planned on half a list: who is not on it may be on the other half, under another name. */
    private Plan unread(SourceRecords records, ConnectorException failure) {
        // A directory that is down is the graver fault, and the caller learns of it first.
        run.directory().exists(run.directory().base());
        logger.atWarn()
                .addKeyValue("records", records.size())
                .addKeyValue("kind", failure.kind())
                .log("the source could not be read whole; nothing is planned");
        PlanFacts facts = PlanFacts.unread(run.directory().server(), "", records.reading(), run.owner());
        return JudgedPlan.of(facts, Stream::empty);
    }

    private Plan plan(
            SourceRecords records,
            ManagedEntries managed,
            OptimisticPass optimisticPass,
            Map<DN, GroupRoll> groups,
            EntryComparison comparison,
            VanishedColumns vanished) {
        Findings findings = new Findings(run.storage().memory());
        try (SearchBaseLookup searchBaseLookup = new SearchBaseLookup(
                run.directory(), run.mapping(), run.storage().memory())) {
            PlanInput input = new PlanInput(run, records, managed, searchBaseLookup, findings);
            Judgements judgements = new Judgements(input, optimisticPass);
            judgements.judge();
            judgements.confirmMissing();
            if (records.failure().isPresent()) {
                managed.close();
                findings.close();
                return unread(records, records.failure().get());
            }
            findings.notFound(notFound(records, managed, searchBaseLookup));
            if (!isAboutFew(records)) {
                // A run for a few keys may be one of many in an hour.
                run.directory().protectionProblems().forEach(problem -> findings.note(problem.toString()));
            }
            AccountsToEnd ends = new AccountsToEnd(run, records, managed, judgements, findings);
            DraftedChanges drafted = new DraftedChanges(run, groups, findings);
            try {
                LeaverDrafts leavers = new LeaverDrafts(input, judgements, ends, drafted);
                Drafts drafts = new Drafts(input, comparison, vanished, judgements, leavers, drafted);
                try (SealingPass sealing = new SealingPass(input, judgements, drafts, leavers, watch)) {
                    sealing.seal();
                }
                for (int entry : managed.dated()) {
                    if (!ends.isEnding(entry) && judgements.isOurs(entry)) {
                        drafts.undate(entry);
                    }
                }
                drafted.moves.settle();
                drafted.memberships.settle(drafted::isRefused);
                drafts.settleReferences();
                drafted.moves.report(findings);
                ends.close();
                return judged(records, managed, judgements, findings, drafted, vanished);
            } catch (RuntimeException | Error failed) {
                drafted.close();
                throw failed;
            }
        } catch (RuntimeException | Error failed) {
            findings.close();
            throw failed;
        }
    }

    private Plan judged(
            SourceRecords records,
            ManagedEntries managed,
            Judgements judgements,
            Findings findings,
            DraftedChanges drafted,
            VanishedColumns vanished) {
        PlannedChanges planned = new PlannedChanges(managed, drafted, findings);
        GuardrailCheck check = new GuardrailCheck(
                run.policies().guardrails(),
                run.policies().allowed(),
                !run.mapping().match().isEmpty(),
                run.mapping().key().attribute());
        check.useless(uselessBecause(records, findings));
        check.vanished(vanished);
        check.conflicts(findings.conflicts());
        PopulationCount census = new PopulationCount(run, records, managed, judgements);
        check.members(group -> census.membersOf(drafted.memberships.roll(group)));
        PlanSummary before = new PlanSummary();
        try (Stream<DirectoryChange> all = planned.stream()) {
            all.forEachOrdered(change -> {
                before.add(change);
                if (!change.isTemporary()) {
                    check.add(change);
                }
            });
        }
        GuardrailVerdict verdict = verdict(check, census.of(check), new FirstLoad(run, records, managed, judgements));
        BlockedChanges blocked = new BlockedChanges(run.storage().memory());
        Supplier<Stream<Change>> changes = switch (verdict.decision()) {
            case PASSED -> planned::changes;
            case STOPPED -> Stream::empty;
            case REDUCED -> reduced(planned, drafted, verdict, findings, blocked);
        };
        boolean stopped = verdict.decision() == GuardrailVerdict.Decision.STOPPED;
        PlanSummary left = verdict.decision() == GuardrailVerdict.Decision.PASSED ? before : PlanSummary.of(changes);
        Findings.Told told = findings.told();
        told.notes().forEach(note -> logger.atWarn().log(note));
        PlanFacts facts = new PlanFacts(
                run.directory().server(),
                "",
                records.reading(),
                managed.size(),
                told,
                verdict,
                PlanSummary.difference(before.counts(), left.counts()),
                stopped ? planned::changes : blocked::entries,
                run.owner(),
                () -> {
                    blocked.close();
                    planned.close();
                    findings.close();
                });
        logger.atInfo()
                .addKeyValue("records", records.size())
                .addKeyValue("entries", managed.size())
                .addKeyValue("planned", left.counts())
                .addKeyValue("conflicts", told.conflicts().size())
                .log("planned");
        managed.planned();
        drafted.moves.planned();
        return JudgedPlan.of(facts, changes, left).showing(shown(records));
    }

    /** The keys of a complete read, where somebody keeps them. */
    private ShownKeys shown(SourceRecords records) {
        return run.storage().state().seen().isPresent() && records.complete().isPresent()
                ? ShownKeys.of(records.keys(), run.storage().memory())
                : ShownKeys.none();
    }

    /** A first load that did not come to its end is looked for only if it makes a difference. */
    private static GuardrailVerdict verdict(
            GuardrailCheck check, GuardrailCheck.Population population, FirstLoad firstLoad) {
        GuardrailVerdict verdict = check.verdict(population);
        boolean growing = verdict.blocks(GuardrailName.MAX_CREATE) || verdict.blocks(GuardrailName.MAX_MODIFY);
        if (!growing || !check.onlyAdds() || !firstLoad.isUnfinished()) {
            return verdict;
        }
        check.firstLoad();
        return check.verdict(population);
    }

    /**
     * Why not one of several records can be used: hardly by chance, but since a column or a condition is misspelled. A list
     * without a single key is no list of people, however short it is.
     */
    private static Optional<String> uselessBecause(SourceRecords records, Findings findings) {
        int invalid = findings.count(Situation.INVALID);
        if (records.complete().isEmpty() || isByChance(records) || invalid < records.size()) {
            return Optional.empty();
        }
        return findings.told().conflicts().stream()
                .filter(conflict -> conflict.situation() == Situation.INVALID)
                .map(Conflict::detail)
                .findFirst();
    }

    private static boolean isByChance(SourceRecords records) {
        return records.size() < FEW && records.keyless().size() < Math.max(1, records.size());
    }

    /** What is left of a plan; the rest goes to {@code blocked}. */
    private Supplier<Stream<Change>> reduced(
            PlannedChanges planned,
            DraftedChanges drafted,
            GuardrailVerdict verdict,
            Findings findings,
            BlockedChanges blocked) {
        Blocking blocking = new Blocking(verdict);
        if (blocking.leavesEndsOnly()) {
            collect(planned.changes(), blocking, blocked);
            RemainingChanges ends = new RemainingChanges(planned::changes, change -> !Blocking.isEnd(change));
            return () ->
                    ends.changes().map(blocking::left).filter(Objects::nonNull).map(Objects::requireNonNull);
        } else if (!blocking.keepsLeavers()) {
            collect(planned.changes(), blocking, blocked);
            return () -> planned.changes()
                    .map(blocking::left)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull);
        }
        try (BlockedChanges before = new BlockedChanges(run.storage().memory())) {
            try (Stream<Change> all = planned.changes()) {
                all.forEachOrdered(before::add);
            }
            // Leavers keep their DNs, so that nobody else can have them.
            drafted.moves.keepLeavers();
            drafted.moves.report(findings);
            try (Stream<Change> all = before.entries()) {
                all.forEachOrdered(change -> {
                    boolean waits = drafted.isRefused((DirectoryChange) change);
                    Change taken = waits ? change : blocking.taken(change);
                    if (taken != null) {
                        blocked.add(taken);
                    }
                });
            }
            return () -> planned.stream()
                    .map(change -> blocking.left(change, drafted.moves::leaver))
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull);
        }
    }

    private static void collect(Stream<Change> changes, Blocking blocking, BlockedChanges blocked) {
        try (Stream<Change> all = changes) {
            all.map(blocking::taken)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .forEachOrdered(blocked::add);
        }
    }
}
