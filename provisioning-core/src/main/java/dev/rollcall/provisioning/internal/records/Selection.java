package dev.rollcall.provisioning.internal.records;

import dev.rollcall.mapping.KeyRule;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whom a run is about: everybody, or the users with some keys. No key at all is nobody, and never everybody. Immutable
 * and thread-safe.
 */
public final class Selection {
    private static final Selection EVERYBODY = new Selection(null, Set.of());

    private final @Nullable Set<String> keys;
    private final Set<String> spelled;

    private Selection(@Nullable Set<String> keys, Set<String> spelled) {
        this.keys = keys;
        this.spelled = spelled;
    }

    public static Selection everybody() {
        return EVERYBODY;
    }

    public static Selection of(KeyRule rule, Collection<String> spelled) {
        Set<String> keys = new LinkedHashSet<>();
        spelled.forEach(key -> keys.add(rule.normalize(key)));
        return new Selection(keys, new TreeSet<>(spelled));
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
        return List.copyOf(spelled);
    }

    boolean includes(String key) {
        return keys == null || keys.contains(key);
    }
}
