package dev.rollcall.provisioning.internal.account;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.PageLimits;
import dev.rollcall.provisioning.internal.directory.Octets;
import dev.rollcall.provisioning.internal.guardrail.GuardrailCheck;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.state.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts what the guardrails measure a plan for an application by, and finds out whether its list of accounts can be all
 * of them. Not thread-safe: for one thread at a time.
 */
final class AccountPopulation {
    /** So many of those who would be created are searched for, if the application lists nobody. */
    private static final int ASKED = 20;

    private final AccountRun run;
    private final SourceRecords records;
    private final AccountIndex index;
    private final AccountJudgements judgements;
    private final Optional<StateStore.Accounts> last;

    AccountPopulation(AccountRun run, SourceRecords records, AccountIndex index, AccountJudgements judgements) {
        this.run = run;
        this.records = records;
        this.index = index;
        this.judgements = judgements;
        this.last = run.storage().state().accounts(run.target().name());
    }

    GuardrailVerdict verdict(GuardrailCheck check, AccountDrafts drafts) {
        if (index.isWhole()) {
            check.accounts(new GuardrailCheck.Accounts(
                    last.map(StateStore.Accounts::accounts).orElse(0L), found(check, drafts)));
            if (last.filter(StateStore.Accounts::loading).isPresent() && check.onlyAdds()) {
                check.firstLoad();
            }
        }
        GuardrailVerdict verdict = check.verdict(population(index.population(), index.keyed(), index.size()));
        if (index.isWhole() || verdict.tripped().isEmpty()) {
            return verdict;
        }
        return check.verdict(everybody());
    }

    private GuardrailCheck.Population population(int active, int keyed, int all) {
        return new GuardrailCheck.Population(
                active + judgements.matchedAndActive(),
                keyed + judgements.matched(),
                keyed,
                all,
                all - keyed - judgements.matched(),
                records.size(),
                records.keyless().size(),
                records.complete().isPresent(),
                false);
    }

    /** A few accounts were asked for one by one; a percentage is of all. */
    private GuardrailCheck.Population everybody() {
        int active = 0;
        int keyed = 0;
        int all = 0;
        Set<String> attributes = Set.of(run.mapping().key().attribute());
        try (PageIterator<Account> pages = PageIterator.guarded(
                run.target().writer().accounts(attributes),
                PageLimits.defaults(),
                run.input().clock())) {
            while (pages.hasNext()) {
                for (Account account : pages.next().items()) {
                    boolean hasKey = !index.keys(account).isEmpty();
                    all++;
                    keyed += hasKey ? 1 : 0;
                    active += hasKey && account.isActive() ? 1 : 0;
                }
            }
        }
        return population(active, keyed, all);
    }

    /** An account that a search finds, although the application lists nobody. */
    private Optional<String> found(GuardrailCheck check, AccountDrafts drafts) {
        if (index.size() > 0 || !check.createsAny()) {
            return Optional.empty();
        }
        Set<String> names =
                run.mapping().match().stream().map(rule -> rule.attribute()).collect(Collectors.toSet());
        names.add(run.mapping().key().attribute());
        List<AccountChange> some;
        try (Stream<AccountChange> all = drafts.stream()) {
            some = all.filter(change -> change.kind() == ChangeKind.CREATE)
                    .limit(ASKED)
                    .toList();
        }
        for (AccountChange change : some) {
            for (AttributeChange attribute : change.attributes()) {
                Optional<String> account = names.contains(attribute.name()) ? found(attribute) : Optional.empty();
                if (account.isPresent()) {
                    return account;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> found(AttributeChange attribute) {
        AccountWriter writer = run.target().writer();
        try {
            for (String value : Octets.texts(attribute.after())) {
                List<Account> accounts = writer.find(attribute.name(), value, Set.of(attribute.name()));
                if (!accounts.isEmpty()) {
                    return Optional.of("a search by " + attribute.name() + " finds "
                            + accounts.get(0).label());
                }
            }
        } catch (ConnectorException failed) {
            if (failed.kind() != FailureKind.UNSUPPORTED) {
                throw failed;
            }
        }
        return Optional.empty();
    }
}
