package dev.rollcall.provisioning.internal.account;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.provisioning.internal.guardrail.VanishedColumns;
import dev.rollcall.provisioning.internal.plan.AccountCodec;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.WholenessJudge.CompleteRead;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Explained;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Drafts the changes of accounts and spools them by stage: ends, deletes, links, modifications, replacements, accounts that
 * are enabled, new ones. What ends comes first, and what a full application refuses comes last, so that it keeps nobody
 * else waiting. No account has two changes within one stage, but for replacements. Not thread-safe: for one thread at a
 * time.
 */
final class AccountDrafts implements AutoCloseable {
    private final AccountRun run;
    private final Findings findings;
    private final VanishedColumns vanished;
    private final AccountComparison comparison;
    private final Spool ends;
    private final Spool deletes;
    private final Spool links;
    private final Spool modifications;
    private final Spool replacements;
    private final Spool enables;
    private final Spool creates;
    private boolean touched;

    AccountDrafts(AccountRun run, Findings findings, AccountComparison comparison, VanishedColumns vanished) {
        this.run = run;
        this.vanished = vanished;
        this.findings = findings;
        this.comparison = comparison;
        this.ends = new Spool(run.storage().memory());
        this.deletes = new Spool(run.storage().memory());
        this.links = new Spool(run.storage().memory());
        this.modifications = new Spool(run.storage().memory());
        this.replacements = new Spool(run.storage().memory());
        this.enables = new Spool(run.storage().memory());
        this.creates = new Spool(run.storage().memory());
    }

    /** The changes, stage after stage, within each in the order of the keys; one is decoded at a time. */
    Stream<AccountChange> stream() {
        return Stream.of(ends, deletes, links, modifications, replacements, enables, creates)
                .map(stage -> stage.items().map(AccountCodec::change))
                .reduce(Stream.empty(), Stream::concat);
    }

    /** The same, for who does not care what kind of change it is. */
    Stream<Change> changes() {
        return stream().map(change -> change);
    }

    /** Drafts what a person in a record gets, and returns the situation. */
    Situation draft(String key, UserRecord record, Situation situation, @Nullable Account present) {
        touched = false;
        Situation result = switch (situation) {
            case ABSENT -> create(key, record);
            case MATCHED, CONFIRMED -> present(key, record, situation, java.util.Objects.requireNonNull(present));
            default -> leaver(key, record, situation, java.util.Objects.requireNonNull(present));
        };
        if (!touched && result == situation && situation == Situation.CONFIRMED) {
            findings.unchanged();
            explain(key, record, java.util.Objects.requireNonNull(present));
        }
        return result;
    }

    private void explain(String key, UserRecord record, Account present) {
        if (run.input().formats().isExplained()) {
            MappingInput given = run.input().formats().existing(AccountComparison.entry(present));
            findings.explained(new Explained(
                    key,
                    present.label(),
                    Situation.CONFIRMED,
                    "the account has every value that the mapping gives",
                    run.mapping().map(record, given).because()));
        }
    }

    /** Drafts the end of an account whose person is in no record. */
    void missing(CompleteRead proof, String key, Account present) {
        java.util.Objects.requireNonNull(proof, "proof");
        if (run.input().formats().isExplained()) {
            String reason = "no record has this key; the source was read whole";
            findings.explained(new Explained(key, present.label(), Situation.SOURCE_MISSING, reason, Map.of()));
        }
        Leavers.Action action = run.policies().leavers().sourceMissing();
        if (action == Leavers.Action.DELETE) {
            emit(deletes, leaving(ChangeKind.DELETE, key, Situation.SOURCE_MISSING, present));
        } else if (action != Leavers.Action.IGNORE && !present.isInactive()) {
            emit(ends, leaving(ChangeKind.DISABLE, key, Situation.SOURCE_MISSING, present));
        }
    }

    private Situation create(String key, UserRecord record) {
        DesiredEntry wanted = map(key, record, null);
        if (wanted == null) {
            return Situation.INVALID;
        }
        emit(creates, made(key, Situation.ABSENT, comparison.created(wanted)));
        return Situation.ABSENT;
    }

    private AccountChange.Builder made(String key, Situation situation, List<AttributeChange> attributes) {
        AccountChange.Builder draft = AccountChange.builder(ChangeKind.CREATE, key, situation);
        draft.attributes(attributes);
        draft.label(attributes.stream()
                .filter(change -> change.name().equalsIgnoreCase("userName")
                        && change.after().size() == 1)
                .map(change -> change.after().get(0).stringValue())
                .findFirst()
                .orElse(""));
        return draft;
    }

    private Situation present(String key, UserRecord record, Situation situation, Account present) {
        DesiredEntry wanted = map(key, record, present);
        if (wanted == null) {
            return Situation.INVALID;
        }
        boolean linking = situation == Situation.MATCHED;
        if (!linking) {
            vanished.add(record, wanted, name -> !present.values(name).isEmpty(), intent -> false);
        }
        AccountComparison.Difference difference = comparison.difference(present, wanted, linking);
        List<AttributeChange> rest = new ArrayList<>(difference.ordinary());
        if (linking) {
            String keyAttribute = run.mapping().key().attribute();
            AccountChange.Builder link = change(ChangeKind.LINK, key, situation, present);
            List<AttributeChange> own = rest.stream()
                    .filter(each -> each.name().equalsIgnoreCase(keyAttribute))
                    .toList();
            link.attributes(own);
            rest.removeAll(own);
            if (!emit(links, link)) {
                return situation;
            }
        }
        if (!difference.fixed().isEmpty()) {
            return fixed(key, record, situation, present, difference, rest);
        }
        modify(key, situation, present, rest, false);
        if (!present.isActive()) {
            return enable(key, situation, present);
        }
        return situation;
    }

