package dev.rollcall.provisioning.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** State in memory. Thread-safe. */
final class MemoryState implements StateStore {
    private record Place(String entry, String attribute) {}

    /** By target, then by entry and attribute. */
    private final Map<String, Map<Place, Normalization>> remembered = new TreeMap<>();

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

    /** The targets of which something is remembered. */
    synchronized List<String> targets() {
        return new ArrayList<>(remembered.keySet());
    }
}
