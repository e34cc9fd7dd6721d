package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.DN;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run finds besides changes: conflicts, situations, what is withheld. Not thread-safe: for one thread at a time. */
final class Findings {
    private final List<Conflict> conflicts = new ArrayList<>();
    private final Set<String> named = new HashSet<>();
    private final Set<Unresolved> unresolved = new LinkedHashSet<>();
    private final Map<Situation, Integer> situations = new EnumMap<>(Situation.class);
    private final Map<ChangeKind, Integer> withheld = new EnumMap<>(ChangeKind.class);
    private final Map<ChangeKind, Set<String>> withheldMembers = new EnumMap<>(ChangeKind.class);
    private int unchanged;

    Situation conflict(Situation situation, String key, String detail) {
        conflicts.add(new Conflict(situation, key, detail));
        return situation;
    }

    /** A conflict about an entry, whose DN the detail names. */
    Situation conflict(Situation situation, String key, DN entry, String detail) {
        named(entry);
        return conflict(situation, key, detail);
    }

    /** Notes that a conflict names this entry. */
    void named(DN entry) {
        named.add(entry.toNormalizedString());
    }

    /** Whether a conflict names this entry. */
    boolean isNamed(DN entry) {
        return named.contains(entry.toNormalizedString());
    }

    void unresolved(String key, String attribute, String reference) {
        unresolved.add(new Unresolved(key, attribute, reference));
    }

    void count(Situation situation, int times) {
        if (times != 0) {
            int count = situations.merge(situation, times, Integer::sum);
            if (count == 0) {
                situations.remove(situation);
            }
        }
    }

    void withheld(ChangeKind kind, String key) {
        boolean member = kind == ChangeKind.GROUP_ADD || kind == ChangeKind.GROUP_REMOVE;
        if (!member
                || withheldMembers
                        .computeIfAbsent(kind, none -> new HashSet<>())
                        .add(key)) {
            withheld.merge(kind, 1, Integer::sum);
        }
    }

    void unchanged() {
        unchanged++;
    }

    int unchangedCount() {
        return unchanged;
    }

    Counts withheld() {
        return new Counts(withheld);
    }

    /** Conflicts and unresolved references, whatever order they were found in, by key. */
    List<Conflict> conflicts() {
        return conflicts.stream()
                .sorted(Comparator.comparing(Conflict::key, KeyOrder.INSTANCE)
                        .thenComparing(Conflict::situation)
                        .thenComparing(Conflict::detail))
                .toList();
    }

    List<Unresolved> unresolved() {
        return unresolved.stream()
                .sorted(Comparator.comparing(Unresolved::key, KeyOrder.INSTANCE)
                        .thenComparing(Unresolved::attribute)
                        .thenComparing(Unresolved::reference))
                .toList();
    }

    Map<Situation, Integer> situations() {
        return new EnumMap<>(situations);
    }
}
