package dev.rollcall.provisioning.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** State in memory. Thread-safe. */
final class MemoryState implements StateStore {
    private record Place(String entry, String attribute) {}

    /** By target, then by entry and attribute. */
    private final Map<String, Map<Place, Normalization>> remembered = new TreeMap<>();

    private final Map<String, Integer> accounts = new TreeMap<>();

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
    public synchronized OptionalInt accounts(String target) {
        Integer known = accounts.get(target);
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }

    @Override
    public synchronized void rememberAccounts(String target, int count) {
        accounts.put(target, count);
    }

    /** How many accounts are remembered, by application. */
    synchronized Map<String, Integer> accounts() {
        return new TreeMap<>(accounts);
    }

    /** The targets of which something is remembered. */
    synchronized List<String> targets() {
        return new ArrayList<>(remembered.keySet());
    }
}
