package dev.rollcall.provisioning.internal.account;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.provisioning.internal.guardrail.Blocking;
import dev.rollcall.provisioning.internal.guardrail.GuardrailCheck;
import dev.rollcall.provisioning.internal.guardrail.VanishedColumns;
import dev.rollcall.provisioning.internal.plan.BlockedChanges;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanFacts;
import dev.rollcall.provisioning.internal.plan.PlanSummary;
import dev.rollcall.provisioning.internal.planning.Planning;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import dev.rollcall.provisioning.internal.spool.KeyOrder;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.plan.AccountChange;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the plan of a run towards an application, as {@link Planning} does towards a directory. Immutable and thread-safe. */
public final class AccountPlanning {
    private static final Logger logger = LoggerFactory.getLogger(AccountPlanning.class);

    private final AccountRun run;
    private final PlanWatch watch;

    public AccountPlanning(AccountRun run, PlanWatch watch) {
        this.run = run;
        this.watch = watch;
    }

    public Plan plan() {
        Normalizations known =
                Normalizations.of(run.storage().state(), run.target().name());
        new AccountAttributes(run).refuse();
        SourceAccess source = watch.watched(run.input().source());
        try (SourceRecords records = SourceRecords.read(
                source,
                run.mapping().key(),
                run.mapping().columns(),
                run.input().selection(),
                this::comparableKey,
                run.input().clock(),
                run.storage().memory())) {
            if (records.failure().isPresent()) {
                return unread(records, records.failure().get());
            }
            try (AccountIndex index = AccountIndex.read(run, records, watch)) {
                watch.scannedAll();
                return plan(records, index, new AccountComparison(run, known));
            }
        }
    }

    private String comparableKey(String key) {
        String attribute = run.mapping().key().attribute();
        return run.mapping().key().normalize(run.target().writer().comparable(attribute, key));
    }

    /** Nothing is planned on half a list. */
    private Plan unread(SourceRecords records, ConnectorException failure) {
        logger.atWarn()
                .addKeyValue("records", records.size())
                .addKeyValue("kind", failure.kind())
                .log("the source could not be read whole; nothing is planned");
        PlanFacts facts = PlanFacts.unread("", run.target().name(), records.reading(), run.owner());
        return JudgedPlan.of(facts, Stream::empty);
    }

    private Plan plan(SourceRecords records, AccountIndex index, AccountComparison comparison) {
        Findings findings = new Findings(run.storage().memory());
        try {
            AccountJudgements judgements = new AccountJudgements(run, records, index, findings);
            judgements.judge();
            List<Integer> absent = new ArrayList<>();
            records.eachInOrder(number -> {
                if (judgements.situation(number) == Situation.ABSENT) {
                    absent.add(number);
                }
            });
            if (!run.policies().categories().allows(ChangeKind.CREATE) || !index.findUnlisted(records, absent)) {
                return plan(records, index, comparison, findings, judgements);
            }
        } catch (RuntimeException | Error failed) {
            findings.close();
            throw failed;
        }
        findings.close();
        return judgedAgain(records, index, comparison);
    }

    private Plan judgedAgain(SourceRecords records, AccountIndex index, AccountComparison comparison) {
        Findings findings = new Findings(run.storage().memory());
        try {
            AccountJudgements judgements = new AccountJudgements(run, records, index, findings);
            judgements.judge();
            return plan(records, index, comparison, findings, judgements);
        } catch (RuntimeException | Error failed) {
            findings.close();
            throw failed;
        }
    }

    private Plan plan(
            SourceRecords records,
            AccountIndex index,
            AccountComparison comparison,
            Findings findings,
            AccountJudgements judgements) {
        judgements.confirmMissing();
        if (records.failure().isPresent()) {
            findings.close();
            return unread(records, records.failure().get());
        }
        findings.notFound(run.input().selection().spellings().entrySet().stream()
                .filter(each -> records.find(each.getValue()) < 0
                        && index.byKey(each.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .toList());
        VanishedColumns vanished = new VanishedColumns(run.mapping());
        AccountDrafts drafts = new AccountDrafts(run, findings, comparison, vanished);
        try {
            seal(records, index, judgements, findings, drafts);
            return judged(records, index, judgements, findings, drafts, vanished);
        } catch (RuntimeException | Error failed) {
            drafts.close();
            throw failed;
        }
    }

    private void seal(
            SourceRecords records,
            AccountIndex index,
            AccountJudgements judgements,
            Findings findings,
            AccountDrafts drafts) {
        findings.count(Situation.UNLINKED, index.unlinked() - judgements.matched());
        findings.count(Situation.INVALID, records.keyless().size());
        Set<String> duplicated = new HashSet<>();
        int[] done = new int[1];
        records.eachInOrder(number -> {
            watch.planned(++done[0], records.size());
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
        GuardrailCheck check = new GuardrailCheck(
                run.policies().guardrails(),
                run.policies().allowed(),
                matching,
                run.mapping().key().attribute());
        check.vanished(vanished);
        check.conflicts(findings.conflicts());
        if (records.complete().isPresent()
                && records.size() > 0
                && records.keyless().size() == records.size()) {
            check.useless(Optional.of("no key in column " + run.mapping().key().column()));
        }
        PlanSummary before = new PlanSummary();
        try (Stream<AccountChange> all = drafts.stream()) {
            all.forEachOrdered(change -> {
                before.add(change);
                check.add(change);
            });
        }
        GuardrailVerdict verdict = new AccountPopulation(run, records, index, judgements).verdict(check, drafts);
        BlockedChanges blocked = new BlockedChanges(run.storage().memory());
        Supplier<Stream<Change>> changes = changes(drafts, verdict, blocked);
        boolean stopped = verdict.decision() == GuardrailVerdict.Decision.STOPPED;
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
                stopped ? drafts::changes : blocked::accounts,
                run.owner(),
                () -> {
                    blocked.close();
                    drafts.close();
                    findings.close();
                });
        logger.atInfo()
                .addKeyValue("target", run.target().name())
                .addKeyValue("records", records.size())
                .addKeyValue("accounts", index.size())
                .addKeyValue("planned", left.counts())
                .addKeyValue("conflicts", told.conflicts().size())
                .log("planned");
        return JudgedPlan.of(facts, changes, left);
    }

    /** What is left of a plan; what limits take out of it goes to {@code blocked}. */
    private static Supplier<Stream<Change>> changes(
            AccountDrafts drafts, GuardrailVerdict verdict, BlockedChanges blocked) {
        return switch (verdict.decision()) {
            case PASSED -> () -> drafts.stream().map(change -> change);
            case STOPPED -> Stream::empty;
            case REDUCED -> {
                Blocking blocking = new Blocking(verdict);
                try (Stream<AccountChange> all = drafts.stream()) {
                    all.map(blocking::taken)
                            .filter(Objects::nonNull)
                            .map(Objects::requireNonNull)
                            .forEachOrdered(blocked::add);
                }
                yield () -> drafts.stream()
                        .map(blocking::left)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull);
            }
        };
    }
}
