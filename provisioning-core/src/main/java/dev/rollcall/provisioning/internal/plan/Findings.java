package dev.rollcall.provisioning.internal.plan;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.KeyOrder;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.internal.spool.SpooledItems;
import dev.rollcall.provisioning.internal.spool.SpooledMap;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.Explained;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.plan.Unresolved;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run finds besides changes: conflicts, situations, what is withheld. Each of these may be about everybody, so they are
 * spooled. Not thread-safe: for one thread at a time.
 */
public final class Findings implements AutoCloseable {
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

    /** Bytes for the findings about one record. */
    private static final int UNUSED = 64 << 10;

    private final SpooledItems<Conflict> conflicts;
    private final SpooledMap named;
    private final SpooledItems<Unresolved> unresolved;
    private final HashIndex unresolvedAt = new HashIndex();
    private final Map<Situation, Integer> situations = new EnumMap<>(Situation.class);
    private final Map<ChangeKind, Integer> withheld = new EnumMap<>(ChangeKind.class);
    private final Map<ChangeKind, HashIndex> withheldMembers = new EnumMap<>(ChangeKind.class);
    private final Set<String> notes = new LinkedHashSet<>();
    private final SpooledItems<Explained> explained;
    private List<String> notFound = List.of();
    private int unchanged;

    public Findings(SpoolBudget memory) {
        this.conflicts = new SpooledItems<>(memory, FindingCodec::encode, FindingCodec::conflict);
        this.unresolved = new SpooledItems<>(memory, FindingCodec::encode, FindingCodec::unresolved);
        this.explained = new SpooledItems<>(memory, FindingCodec::encode, FindingCodec::explained);
        this.named = new SpooledMap(memory);
    }

    /** Findings that nobody looks at, or of a run that found nothing. */
    public static Findings unused() {
        return new Findings(new SpoolBudget(UNUSED));
    }

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
        named.put(DnForm.of(entry), "");
    }

    /** Whether a conflict names this entry. */
    public boolean isNamed(DN entry) {
        return named.contains(DnForm.of(entry));
    }

    public void unresolved(String key, String attribute, String reference) {
        // Changes are read several times, and each time what they lack is found again.
        Unresolved found = new Unresolved(key, attribute, reference);
        String text = found.toString();
        boolean[] known = new boolean[1];
        unresolvedAt.each(text, number -> known[0] |= unresolved.get(number).equals(found));
        if (!known[0]) {
            unresolvedAt.put(text, unresolved.size());
            unresolved.add(found);
        }
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
                        .computeIfAbsent(kind, none -> HashIndex.ofTexts())
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

    /** All of it, as it is now: conflicts, unresolved references and explanations by key, whatever order they were found in. */
    public Told told() {
        return new Told(
                new EnumMap<>(situations),
                conflicts.sorted(Comparator.comparing(Conflict::key, KeyOrder.INSTANCE)
                        .thenComparing(Conflict::situation)
                        .thenComparing(Conflict::detail)),
                unresolved.sorted(Comparator.comparing(Unresolved::key, KeyOrder.INSTANCE)
                        .thenComparing(Unresolved::attribute)
                        .thenComparing(Unresolved::reference)),
                List.copyOf(notes),
                Counts.of(withheld),
                unchanged,
                notFound,
                explained.sorted(
                        Comparator.comparing(Explained::key, KeyOrder.INSTANCE).thenComparing(Explained::name)));
    }

    /** Conflicts in the order in which they were found. */
    public List<Conflict> conflicts() {
        return conflicts.list();
    }

    /** How many records and entries are in a situation. */
    public int count(Situation situation) {
        return situations.getOrDefault(situation, 0);
    }

    /** Ends the run; what was {@linkplain #told() told} can be read as long as somebody has it. */
    @Override
    public void close() {
        conflicts.release();
        unresolved.release();
        explained.release();
        named.close();
    }
}
