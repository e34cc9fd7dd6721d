package dev.rollcall.provisioning.internal.account;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.mapping.MatchRule;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.provisioning.internal.plan.AccountCodec;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.records.WholenessJudge;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.Spool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The accounts of an application, spooled as their pages came, found by key and by what match rules look at. Not
 * thread-safe: for one thread at a time.
 */
final class AccountIndex implements AutoCloseable {
    /** So many people are asked for one by one; for more, everybody is listed. */
    private static final int FEW = 50;

    /** So many are looked up before they get an account; if one of them has one, all are. */
    private static final int MOST_LOOK_UPS = 200;

    private final AccountRun run;
    private final PlanWatch watch;
    private final AccountWriter writer;
    private final WholenessJudge<Account> judge;
    private Spool spool;
    private final List<Long> positions = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private HashIndex byKey = new HashIndex();
    private final Map<String, HashIndex> byMatch = new HashMap<>();
    private final BitSet active = new BitSet();
    private final BitSet keyed = new BitSet();
    private final BitSet isProtected = new BitSet();

    private boolean whole;

    private AccountIndex(AccountRun run, PlanWatch watch) {
        this.run = run;
        this.watch = watch;
        this.writer = run.target().writer();
        this.judge = new WholenessJudge<>(run.input().clock());
        this.spool = new Spool(run.storage().memory());
        run.mapping().match().forEach(rule -> byMatch.put(rule.attribute(), new HashIndex()));
    }

    /**
     * Reads the accounts, to the end.
     *
     * @throws ConnectorException if the list is incomplete: half a list would double the people of the other half
     */
    static AccountIndex read(AccountRun run, SourceRecords records, PlanWatch watch) {
        AccountIndex index = new AccountIndex(run, watch);
        try {
            // An application knows nothing of our spellings of a key: 00042 is not found by 42.
            boolean spelled = Set.of(KeyRule.Normalization.TRIM)
                    .containsAll(run.mapping().key().normalizations());
            boolean few = spelled
                    && !run.input().selection().isEverybody()
                    && run.input().selection().keys().size() <= FEW;
            if (!few || !index.findSome(records)) {
                index.readAll();
                index.whole = true;
            }
            return index;
        } catch (RuntimeException | Error failed) {
            index.close();
            throw failed;
        }
    }

    private void readAll() {
        judge.read(() -> writer.accounts(run.attributes()), new WholenessJudge.Taker<>() {
            @Override
            public void begin() {
                forget();
                watch.scanning();
            }

            @Override
            public void take(Page<Account> page, ListReading reading) {
                page.total().ifPresent(watch::expected);
                page.items().forEach(account -> {
                    note(account, reading);
                    add(account);
                });
            }
        });
    }

    private static void note(Account account, ListReading reading) {
        reading.record(account.id(), Arrays.hashCode(AccountCodec.encode(account)));
    }

    private void forget() {
        if (!positions.isEmpty()) {
            spool.close();
            spool = new Spool(run.storage().memory());
        }
        positions.clear();
        ids.clear();
        byKey = new HashIndex();
        byMatch.replaceAll((attribute, index) -> new HashIndex());
        active.clear();
        keyed.clear();
        isProtected.clear();
    }

    /**
     * Looks people up who have no account in the list, by key and by match rules, before they get one: some applications
     * list only the accounts that are active, others an empty list where rights are missing.
     *
     * @param absent the numbers of their records, in order
     * @return whether an account was found
     */
    boolean findUnlisted(SourceRecords records, List<Integer> absent) {
        boolean found = false;
        try {
            for (int i = 0; i < absent.size() && (i < MOST_LOOK_UPS || found); i++) {
                int number = absent.get(i);
                String attribute = run.mapping().key().attribute();
                found |= addAll(writer.find(attribute, records.key(number), run.attributes()));
                for (MatchRule rule : run.mapping().match()) {
                    for (String value : value(rule, records, number)) {
                        found |= addAll(writer.find(rule.attribute(), value, run.attributes()));
                    }
                }
            }
        } catch (ConnectorException failed) {
            if (failed.kind() != FailureKind.UNSUPPORTED) {
                throw failed;
            }
        }
        return found;
    }

