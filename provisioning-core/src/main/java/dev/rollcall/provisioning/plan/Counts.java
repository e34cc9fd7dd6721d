package dev.rollcall.provisioning.plan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many entries each kind of change is for. Immutable and thread-safe. */
public final class Counts {
    private final Map<ChangeKind, Integer> byKind;

    private Counts(Map<ChangeKind, Integer> byKind) {
        EnumMap<ChangeKind, Integer> all = new EnumMap<>(ChangeKind.class);
        for (ChangeKind kind : ChangeKind.values()) {
            all.put(kind, byKind.getOrDefault(kind, 0));
        }
        this.byKind = Collections.unmodifiableMap(all);
    }

    /** {@return these numbers; a kind that is not named has none} */
    public static Counts of(Map<ChangeKind, Integer> byKind) {
        return new Counts(byKind);
    }

    /** {@return none of any kind} */
    public static Counts none() {
        return new Counts(Map.of());
    }

    /** {@return the number of entries with this kind of change} */
    public int of(ChangeKind kind) {
        return byKind.getOrDefault(kind, 0);
    }

    /** {@return the numbers of all kinds, those of zero included, in their order} */
    public Map<ChangeKind, Integer> byKind() {
        return byKind;
    }

    /** {@return whether there is none of any kind} */
    public boolean isEmpty() {
        return byKind.values().stream().allMatch(count -> count == 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts that && byKind.equals(that.byKind);
    }

    @Override
    public int hashCode() {
        return byKind.hashCode();
    }

    @Override
    public String toString() {
        return isEmpty()
                ? "nothing"
                : byKind.entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> entry.getKey().word() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
