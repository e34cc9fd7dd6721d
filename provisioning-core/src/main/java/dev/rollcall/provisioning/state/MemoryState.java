package dev.rollcall.provisioning.state;

import dev.rollcall.provisioning.journal.Journal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** State in memory. Thread-safe. */
final class MemoryState implements StateStore {
    private record Place(String entry, String attribute) {}

    /** By target, then by entry and attribute. */
    private final Map<String, Map<Place, Normalization>> remembered = new TreeMap<>();

    private final Map<String, Accounts> accounts = new TreeMap<>();
    private final @Nullable Journal journal;

    MemoryState() {
        this(null);
    }

    MemoryState(@Nullable Journal journal) {
        this.journal = journal;
    }

    @Override
    public Optional<Journal> journal() {
        return Optional.ofNullable(journal);
    }

    @Override
    public synchronized List<Normalization> normalizations(String target) {
        return new ArrayList<>(remembered.getOrDefault(target, Map.of()).values());
    }

    @Override
    public synchronized void remember(String target, Collection<Normalization> normalizations) {
        Map<Place, Normalization> known = remembered.computeIfAbsent(target, none -> new LinkedHashMap<>());
        normalizations.forEach(each ->
                known.put(new Place(each.id(), each.attribute().toLowerCase(Locale.ROOT)), each));
    }

    @Override
    public synchronized Optional<Accounts> accounts(String target) {
        return Optional.ofNullable(accounts.get(target));
    }

    @Override
    public synchronized void remember(String target, Accounts left) {
        accounts.put(target, left);
    }

    /** What is remembered of the accounts of each application. */
    synchronized Map<String, Accounts> accounts() {
        return new TreeMap<>(accounts);
    }

    /** The targets of which something is remembered. */
    synchronized List<String> targets() {
        return new ArrayList<>(remembered.keySet());
    }
}