    private boolean addAll(List<Account> found) {
        int before = size();
        found.forEach(this::add);
        return size() > before;
    }

    /** Asks for those alone who are wanted; false if the application cannot be asked like that. */
    private boolean findSome(SourceRecords records) {
        String attribute = run.mapping().key().attribute();
        try {
            for (String key : run.input().selection().keys()) {
                writer.find(attribute, key, run.attributes()).forEach(this::add);
            }
            List<Integer> numbers = new ArrayList<>();
            records.eachInOrder(numbers::add);
            for (int number : numbers) {
                for (MatchRule rule : run.mapping().match()) {
                    for (String value : value(rule, records, number)) {
                        writer.find(rule.attribute(), value, run.attributes()).forEach(this::add);
                    }
                }
            }
            return true;
        } catch (ConnectorException failed) {
            if (failed.kind() == FailureKind.UNSUPPORTED) {
                return false;
            }
            throw failed;
        }
    }

    private List<String> value(MatchRule rule, SourceRecords records, int number) {
        try {
            return rule.value(records.record(number), run.input().formats()).stream()
                    .toList();
        } catch (MappingException failed) {
            return List.of(); // told when the record is judged
        }
    }

    private void add(Account account) {
        if (!ids.add(account.id())) {
            return;
        }
        watch.scanned();
        int number = positions.size();
        positions.add(spool.append(AccountCodec.encode(account)));
        active.set(number, !account.isInactive());
        isProtected.set(number, run.target().isProtected(account));
        for (String key : keys(account)) {
            keyed.set(number);
            byKey.put(key, number);
        }
        byMatch.forEach((attribute, index) ->
                account.values(attribute).forEach(value -> index.put(writer.comparable(attribute, value), number)));
    }

    /** The keys of an account, in the form in which they are compared. */
    List<String> keys(Account account) {
        String attribute = run.mapping().key().attribute();
        return account.values(attribute).stream()
                .map(this::comparableKey)
                .filter(key -> !key.isBlank())
                .toList();
    }

    private String comparableKey(String key) {
        String attribute = run.mapping().key().attribute();
        return run.mapping().key().normalize(writer.comparable(attribute, key));
    }

    Account account(int number) {
        return AccountCodec.account(spool.read(positions.get(number)));
    }

    List<Integer> byKey(String key) {
        String wanted = comparableKey(key);
        List<Integer> found = new ArrayList<>();
        byKey.each(wanted, number -> {
            if (!found.contains(number) && keys(account(number)).contains(wanted)) {
                found.add(number);
            }
        });
        return found;
    }

    /** The accounts whose attribute has this value. */
    List<Integer> byMatch(String attribute, String value) {
        String wanted = writer.comparable(attribute, value);
        List<Integer> found = new ArrayList<>();
        HashIndex index = byMatch.get(attribute);
        if (index != null) {
            index.each(wanted, number -> {
                boolean has = account(number).values(attribute).stream()
                        .anyMatch(each -> writer.comparable(attribute, each).equals(wanted));
                if (has && !found.contains(number)) {
                    found.add(number);
                }
            });
        }
        return found;
    }

    int size() {
        return positions.size();
    }

    /** {@return whether it can be used, or may be} */
    boolean isActive(int number) {
        return active.get(number);
    }

    boolean isProtected(int number) {
        return isProtected.get(number);
    }

    boolean isKeyed(int number) {
        return keyed.get(number);
    }

    /** Whether these are all that the application lists. */
    boolean isWhole() {
        return whole;
    }

    /** How many have a key. */
    int keyed() {
        return keyed.cardinality();
    }

    int unlinked() {
        return size() - keyed.cardinality();
    }

    /** How many managed accounts can be used. */
    int population() {
        BitSet both = (BitSet) keyed.clone();
        both.and(active);
        return both.cardinality();
    }

    @Override
    public void close() {
        spool.close();
    }
}
