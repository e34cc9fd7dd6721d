package dev.rollcall.provisioning;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountResult;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of an application, in memory: names are unique in any case, and a write of an account that is no longer
 * what was seen is stale. Not thread-safe: for one thread at a time.
 */
public final class InMemoryAccounts implements AccountWriter {
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    public final List<AccountWrite> writes = new ArrayList<>();
    public final Set<String> fixed = new HashSet<>();
    public final Set<String> dropped = new HashSet<>();

    /** What is wrong with the attributes of any mapping. */
    List<Problem> problems = List.of();

    /** Refuses a write; null lets it be. */
    public Function<AccountWrite, @Nullable ConnectorException> refusal = write -> null;

    /** Loses the response to a write that was made; null lets it come. */
    public Function<AccountWrite, @Nullable ConnectorException> lost = write -> null;

    /** Answers to a write that was not made; null makes it. */
    public Function<AccountWrite, @Nullable Account> answer = write -> null;

    /** Accounts that are there and not listed. */
    public Predicate<Account> unlisted = account -> false;

    /** Accounts that do not say whether they are active. */
    public final Set<String> unreadable = new HashSet<>();

    public int seats = Integer.MAX_VALUE;
    public int batchSize = 1;
    int pageSize = 10;

    /** How many accounts are listed before the list breaks off. */
    int listed = Integer.MAX_VALUE;

    private int made;

    public static ConnectorException refused(FailureKind kind, String code) {
        return new ConnectorException(kind, Problem.of(code, "", "refused: " + code, "ask there"));
    }

    /** Somebody else makes an account: name and value in turn. */
    public Account add(boolean active, String... attributes) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            values.put(attributes[i], List.of(attributes[i + 1]));
        }
        return put("a" + ++made, active, values);
    }

    private Account put(String id, boolean active, Map<String, List<String>> values) {
        String label = values.getOrDefault("userName", List.of(id)).get(0);
        Account account = Account.of(id, label, active, values);
        accounts.put(id, account);
        return account;
    }

    public Account get(String userName) {
        return accounts.values().stream()
                .filter(account -> account.label().equals(userName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + userName + " in " + all()));
    }

    public List<Account> all() {
        return List.copyOf(accounts.values());
    }

    /** Lists the accounts in another order from now on. */
    public void reorder(List<Account> order) {
        order.forEach(account -> accounts.remove(account.id()));
        order.forEach(account -> accounts.put(account.id(), account));
    }

    @Override
    public PageIterator<Account> accounts(Set<String> attributes) {
        List<Account> all = all().stream()
                .filter(unlisted.negate())
                .map(account -> unreadable.contains(account.id()) ? account.withUnknownState() : account)
                .toList();
        return PageIterator.of(token -> {
            int from = token == null ? 0 : Integer.parseInt(token);
            if (from >= listed) {
                throw refused(FailureKind.UNAVAILABLE, "status-503");
            }
            int until = Math.min(all.size(), from + pageSize);
            List<Account> some = all.subList(from, until);
            return until == all.size() ? Page.last(some) : Page.upTo(some, Integer.toString(until));
        });
    }

    @Override
    public List<Account> find(String attribute, String value, Set<String> attributes) {
        return accounts.values().stream()
                .filter(account -> account.values(attribute).stream().anyMatch(value::equalsIgnoreCase))
                .toList();
    }

    @Override
    public AccountResult write(AccountWrite write) {
        writes.add(write);
        ConnectorException refused = refusal.apply(write);
        if (refused != null) {
            throw refused;
        }
        Account instead = answer.apply(write);
        if (instead != null) {
            return AccountResult.done(instead);
        }
        AccountResult made = make(write);
        ConnectorException gone = lost.apply(write);
        if (gone != null) {
            throw gone;
        }
        return made;
    }

    private AccountResult make(AccountWrite write) {
        if (write.kind() == AccountWrite.Kind.CREATE) {
            return AccountResult.done(create(write.attributes()));
        }
        Account seen = write.seen().orElseThrow();
        Account present = accounts.get(seen.id());
        if (present == null || present.isActive() != seen.isActive() || changed(present, seen, write)) {
            throw refused(FailureKind.REJECTED, STALE);
        }
        if (write.kind() == AccountWrite.Kind.DELETE) {
            accounts.remove(seen.id());
            return AccountResult.done(null);
        }
        Map<String, List<String>> values = new LinkedHashMap<>(present.attributes());
        values.putAll(write.attributes());
        dropped.forEach(values::remove);
        boolean active = write.kind() == AccountWrite.Kind.ENABLE
                || (write.kind() == AccountWrite.Kind.MODIFY && present.isActive());
        return AccountResult.done(put(seen.id(), active, values));
    }

    private static boolean changed(Account present, Account seen, AccountWrite write) {
        return write.attributes().keySet().stream()
                .anyMatch(name -> !present.values(name).equals(seen.values(name)));
    }

    private Account create(Map<String, List<String>> attributes) {
        String name = attributes.get("userName").get(0);
        if (accounts.values().stream().anyMatch(account -> account.label().equalsIgnoreCase(name))) {
            throw refused(FailureKind.REJECTED, "exists");
        } else if (accounts.size() >= seats) {
            throw refused(FailureKind.REJECTED, "seat-limit");
        }
        Map<String, List<String>> values = new LinkedHashMap<>(attributes);
        dropped.forEach(values::remove);
        return put("a" + ++made, true, values);
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public Set<String> fixedAttributes() {
        return fixed;
    }

    @Override
    public String comparable(String attribute, String value) {
        boolean kelvin = value.indexOf('\u212A') >= 0; // a letter of its own, as in most applications
        return attribute.equalsIgnoreCase("userName") && !kelvin ? value.toLowerCase(Locale.ROOT) : value;
    }

    @Override
    public List<Problem> check(Collection<String> attributes, boolean creating) {
        return problems;
    }
}
