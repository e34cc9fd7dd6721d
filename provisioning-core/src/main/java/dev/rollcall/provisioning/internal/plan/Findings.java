package dev.rollcall.provisioning.internal.plan;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.spool.KeyOrder;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.Explained;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.plan.Unresolved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run finds besides changes: conflicts, situations, what is withheld. Not thread-safe: for one thread at a time. */
public final class Findings {
    /**
     * What a run found besides changes, by key.
     *
     * @param notes what is to be known before the plan is applied
     * @param withheld what the categories do not allow
     * @param unchanged how many users have an entry that is as it should be
     * @param notFound keys that were asked for and that neither side has
     * @param explained why nothing changes, or who is missing, if that was asked for
     */
    public record Told(
            Map<Situation, Integer> situations,
            List<Conflict> conflicts,
            List<Unresolved> unresolved,
            List<String> notes,
            Counts withheld,
            int unchanged,
            List<String> notFound,
            List<Explained> explained) {}

    /** Explanations are long; nobody reads more of them. */
    private static final int MOST_EXPLAINED = 10_000;

    private final List<Conflict> conflicts = new ArrayList<>();
    private final Set<String> named = new HashSet<>();
    private final Set<Unresolved> unresolved = new LinkedHashSet<>();
    private final Map<Situation, Integer> situations = new EnumMap<>(Situation.class);
    private final Map<ChangeKind, Integer> withheld = new EnumMap<>(ChangeKind.class);
    private final Map<ChangeKind, Set<String>> withheldMembers = new EnumMap<>(ChangeKind.class);
    private final Set<String> notes = new LinkedHashSet<>();
    private final List<Explained> explained = new ArrayList<>();
    private List<String> notFound = List.of();
    private int unchanged;

    public Situation conflict(Situation situation, String key, String detail) {
        conflicts.add(new Conflict(situation, key, detail));
        return situation;
    }

    /** A conflict about an entry, whose DN the detail names. */
    public Situation conflict(Situation situation, String key, DN entry, String detail) {
        named(entry);
        return conflict(situation, key, detail);
    }

    /** Notes that a conflict names this entry. */
    public void named(DN entry) {
        named.add(DnForm.of(entry));
    }

    /** Whether a conflict names this entry. */
    public boolean isNamed(DN entry) {
        return named.contains(DnForm.of(entry));
    }

    public void unresolved(String key, String attribute, String reference) {
        unresolved.add(new Unresolved(key, attribute, reference));
    }

    public void count(Situation situation, int times) {
        if (times != 0) {
            int count = situations.merge(situation, times, Integer::sum);
            if (count == 0) {
                situations.remove(situation);
            }
        }
    }

    public void withheld(ChangeKind kind, String key) {
        boolean member = kind == ChangeKind.GROUP_ADD || kind == ChangeKind.GROUP_REMOVE;
        if (!member
                || withheldMembers
                        .computeIfAbsent(kind, none -> new HashSet<>())
                        .add(key)) {
            withheld.merge(kind, 1, Integer::sum);
        }
    }

    /** Something to be known before the plan is applied, that concerns no single record; said once. */
    public void note(String text) {
        notes.add(text);
    }

    public void unchanged() {
        unchanged++;
    }

    /** Notes why nothing changes for a person, or that they are missing. */
    public void explained(Explained one) {
        if (explained.size() < MOST_EXPLAINED) {
            explained.add(one);
        }
    }

    /** Notes the keys that were asked for and that neither side has. */
    public void notFound(List<String> keys) {
        notFound = List.copyOf(keys);
    }

    /** Conflicts and unresolved references, whatever order they were found in, by key. */
    private List<Conflict> sortedConflicts() {
        return conflicts.stream()
                .sorted(Comparator.comparing(Conflict::key, KeyOrder.INSTANCE)
                        .thenComparing(Conflict::situation)
                        .thenComparing(Conflict::detail))
                .toList();
    }

    private List<Unresolved> sortedUnresolved() {
        return unresolved.stream()
                .sorted(Comparator.comparing(Unresolved::key, KeyOrder.INSTANCE)
                        .thenComparing(Unresolved::attribute)
                        .thenComparing(Unresolved::reference))
                .toList();
    }

    /** All of it, as it is now. */
    public Told told() {
        return new Told(
                new EnumMap<>(situations),
                sortedConflicts(),
                sortedUnresolved(),
                List.copyOf(notes),
                Counts.of(withheld),
                unchanged,
                notFound,
                explained.stream()
                        .sorted(Comparator.comparing(Explained::key, KeyOrder.INSTANCE)
                                .thenComparing(Explained::name))
                        .toList());
    }
}
