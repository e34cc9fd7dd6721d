package dev.rollcall.provisioning.internal.guardrail;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.GroupIntent;
import dev.rollcall.mapping.entry.GroupIntent.Membership;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.Guardrail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds columns that no record of a person with an account has any more, though entries have values that came from them.
 * Kept as they are, such values would hide that the application has renamed a column. Keeps a few names and numbers,
 * however many people there are. Not thread-safe: for one thread at a time.
 */
public final class VanishedColumns {
    /** So few people may all be without something by chance. */
    private static final int FEW = 3;

    private final Set<ColumnPath> columns;

    /** Columns that were in none of the records so far. */
    private final List<ColumnPath> absent = new ArrayList<>();

    /** How many entries have what the record would have to give, by attribute or group and by column. */
    private final Map<String, Map<ColumnPath, Integer>> missed = new TreeMap<>();

    private final Map<String, Map<ColumnPath, Integer>> left = new TreeMap<>();
    private int people;

    public VanishedColumns(Mapping mapping) {
        this.columns = mapping.columns();
    }

    /**
     * Takes into account a person who has an account.
     *
     * @param has whether the account has an attribute
     * @param leaves whether it would leave a group
     */
    public void add(UserRecord record, DesiredEntry desired, Predicate<String> has, Predicate<GroupIntent> leaves) {
        if (people++ == 0) {
            absent.addAll(columns);
        }
        // Mostly there is nothing left to look for after the first records.
        absent.removeIf(column -> !(record.value(column) instanceof Value.Absent));
        if (absent.isEmpty()) {
            return;
        }
        for (Map.Entry<String, AttributeIntent> intent : desired.attributes().entrySet()) {
            if (intent.getValue() instanceof AttributeIntent.Keep keep
                    && !keep.absentColumns().isEmpty()
                    && has.test(intent.getKey())) {
                count(missed, intent.getKey(), keep.absentColumns());
            }
        }
        for (GroupIntent intent : desired.groups()) {
            if (!intent.absentColumns().isEmpty()
                    && intent.membership() == Membership.NOT_MEMBER
                    && leaves.test(intent)) {
                count(left, intent.group().toString(), intent.absentColumns());
            }
        }
    }

    private static void count(Map<String, Map<ColumnPath, Integer>> counts, String what, List<ColumnPath> columns) {
        Map<ColumnPath, Integer> counted = counts.computeIfAbsent(what, none -> new HashMap<>());
        // A format may name a column twice.
        new LinkedHashSet<>(columns).forEach(column -> counted.merge(column, 1, Integer::sum));
    }

    /** Those that are missed by more entries than may change an attribute; all members of a group are too many. */
    List<Guardrail> tripped(Limit limit, int population) {
        List<Guardrail> tripped = new ArrayList<>();
        if (people >= FEW) {
            missed.forEach((attribute, counts) -> absent.forEach(column -> {
                int entries = counts.getOrDefault(column, 0);
                if (limit.trips(entries, population)) {
                    String why = entries + " entries have " + attribute;
                    tripped.add(guardrail(attribute, column, limit, entries, why));
                }
            }));
            left.forEach((group, counts) -> absent.forEach(column -> {
                int members = counts.getOrDefault(column, 0);
                if (members >= Math.max(FEW, limit.atLeast())) {
                    String why = members + " members would leave " + group;
                    tripped.add(guardrail(group, column, limit, members, why));
                }
            }));
        }
        return tripped;
    }

    private Guardrail guardrail(String what, ColumnPath column, Limit limit, int entries, String because) {
        String detail = "record." + column + " is in 0 of " + people + " records, and " + because;
        return new Guardrail(GuardrailName.VANISHED_COLUMN, what, limit, entries, people, detail, false);
    }
}
