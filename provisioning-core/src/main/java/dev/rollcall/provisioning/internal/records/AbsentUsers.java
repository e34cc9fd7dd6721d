package dev.rollcall.provisioning.internal.records;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Asks a source about entries that no record has the key of. A user who is found by key, but should not have an account,
 * is a leaver all the same. Not thread-safe: for one thread at a time.
 *
 * @param comparable the form in which keys are compared
 * @param keysOf the keys of an entry, in this form
 * @param isUser whether a record is about somebody who should have an account
 */
record AbsentUsers(
        SourceAccess source,
        KeyRule key,
        UnaryOperator<String> comparable,
        Function<Integer, List<String>> keysOf,
        Predicate<UserRecord> isUser,
        Supplier<Optional<String>> present)
        implements WholenessJudge.Absence<UserRecord, Integer> {
    @Override
    public List<String> keys(Integer entry) {
        return keysOf.apply(entry);
    }

    @Override
    public Optional<Set<Integer>> lookUp(List<Integer> missing) {
        // An application knows nothing of our spellings of a key: 00042 is not found by 42.
        if (!Set.of(KeyRule.Normalization.TRIM).containsAll(key.normalizations())) {
            return Optional.empty();
        }
        Set<String> wanted = new HashSet<>();
        missing.forEach(entry -> wanted.addAll(keysOf.apply(entry)));
        // Somebody who is in the list must be found too: else the look-up is not what it seems, and proves nothing.
        Optional<String> known = present.get();
        known.ifPresent(wanted::add);
        Set<String> asked = wanted.stream().map(comparable).collect(Collectors.toSet());
        Set<String> found = new HashSet<>();
        boolean seen = false;
        try (PageIterator<UserRecord> pages = source.fetchUsers(UserQuery.byKeys(List.copyOf(wanted)))) {
            while (pages.hasNext()) {
                for (UserRecord record : pages.next().items()) {
                    Optional<String> had = key.of(record).map(comparable);
                    if (had.isPresent() && !asked.contains(had.get())) {
                        return Optional.empty(); // the application answers with others than were asked for
                    }
                    seen |= had.isPresent() && had.equals(known.map(comparable));
                    if (isUser.test(record)) {
                        had.ifPresent(found::add);
                    }
                }
            }
        } catch (ConnectorException failed) {
            if (failed.kind() == FailureKind.UNSUPPORTED) {
                return Optional.empty();
            }
            throw failed;
        }
        if (known.isPresent() && !seen) {
            return Optional.empty();
        }
        Set<Integer> there = new HashSet<>();
        missing.stream()
                .filter(entry -> keysOf.apply(entry).stream().anyMatch(found::contains))
                .forEach(there::add);
        return Optional.of(there);
    }

    @Override
    public PageIterator<UserRecord> keysOnly() {
        return source.fetchUsers(source.query().columns(Set.of(key.column().column())));
    }

    @Override
    public void note(Page<UserRecord> page, ListReading reading) {
        for (UserRecord record : page.items()) {
            reading.record(key.of(record).map(comparable).orElse(null), record.fingerprint());
        }
    }
}
