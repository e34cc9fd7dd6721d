package dev.rollcall.mapping.internal.run;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.entry.Names;
import dev.rollcall.mapping.entry.TriedName;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.text.Letters;
import dev.rollcall.mapping.internal.values.LdapValues;
import dev.rollcall.mapping.internal.values.ReservedNames;
import dev.rollcall.mapping.rule.NameScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds free names for one record. Not thread-safe: for one thread at a time. */
public final class UniqueNames {
    /** So many candidates are tried before the record is given up. */
    static final int ATTEMPTS = 999;

    /** The candidates of one attribute, evaluated and made fit, at least one. */
    record Wanted(AttributePlan plan, List<String> candidates) {}

    private final MappingInput input;
    private final Supplier<DN> container;
    private final List<TriedName> tried = new ArrayList<>();

    UniqueNames(MappingInput input, Supplier<DN> container) {
        this.input = input;
        this.container = container;
    }

    List<TriedName> tried() {
        return List.copyOf(tried);
    }

    /**
     * {@return a free name for each attribute, all with the same counter, or nothing if none is left}
     *
     * @param group attributes that share a counter; mostly one
     */
    Optional<Map<AttributePlan, String>> choose(List<Wanted> group) {
        int candidates =
                group.stream().mapToInt(w -> w.candidates().size()).max().orElse(0);
        int attempts = 0;
        for (int i = 0; i < candidates && attempts < ATTEMPTS; i++) {
            int index = i;
            Optional<Map<AttributePlan, String>> names = free(group, wanted -> {
                List<String> all = wanted.candidates();
                return all.get(Math.min(index, all.size() - 1));
            });
            attempts++;
            if (names.isPresent()) {
                return names;
            }
        }
        int start = group.get(0).plan().rule().counterStart().orElse(2);
        for (int n = start; attempts < ATTEMPTS; n++, attempts++) {
            int number = n;
            Optional<Map<AttributePlan, String>> names = free(
                    group, wanted -> numbered(wanted.plan(), wanted.candidates().get(0), number));
            if (names.isPresent()) {
                return names;
            }
        }
        return Optional.empty();
    }

    private Optional<Map<AttributePlan, String>> free(
            List<Wanted> group, java.util.function.Function<Wanted, String> candidate) {
        Map<AttributePlan, String> names = new LinkedHashMap<>();
        for (Wanted wanted : group) {
            String name = candidate.apply(wanted);
            // A counter so long that nothing of the name is left is no name.
            if (name.isEmpty() || !isFree(wanted.plan(), name)) {
                return Optional.empty();
            }
            names.put(wanted.plan(), name);
        }
        return Optional.of(names);
    }

    private boolean isFree(AttributePlan plan, String name) {
        Optional<String> holder = plan.id().equals("samaccountname") && ReservedNames.has(name)
                ? Optional.of("Windows itself")
                : holder(plan, plan.name(), name);
        for (String attribute : plan.rule().alsoIn()) {
            if (holder.isPresent()) {
                break;
            }
            boolean address = attribute.equalsIgnoreCase("proxyAddresses");
            holder = holder(plan, attribute, address ? "smtp:" + name : name);
        }
        tried.add(new TriedName(plan.name(), name, holder));
        return holder.isEmpty();
    }

    private Optional<String> holder(AttributePlan plan, String attribute, String name) {
        Names names = input.names();
        Optional<String> holder = plan.rule().scope() == NameScope.CONTAINER
                ? names.holderIn(container.get(), attribute, name)
                : names.holder(attribute, name);
        return holder.filter(
                who -> input.existing().map(entry -> !isSame(entry, who)).orElse(true));
    }

    private static boolean isSame(ReadOnlyEntry entry, String holder) {
        try {
            return DN.isValidDN(holder) && entry.getParsedDN().equals(new DN(holder));
        } catch (LDAPException e) {
            return false;
        }
    }

    /** {@return a name with a counter, before the at sign if it has one, shortened to fit; empty if it cannot fit} */
    static String numbered(AttributePlan plan, String base, int number) {
        String digits = Integer.toString(number);
        String counter = plan.rule()
                .counterText()
                .around("0".repeat(Math.max(plan.rule().counterWidth() - digits.length(), 0)) + digits);
        int at = base.lastIndexOf('@');
        String local = at < 0 ? base : base.substring(0, at);
        String domain = at < 0 ? "" : base.substring(at);
        if (plan.maxLength() > 0) {
            int room = plan.maxLength() - LdapValues.length(counter) - LdapValues.length(domain);
            if (room < 1) {
                return "";
            }
            local = LdapValues.length(local) > room ? Letters.trimCut(LdapValues.cut(local, room)) : local;
            if (local.isEmpty()) {
                return "";
            }
        }
        return local + counter + domain;
    }

    /** {@return whether a present name is a candidate, or the first one with any counter} */
    static boolean isCandidate(AttributePlan plan, List<String> candidates, String present) {
        if (candidates.stream().anyMatch(present::equalsIgnoreCase)) {
            return true;
        }
        int start = plan.rule().counterStart().orElse(2);
        for (int n = start; n < start + ATTEMPTS; n++) {
            if (numbered(plan, candidates.get(0), n).equalsIgnoreCase(present)) {
                return true;
            }
        }
        return false;
    }
}
