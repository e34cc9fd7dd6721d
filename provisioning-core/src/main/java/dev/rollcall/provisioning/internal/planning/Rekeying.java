package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.mapping.MatchRule;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.provisioning.internal.directory.Entries;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The entries that have another key than the record of their person: of people who return with a new key, and after a
 * renumbering. Not thread-safe: for one thread at a time.
 */
final class Rekeying {
    /**
     * The entries that a record without one may be about.
     *
     * @param entries hardly ever more than one
     * @param because what says so
     */
    record Claim(List<Integer> entries, String because) {
        static final Claim NONE = new Claim(List.of(), "");
    }

    private final RunSettings run;
    private final KeyRule key;
    private final List<MatchRule> rules;
    private final ManagedEntries managed;

    Rekeying(RunSettings run, ManagedEntries managed) {
        this.run = run;
        this.key = run.mapping().key();
        this.rules =
                run.mapping().match().stream().filter(MatchRule::takesRehires).toList();
        this.managed = managed;
    }

    /** Whether the mapping lets an entry get another key at all. */
    boolean isAllowed() {
        return !rules.isEmpty() || key.previousColumn().isPresent();
    }

    /** The keys that the users of these records had before, and that have to be looked up. */
    Set<String> previousKeys(List<UserRecord> records) {
        Set<String> keys = new LinkedHashSet<>();
        records.forEach(record -> key.previousOf(record).ifPresent(keys::add));
        return keys;
    }

    /**
     * Finds the entries of a record by its previous key, else by the first rule that takes rehires and finds any.
     *
     * @param candidate whether an entry has a key of which a record would be the new one
     * @throws MappingException if what says it could not be read
     */
    Claim of(UserRecord record, IntPredicate candidate) {
        Optional<ColumnPath> column = key.previousColumn();
        if (column.isPresent() && record.value(column.get()) instanceof Value.Unknown unknown) {
            throw new MappingException(
                    "",
                    Problem.of(
                            "unknown-value",
                            "key.previous",
                            "the value of '" + column.get() + "' could not be read: " + unknown.reason(),
                            "run again when the source can be read whole"));
        }
        Optional<String> previous = key.previousOf(record);
        if (previous.isPresent()) {
            List<Integer> found = managed.byKey(previous.get()).stream()
                    .filter(candidate::test)
                    .toList();
            if (!found.isEmpty()) {
                return new Claim(found, "the record has it as its previous key");
            }
        }
        for (MatchRule rule : rules) {
            List<Integer> found = rule.value(record, run.input().formats()).stream()
                    .flatMap(value -> managed.byRehire(rule.attribute(), value).stream())
                    .filter(candidate::test)
                    .toList();
            if (!found.isEmpty()) {
                return new Claim(found, "both have the same " + rule.attribute());
            }
        }
        return Claim.NONE;
    }

    /** Why an entry cannot get another key by a modification; empty if it can. */
    Optional<String> obstacle(int number) {
        ReadOnlyEntry entry = managed.entry(number);
        if (managed.hasSeveralKeys(number)) {
            return Optional.of("it has several keys, of which a person must take out the old one");
        }
        boolean named = Arrays.stream(Entries.dn(entry).getRDN().getAttributeNames())
                .anyMatch(key.attribute()::equalsIgnoreCase);
        return named ? Optional.of("its DN begins with its key, so a person must rename it") : Optional.empty();
    }
}
