package dev.rollcall.provisioning.internal.guardrail;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Holds a whole plan against the guardrails. Not thread-safe: for one thread at a time. */
public final class GuardrailCheck {
    /** From this many additions on a group is judged; below, people join a new team. */
    private static final int JOINERS = 50;

    /** From this many creations on an application that lists nobody is suspicious, although nothing is known of it. */
    private static final int NEWCOMERS = 50;

    /** What an application says about its accounts, beside those that it lists. */
    public record Accounts(long lastRun, Optional<String> found) {}

    /**
     * What the plan is measured by.
     *
     * @param enabled managed entries that are not disabled, those to be linked included
     * @param managed managed entries, those to be linked included
     * @param keyed entries in base and filter that have a key, whatever data source they belong to
     * @param all entries in base and filter
     * @param overlooked whether base holds people, none of whom the filter finds
     */
    public record Population(
            int enabled,
            int managed,
            int keyed,
            int all,
            int unlinked,
            int records,
            int keyless,
            boolean complete,
            boolean overlooked) {}

    private final Guardrails guardrails;
    private final Set<String> allowed;
    private final boolean matching;
    private final String keyAttribute;
    private final Map<String, Integer> attributes = new TreeMap<>();
    private final Map<DN, Integer> joiners = new TreeMap<>();
    private final Map<DN, Integer> removals = new TreeMap<>();
    private final Map<DN, Integer> members = new HashMap<>();
    private final HashIndex renamed = HashIndex.ofTexts();
    private final HashIndex ended = HashIndex.ofTexts();
    private final HashIndex linked = new HashIndex();

    /** Those of the linked that are renamed or modified too. */
    private final BitSet counted = new BitSet();

    private int modified;
    private int created;
    private int enabled;
    private int conflicts;
    private boolean adds = true;
    private boolean firstLoad;
    private String commonest = "";
    private Optional<String> useless = Optional.empty();
    private ToIntFunction<DN> managedMembers = group -> 0;

    /** Null for a directory, which has no list that could be short. */
    private @Nullable Accounts accounts;

    private @Nullable VanishedColumns vanished;

    /** @param keyAttribute the attribute that holds the key */
    public GuardrailCheck(Guardrails guardrails, Set<String> allowed, boolean matching, String keyAttribute) {
        this.guardrails = guardrails;
        this.allowed = allowed;
        this.matching = matching;
        this.keyAttribute = keyAttribute;
    }

    public static boolean isLeaver(Situation situation) {
        return situation == Situation.SOURCE_MISSING
                || situation == Situation.INACTIVE
                || situation == Situation.OUT_OF_SCOPE;
    }

    /** Takes into account why not one of the records can be used, if so. */
    public void useless(Optional<String> because) {
        useless = because;
    }

    /** Takes into account what the records of a complete read lack. */
    public void vanished(VanishedColumns columns) {
        vanished = columns;
    }

