package dev.rollcall.connector;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which users to fetch. Immutable and thread-safe. */
public final class UserQuery {
    private static final UserQuery ALL = new UserQuery(Optional.empty(), List.of(), Set.of());

    private final Optional<Instant> changedSince;
    private final List<String> keys;
    private final Set<String> columns;

    private UserQuery(Optional<Instant> changedSince, List<String> keys, Set<String> columns) {
        this.changedSince = changedSince;
        this.keys = List.copyOf(keys);
        this.columns = Set.copyOf(columns);
    }

    /** {@return everybody: the only query whose normal end is a complete read} */
    public static UserQuery all() {
        return ALL;
    }

    /** {@return those that changed at or after {@code watermark}; needs {@link Capability#CHANGED_SINCE}} */
    public static UserQuery changedSince(Instant watermark) {
        return new UserQuery(Optional.of(watermark), List.of(), Set.of());
    }

    /**
     * Those with these primary keys; needs {@link Capability#BY_KEYS}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static UserQuery byKeys(List<String> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a query by keys needs at least one key");
        }
        return new UserQuery(Optional.empty(), keys, Set.of());
    }

    /** {@return this query with the top-level columns that will be read; a hint, an empty set means all} */
    public UserQuery columns(Set<String> names) {
        return new UserQuery(changedSince, keys, names);
    }

    /** {@return whether this asks for everybody} */
    public boolean isAll() {
        return changedSince.isEmpty() && keys.isEmpty();
    }

    /** {@return the watermark of a query for changes} */
    public Optional<Instant> changedSince() {
        return changedSince;
    }

    /** {@return the keys of a query by keys; empty otherwise} */
    public List<String> keys() {
        return keys;
    }

    /** {@return the top-level columns that will be read; empty means all} */
    public Set<String> columns() {
        return columns;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserQuery that
                && changedSince.equals(that.changedSince)
                && keys.equals(that.keys)
                && columns.equals(that.columns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(changedSince, keys, columns);
    }

    @Override
    public String toString() {
        if (!keys.isEmpty()) {
            return "users by " + keys.size() + " keys";
        }
        return changedSince.map(since -> "users changed since " + since).orElse("all users");
    }
}