    private Situation enable(String key, Situation situation, Account present) {
        if (!present.isInactive()) {
            return findings.conflict(
                    Situation.DISABLED_ELSEWHERE,
                    key,
                    run.target().name() + " does not say whether " + present.label() + " is active; it is not enabled");
        }
        if (run.policies().enabling() == Enabling.NEVER) {
            return findings.conflict(Situation.DISABLED_ELSEWHERE, key, present.label() + " is disabled, and stays so");
        }
        emit(enables, change(ChangeKind.ENABLE, key, situation, present));
        return situation;
    }

    /** The application never changes these: another account is made, or a person looks. */
    private Situation fixed(
            String key,
            UserRecord record,
            Situation situation,
            Account present,
            AccountComparison.Difference difference,
            List<AttributeChange> rest) {
        List<String> names =
                difference.fixed().stream().map(AttributeChange::name).toList();
        if (!run.target().replaces()) {
            modify(key, situation, present, rest, false);
            return findings.conflict(
                    Situation.REPLACEMENT_NEEDED,
                    key,
                    String.join(", ", names) + " of " + present.label() + " has changed, which "
                            + run.target().name()
                            + " never changes in an account; say fixedAttributes: replace in the policy to disable it"
                            + " and make another");
        }
        DesiredEntry wanted = map(key, record, null);
        if (wanted == null) {
            return Situation.INVALID;
        }
        boolean mayEnd = allowed(ChangeKind.DISABLE, key);
        boolean mayBegin = allowed(ChangeKind.CREATE, key);
        if (mayEnd && mayBegin) {
            if (!present.isInactive()) {
                AccountChange.Builder old = change(ChangeKind.DISABLE, key, situation, present);
                old.replacement(true);
                replacements.append(AccountCodec.encode(old.build()));
            }
            AccountChange.Builder made = made(key, situation, comparison.created(wanted));
            made.replacement(true);
            replacements.append(AccountCodec.encode(made.build()));
        }
        return situation;
    }

    /** The account ends even if its record cannot be mapped; what can, stays in step. */
    private Situation leaver(String key, UserRecord record, Situation situation, Account present) {
        Leavers.Action action = situation == Situation.INACTIVE
                ? run.policies().leavers().inactive()
                : run.policies().leavers().outOfScope();
        if (action == Leavers.Action.IGNORE) {
            return situation;
        }
        DesiredEntry wanted = map(key, record, present);
        if (wanted != null) {
            modify(
                    key,
                    situation,
                    present,
                    comparison.difference(present, wanted, false).ordinary(),
                    true);
        }
        if (!present.isInactive()) {
            emit(ends, leaving(ChangeKind.DISABLE, key, situation, present));
        }
        return situation;
    }

    private void modify(
            String key, Situation situation, Account present, List<AttributeChange> attributes, boolean leaver) {
        if (!attributes.isEmpty()) {
            AccountChange.Builder draft = change(ChangeKind.MODIFY, key, situation, present);
            draft.attributes(attributes);
            draft.leaver(leaver);
            emit(modifications, draft);
        }
    }

    private @Nullable DesiredEntry map(String key, UserRecord record, @Nullable Account present) {
        try {
            MappingInput given = present == null
                    ? run.input().formats().withoutExisting()
                    : run.input().formats().existing(AccountComparison.entry(present));
            return run.mapping().map(record, given);
        } catch (MappingException failed) {
            String at = failed.attribute().isEmpty() ? "" : failed.attribute() + ": ";
            findings.conflict(Situation.INVALID, key, at + failed.problem().message());
        } catch (RollcallException failed) {
            findings.conflict(Situation.INVALID, key, failed.problem().message());
        }
        return null;
    }

    private AccountChange.Builder change(ChangeKind kind, String key, Situation situation, Account present) {
        AccountChange.Builder draft = AccountChange.builder(kind, key, situation);
        draft.id(present.id());
        draft.label(present.label());
        draft.active(!present.isInactive());
        draft.identity(present.values(run.mapping().key().attribute()));
        draft.version(present.version().orElse(null));
        return draft;
    }

    private AccountChange.Builder leaving(ChangeKind kind, String key, Situation situation, Account present) {
        AccountChange.Builder draft = change(kind, key, situation, present);
        draft.leaver(true);
        return draft;
    }

    private boolean allowed(ChangeKind kind, String key) {
        touched = true;
        if (run.policies().categories().allows(kind)) {
            return true;
        }
        findings.withheld(kind, key);
        return false;
    }

    private boolean emit(Spool spool, AccountChange.Builder draft) {
        AccountChange change = draft.build();
        boolean allowed = allowed(change.kind(), change.key());
        if (allowed) {
            spool.append(AccountCodec.encode(change));
        }
        return allowed;
    }

    @Override
    public void close() {
        ends.close();
        deletes.close();
        links.close();
        modifications.close();
        replacements.close();
        enables.close();
        creates.close();
    }
}