    /** Takes into account the records and entries that a person must look at. */
    public void conflicts(List<Conflict> all) {
        HashIndex keys = HashIndex.ofTexts();
        Map<Situation, Integer> situations = new TreeMap<>();
        int keyless = 0;
        for (Conflict conflict : all) {
            // A group that is not there is nobody's record.
            if (conflict.situation() != Situation.GROUP_UNAVAILABLE) {
                if (conflict.key().isEmpty()) {
                    keyless++;
                } else {
                    keys.add(conflict.key());
                }
                situations.merge(conflict.situation(), 1, Integer::sum);
            }
        }
        conflicts = keys.size() + keyless;
        commonest = situations.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> "most of them " + most.getKey())
                .orElse("");
    }

    /** Sets how to find out how many managed entries are members of a group; asked for few groups, if for any. */
    public void members(ToIntFunction<DN> count) {
        managedMembers = count;
    }

    /** Takes into account what is known of an application's accounts. */
    public void accounts(Accounts known) {
        accounts = known;
    }

    /** Goes on with a first load that a run began and did not finish: what was made so far is no measure. */
    public void firstLoad() {
        firstLoad = true;
    }

    /** Whether the plan makes entries and adds values, and takes nothing from any entry. */
    public boolean onlyAdds() {
        return adds;
    }

    /** Takes a change into account; in the order of the plan, renames first. Several entries may have one key. */
    public void add(Change change) {
        String entry = ChangeEntries.of(change);
        switch (change.kind()) {
            case DISABLE, DELETE -> ended.add(entry);
            case LINK -> linked.add(entry);
            case RENAME, MOVE -> {
                renamed.add(entry);
                linked.each(entry, counted::set);
            }
            case CREATE -> created++;
            case MODIFY -> modify(entry, change);
            case ENABLE -> enabled++;
            case GROUP_ADD -> {
                // Who is made in this plan counts as created.
                if (change.id().isPresent()) {
                    group(change).ifPresent(group -> joiners.merge(group, 1, Integer::sum));
                }
            }
            case GROUP_REMOVE -> {
                if (change instanceof DirectoryChange member && !isLeaver(member.situation())) {
                    group(change).ifPresent(group -> removals.merge(group, 1, Integer::sum));
                }
            }
        }
        adds &= switch (change.kind()) {
            case CREATE, GROUP_ADD -> !change.isDestructive();
            case MODIFY ->
                change.attributes().stream()
                        .allMatch(attribute -> attribute.removed().isEmpty());
            case LINK, RENAME, MOVE, ENABLE, DISABLE, DELETE, GROUP_REMOVE -> false;
        };
    }

    private void modify(String entry, Change change) {
        modified += renamed.mayHave(entry) ? 0 : 1;
        linked.each(entry, counted::set);
        for (AttributeChange attribute : change.attributes()) {
            if (!attribute.removed().isEmpty()) {
                attributes.merge(attribute.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
    }

    private static Optional<DN> group(Change change) {
        return change instanceof DirectoryChange member ? member.group() : Optional.empty();
    }

    public GuardrailVerdict verdict(Population population) {
        List<Guardrail> tripped = new ArrayList<>();
        judge(tripped, GuardrailName.MAX_DISABLE_OR_DELETE, "", ended.size(), population.enabled);
        if (!firstLoad) {
            changes(tripped, population);
        }
        attributes.forEach(
                (name, count) -> judge(tripped, GuardrailName.MAX_ATTRIBUTE_CHANGE, name, count, population.enabled));
        judge(tripped, GuardrailName.MAX_KEYLESS, "", population.keyless, population.records);
        judge(tripped, GuardrailName.MAX_ENABLE, "", enabled, population.managed);
        Limit removal = guardrails.limit(GuardrailName.MAX_GROUP_REMOVE);
        removals.forEach((group, count) -> {
            if (count >= removal.atLeast() && count > removal.count() && removal.tripsBoth(count, members(group))) {
                add(tripped, GuardrailName.MAX_GROUP_REMOVE, group.toString(), removal, count, members(group), "");
            }
        });
        conflicting(tripped, population);
        sides(tripped, population);
        if (vanished != null && population.complete) {
            vanished.tripped(guardrails.limit(GuardrailName.MAX_ATTRIBUTE_CHANGE), population.enabled)
                    .forEach(each -> tripped.add(each.allowed(isAllowed(each))));
        }
        return GuardrailVerdict.of(decision(tripped), tripped);
    }

    /** What is changed and made. */
    private void changes(List<Guardrail> tripped, Population population) {
        // A first run links most entries; from then on a link is a change like others.
        int links = population.keyed * 2L > population.all ? linked.size() - counted.cardinality() : 0;
        judge(tripped, GuardrailName.MAX_MODIFY, "", modified + renamed.size() + links, population.enabled);
        joiners.forEach((group, count) -> {
            boolean many = count >= JOINERS
                    && guardrails.limit(GuardrailName.MAX_MODIFY).trips(count, population.enabled);
            if (many && members(group) > 0) {
                judge(tripped, GuardrailName.MAX_MODIFY, group.toString(), count, population.enabled);
            }
        });
        if (population.all > 0) {
            judge(tripped, GuardrailName.MAX_CREATE, "", created, population.all);
        }
    }

    private void conflicting(List<Guardrail> tripped, Population population) {
        Limit limit = guardrails.limit(GuardrailName.MAX_CONFLICTS);
        int measure = Math.max(population.records, population.managed);
        if (useless.isPresent()) {
            return; // reported as an empty source
        }
        boolean nobody = conflicts > 0 && conflicts >= population.records && population.keyed == 0;
        if (nobody) {
            String why = "no record has an entry, and no entry in base and filter has a value of " + keyAttribute
                    + " that can be read";
            add(tripped, GuardrailName.MAX_CONFLICTS, "", limit, conflicts, measure, commonest + "; " + why);
        } else if (limit.trips(conflicts, measure)) {
            add(tripped, GuardrailName.MAX_CONFLICTS, "", limit, conflicts, measure, commonest);
        }
    }

    /** A source, a directory or an application that can hardly be what it seems. */
    private void sides(List<Guardrail> tripped, Population population) {
        Limit none = Limit.none();
        if (population.complete && population.records == 0) {
            add(tripped, GuardrailName.EMPTY_SOURCE, "", none, 0, 0, "0 records");
        } else if (useless.isPresent()) {
            String actual = "none of " + population.records + " records can be used, such as: " + useless.get();
            add(tripped, GuardrailName.EMPTY_SOURCE, "", none, 0, population.records, actual);
        }
        if (created > 0 && population.unlinked >= 20 && !matching) {
            String actual = population.unlinked + " entries without key and no match rule";
            Limit limit = Limit.count(19);
            add(tripped, GuardrailName.UNLINKED_ENTRIES, "", limit, population.unlinked, population.all, actual);
        } else if (population.overlooked) {
            String actual = "the filter finds nothing, but the base holds people";
            add(tripped, GuardrailName.UNLINKED_ENTRIES, "", Limit.count(0), 1, 0, actual);
        }
        if (created > 0 && accounts != null) {
            long lastRun = accounts.lastRun;
            shortList(accounts, population.all)
                    .ifPresent(actual ->
                            add(tripped, GuardrailName.EMPTY_TARGET, "", none, population.all, lastRun, actual));
        }
    }

    /** Why the list of an application's accounts is hardly all of them: who is not on it would be made once more. */
    private Optional<String> shortList(Accounts known, int listed) {
        if (known.found.isPresent()) {
            return Optional.of("0 accounts are listed, but " + known.found.get());
        } else if (listed * 2L < known.lastRun) {
            return Optional.of(listed + " of the " + known.lastRun + " accounts that the last run left");
        }
        return known.lastRun == 0 && !firstLoad && listed == 0 && created >= NEWCOMERS
                ? Optional.of("0 accounts are listed, and " + created + " would be made")
                : Optional.empty();
    }

    public boolean createsAny() {
        return created > 0;
    }

    private int members(DN group) {
        return members.computeIfAbsent(group, managedMembers::applyAsInt);
    }

    private void judge(List<Guardrail> tripped, GuardrailName name, String subject, int actual, int population) {
        Limit limit = guardrails.limit(name);
        if (limit.trips(actual, population)) {
            add(tripped, name, subject, limit, actual, population, "");
        }
    }

    private void add(
            List<Guardrail> tripped,
            GuardrailName name,
            String subject,
            Limit limit,
            long actual,
            long population,
            String detail) {
        Guardrail guardrail = new Guardrail(name, subject, limit, actual, population, detail, false);
        tripped.add(guardrail.allowed(isAllowed(guardrail)));
    }

    private boolean isAllowed(Guardrail guardrail) {
        return allowed.contains(guardrail.label())
                || allowed.contains(guardrail.name().word());
    }

    /** What a limit is about can be left out alone only if nothing else is strange about the plan. */
    private GuardrailVerdict.Decision decision(List<Guardrail> tripped) {
        Set<GuardrailName> blocking = new HashSet<>();
        for (Guardrail guardrail : tripped) {
            if (!guardrail.allowed()) {
                blocking.add(guardrail.name());
            }
        }
        if (blocking.isEmpty()) {
            return GuardrailVerdict.Decision.PASSED;
        }
        Set<GuardrailName> reducing = Set.of(
                GuardrailName.MAX_DISABLE_OR_DELETE,
                GuardrailName.MAX_ENABLE,
                GuardrailName.MAX_GROUP_REMOVE,
                GuardrailName.MAX_CONFLICTS);
        boolean nothingLeft = blocking.contains(GuardrailName.MAX_CONFLICTS)
                && blocking.contains(GuardrailName.MAX_DISABLE_OR_DELETE);
        return nothingLeft || !reducing.containsAll(blocking) || guardrails.onTrip() == Guardrails.OnTrip.STOP
                ? GuardrailVerdict.Decision.STOPPED
                : GuardrailVerdict.Decision.REDUCED;
    }
}
