package dev.rollcall.provisioning.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The keys ever seen, in memory. Thread-safe. */
final class MemorySeenKeys implements SeenKeys {
    private final Map<String, Set<String>> seen = new HashMap<>();

    @Override
    public synchronized boolean isEmpty(String dataSource) {
        return seen.getOrDefault(dataSource, Set.of()).isEmpty();
    }

    @Override
    public synchronized Set<String> known(String dataSource, Collection<String> keys) {
        Set<String> known = new HashSet<>(keys);
        known.retainAll(seen.getOrDefault(dataSource, Set.of()));
        return known;
    }

    @Override
    public synchronized void add(String dataSource, Collection<String> keys) {
        seen.computeIfAbsent(dataSource, none -> new HashSet<>()).addAll(keys);
    }
}
