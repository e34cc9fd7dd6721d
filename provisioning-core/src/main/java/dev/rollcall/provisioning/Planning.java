package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import dev.rollcall.connector.ConnectorException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a plan: reads both sides, judges, seals, and holds the whole against the guardrails. Immutable and thread-safe. */
final class Planning {
    private static final Logger logger = LoggerFactory.getLogger(Planning.class);

    private final RunSettings run;

    Planning(RunSettings run) {
        this.run = run;
    }

    Plan plan() {
        run.directory().beginRun();
        try (SourceRecords records = SourceRecords.read(
                run.source(), run.mapping().key(), run.keys(), run.input().clock(), run.memory())) {
            if (records.failure().isPresent()) {
                return unread(records, records.failure().get());
            }
            List<DN> moveTo = run.leavers().moveTo().stream()
                    .filter(container ->
                            !container.isDescendantOf(run.directory().base(), true))
                    .toList();
            Map<DN, GroupRoll> groups = GroupRoll.readAll(run.directory(), run.mapping());
            FirstLook firstLook = new FirstLook(run, records, groups);
            ManagedEntries managed =
                    ManagedEntries.read(run.directory(), run.mapping(), moveTo, firstLook, run.memory());
            try {
                return plan(records, managed, firstLook, groups);
            } catch (RuntimeException failed) {
                managed.close();
                throw failed;
            }
        }
    }

    /** Nothing is planned on half a list: who is not on it may be on the other half, under another name. */
    private Plan unread(SourceRecords records, ConnectorException failure) {
        // A directory that is down is the graver fault, and the caller learns of it first.
        run.directory().exists(run.directory().base());
        logger.atWarn()
                .addKeyValue("records", records.size())
                .addKeyValue("kind", failure.kind())
                .log("the source could not be read whole; nothing is planned");
        Plan.Draft draft = new Plan.Draft();
        draft.source = records.reading();
        draft.server = run.directory().server();
        return PlanSummary.of(draft, Stream::empty);
    }

    private Plan plan(SourceRecords records, ManagedEntries managed, FirstLook firstLook, Map<DN, GroupRoll> groups) {
        Findings findings = new Findings();
        try (Surroundings surroundings = new Surroundings(run.directory(), run.mapping(), run.memory())) {
            Judgements judgements = new Judgements(run, records, managed, firstLook, surroundings, findings);
            judgements.judge();
            Drafts drafts = new Drafts(run, managed, surroundings, groups, findings);
            try {
                new Sealing(run, records, managed, surroundings, judgements, findings, drafts).seal();
                drafts.moves.settle();
                drafts.moves.report(findings);
                return judged(records, managed, judgements, findings, drafts);
            } catch (RuntimeException failed) {
                drafts.close();
                throw failed;
            }
        }
    }

    private Plan judged(
            SourceRecords records, ManagedEntries managed, Judgements judgements, Findings findings, Drafts drafts) {
        PlannedChanges planned = new PlannedChanges(managed, drafts, findings);
        GuardrailCheck check = new GuardrailCheck(run);
        PlanSummary before = new PlanSummary();
        try (Stream<DirectoryChange> all = planned.stream()) {
            all.forEachOrdered(change -> {
                before.add(change);
                if (!change.isTemporary()) {
                    check.add(change);
                }
            });
        }
        GuardrailVerdict verdict = check.verdict(new GuardrailCheck.Population(
                managed.population() + judgements.matchedAndEnabled(),
                managed.size(),
                managed.unlinked() - judgements.matched(),
                records.size(),
                records.keyless().size(),
                records.complete().isPresent(),
                check.createsAny() && managed.size() == 0 && holdsPeople()));
        Plan.Draft draft = new Plan.Draft();
        draft.server = run.directory().server();
        draft.source = records.reading();
        draft.managed = managed.size();
        draft.guardrails = verdict;
        draft.withheld = findings.withheld();
        draft.unchanged = findings.unchangedCount();
        draft.onClose = planned::close;
        Plan plan = PlanSummary.of(draft, changes(planned, drafts, verdict, findings));
        draft.situations = findings.situations();
        draft.conflicts = findings.conflicts();
        draft.unresolved = findings.unresolved();
        draft.blocked = difference(before.counts(), plan.counts());
        logger.atInfo()
                .addKeyValue("records", records.size())
                .addKeyValue("entries", managed.size())
                .addKeyValue("planned", plan.counts())
                .addKeyValue("conflicts", draft.conflicts.size())
                .log("planned");
        return PlanSummary.with(draft, plan);
    }

    private static Supplier<Stream<Change>> changes(
            PlannedChanges planned, Drafts drafts, GuardrailVerdict verdict, Findings findings) {
        return switch (verdict.decision()) {
            case PASSED -> () -> planned.stream().map(change -> change);
            case STOPPED -> Stream::empty;
            case DESTRUCTIVE_BLOCKED -> {
                Blocking blocking = new Blocking(drafts.moves.leavers());
                // Leavers keep their DNs, so that nobody else can have them.
                drafts.moves.keepLeavers();
                drafts.moves.report(findings);
                yield () -> planned.stream()
                        .map(blocking::left)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull);
            }
        };
    }

    /** Whether the filter overlooks people: then it is the filter that is wrong, and not the directory that is empty. */
    private boolean holdsPeople() {
        AtomicInteger people = new AtomicInteger();
        run.directory()
                .scanUnder(
                        run.directory().base(),
                        Filter.createEqualityFilter("objectClass", "person"),
                        java.util.Set.of(),
                        entry -> {
                            if (run.directory().protectedBecause(entry).isEmpty()) {
                                people.incrementAndGet();
                            }
                        });
        return people.get() > 0;
    }

    private static Counts difference(Counts before, Counts after) {
        Map<ChangeKind, Integer> difference = new EnumMap<>(ChangeKind.class);
        for (ChangeKind kind : ChangeKind.values()) {
            difference.put(kind, before.of(kind) - after.of(kind));
        }
        return new Counts(difference);
    }
}
