package dev.rollcall.provisioning.internal.records;

import dev.rollcall.mapping.KeyRule;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whom a run is about: everybody, or the users with some keys. No key at all is nobody, and never everybody. Immutable
 * and thread-safe.
 */
public final class Selection {
    private static final Selection EVERYBODY = new Selection(null, Map.of());

    private final @Nullable Set<String> keys;

    /** The normalized key of each spelling. */
    private final Map<String, String> spellings;

    private Selection(@Nullable Set<String> keys, Map<String, String> spellings) {
        this.keys = keys;
        this.spellings = spellings;
    }

    public static Selection everybody() {
        return EVERYBODY;
    }

    public static Selection of(KeyRule rule, Collection<String> spelled) {
        Set<String> keys = new LinkedHashSet<>();
        Map<String, String> spellings = new TreeMap<>();
        for (String key : spelled) {
            String normalized = rule.normalize(key);
            keys.add(normalized);
            spellings.put(key, normalized);
        }
        return new Selection(keys, spellings);
    }

    public boolean isEverybody() {
        return keys == null;
    }

    /** The normalized keys; none for everybody. */
    public Set<String> keys() {
        return keys == null ? Set.of() : keys;
    }

    /** The keys as they were given: an application knows nothing of our normalizations. */
    List<String> spelled() {
        return List.copyOf(spellings.keySet());
    }

    /** The keys as they were given, in order, with the normalized form of each; none for everybody. */
    public Map<String, String> spellings() {
        return Collections.unmodifiableMap(spellings);
    }

    boolean includes(String key) {
        return keys == null || keys.contains(key);
    }
}
