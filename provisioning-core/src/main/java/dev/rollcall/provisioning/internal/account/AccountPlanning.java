package dev.rollcall.provisioning.internal.account;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.internal.guardrail.GuardrailCheck;
import dev.rollcall.provisioning.internal.guardrail.VanishedColumns;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanFacts;
import dev.rollcall.provisioning.internal.plan.PlanSummary;
import dev.rollcall.provisioning.internal.planning.Planning;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.spool.KeyOrder;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the plan of a run towards an application, as {@link Planning} does towards a directory. Immutable and thread-safe. */
public final class AccountPlanning {
    private static final Logger logger = LoggerFactory.getLogger(AccountPlanning.class);

    private final AccountRun run;

    public AccountPlanning(AccountRun run) {
        this.run = run;
    }

    public Plan plan() {
        Normalizations known = Normalizations.of(run.state(), run.target().name());
        checkAttributes();
        try (SourceRecords records = SourceRecords.read(
                run.source(), run.mapping().key(), run.selection(), run.input().clock(), run.memory())) {
            if (records.failure().isPresent()) {
                return unread(records, records.failure().get());
            }
            try (AccountIndex index = AccountIndex.read(run, records)) {
                return plan(records, index, new AccountComparison(run, known));
            }
        }
    }

    /** What the application would refuse of every account is told before the first. */
    private void checkAttributes() {
        Set<String> written = run.written();
        List<Problem> problems =
                run.target().writer().check(written, run.categories().allows(ChangeKind.CREATE)).stream()
                        .map(problem -> Problem.of(
                                problem.code(),
                                "mapping.attributes" + (problem.path().isEmpty() ? "" : "." + problem.path()),
                                run.target().name() + ": " + problem.message(),
                                problem.remedy()))
                        .toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** Nothing is planned on half a list. */
    private Plan unread(SourceRecords records, ConnectorException failure) {
        logger.atWarn()
                .addKeyValue("records", records.size())
                .addKeyValue("kind", failure.kind())
                .log("the source could not be read whole; nothing is planned");
        return JudgedPlan.of(PlanFacts.unread("", run.target().name(), records.reading()), Stream::empty);
    }

    private Plan plan(SourceRecords records, AccountIndex index, AccountComparison comparison) {
        Findings findings = new Findings();
        AccountJudgements judgements = new AccountJudgements(run, records, index, findings);
        judgements.judge();
        VanishedColumns vanished = new VanishedColumns(run.mapping());
        AccountDrafts drafts = new AccountDrafts(run, findings, comparison, vanished);
        try {
            seal(records, index, judgements, findings, drafts);
            return judged(records, index, judgements, findings, drafts, vanished);
        } catch (RuntimeException failed) {
            drafts.close();
            throw failed;
        }
    }

    private static void seal(
            SourceRecords records,
            AccountIndex index,
            AccountJudgements judgements,
            Findings findings,
            AccountDrafts drafts) {
        findings.count(Situation.UNLINKED, index.unlinked() - judgements.matched());
        findings.count(Situation.INVALID, records.keyless().size());
        Set<String> duplicated = new HashSet<>();
        records.eachInOrder(number -> {
            Situation situation = judgements.situation(number);
            String key = records.key(number);
            int account = judgements.account(number);
            boolean there = account != AccountJudgements.NO_ACCOUNT;
            if (situation == Situation.DUPLICATE_KEY) {
                findings.count(situation, duplicated.add(key) ? 1 : 0);
            } else if (situation.isConflict() || (!there && situation != Situation.ABSENT)) {
                findings.count(situation, 1);
            } else {
                Account present = there ? index.account(account) : null;
                findings.count(drafts.draft(key, records.record(number), situation, present), 1);
            }
        });
        records.complete().ifPresent(proof -> {
            // Keys and numbers only: it may be everybody who is missing.
            List<Map.Entry<String, Integer>> missing = new ArrayList<>();
            for (int account : judgements.missing(proof)) {
                missing.add(Map.entry(index.keys(index.account(account)).get(0), account));
            }
            missing.sort(Map.Entry.<String, Integer>comparingByKey(KeyOrder.INSTANCE)
                    .thenComparing(entry -> index.account(entry.getValue()).id()));
            findings.count(Situation.SOURCE_MISSING, missing.size());
            missing.forEach(entry -> drafts.missing(proof, entry.getKey(), index.account(entry.getValue())));
        });
    }

    private Plan judged(
            SourceRecords records,
            AccountIndex index,
            AccountJudgements judgements,
            Findings findings,
            AccountDrafts drafts,
            VanishedColumns vanished) {
        boolean matching = !run.mapping().match().isEmpty();
        GuardrailCheck check = new GuardrailCheck(run.guardrails(), run.allowed(), matching);
        check.vanished(vanished);
        PlanSummary before = new PlanSummary();
        try (Stream<AccountChange> all = drafts.stream()) {
            all.forEachOrdered(change -> {
                before.add(change);
                check.add(change);
            });
        }
        GuardrailVerdict verdict = check.verdict(new GuardrailCheck.Population(
                index.population() + judgements.matchedAndActive(),
                index.size(),
                index.unlinked() - judgements.matched(),
                records.size(),
                records.keyless().size(),
                records.complete().isPresent(),
                false));
        Supplier<Stream<Change>> changes = changes(drafts, verdict);
        PlanSummary left = PlanSummary.of(changes);
        Findings.Told told = findings.told();
        PlanFacts facts = new PlanFacts(
                "",
                run.target().name(),
                records.reading(),
                index.size(),
                told,
                verdict,
                PlanSummary.difference(before.counts(), left.counts()),
                drafts::close);
        logger.atInfo()
                .addKeyValue("target", run.target().name())
                .addKeyValue("records", records.size())
                .addKeyValue("accounts", index.size())
                .addKeyValue("planned", left.counts())
                .addKeyValue("conflicts", told.conflicts().size())
                .log("planned");
        return JudgedPlan.of(facts, changes, left);
    }

    private static Supplier<Stream<Change>> changes(AccountDrafts drafts, GuardrailVerdict verdict) {
        return switch (verdict.decision()) {
            case PASSED -> () -> drafts.stream().map(change -> change);
            case STOPPED -> Stream::empty;
            case DESTRUCTIVE_BLOCKED ->
                () -> drafts.stream()
                        .map(AccountPlanning::left)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull);
        };
    }

    /** What is left of a change without what takes something away; null if nothing. */
    private static @Nullable AccountChange left(AccountChange change) {
        if (!change.isDestructive()) {
            return change;
        }
        List<AttributeChange> attributes =
                change.attributes().stream().filter(one -> !one.isClearing()).toList();
        if (change.kind() != ChangeKind.MODIFY || attributes.isEmpty()) {
            return null;
        }
        AccountChange.Builder draft = change.toBuilder();
        draft.attributes(attributes);
        return draft.build();
    }
}
