package dev.rollcall.provisioning.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan was made for and by: two reconcilers that agree in all of it may apply each other's plans. Immutable and
 * thread-safe.
 *
 * @param parts what a person can compare, by name
 */
public record PlanOwner(SortedMap<String, String> parts) {
    private static final int SHOWN = 80;

    /** Copies the parts. */
    public PlanOwner {
        parts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    public static PlanOwner of(Map<String, String> parts) {
        return new PlanOwner(new TreeMap<>(parts));
    }

    /**
     * Refuses a plan of somebody else.
     *
     * @throws IllegalArgumentException that names what differs
     */
    public void refuse(PlanOwner plan) {
        List<String> differences = new ArrayList<>();
        SortedMap<String, String> names = new TreeMap<>(parts);
        names.putAll(plan.parts);
        for (String name : names.keySet()) {
            String mine = parts.getOrDefault(name, "");
            String theirs = plan.parts.getOrDefault(name, "");
            if (!mine.equals(theirs)) {
                boolean readable = mine.length() + theirs.length() < SHOWN;
                differences.add(
                        readable ? name + " (plan: " + shown(theirs) + ", reconciler: " + shown(mine) + ")" : name);
            }
        }
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("this plan was made by another reconciler, which differs in "
                    + String.join(", ", differences) + ": apply it with the reconciler that made it, or plan again");
        }
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }
}
