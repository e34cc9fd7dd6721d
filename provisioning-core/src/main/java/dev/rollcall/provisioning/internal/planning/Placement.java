package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.StringPreparation;
import dev.rollcall.provisioning.plan.Situation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether an entry can have a DN: free or about to be, under the base, with a container. Not thread-safe: for one
 * thread at a time. */
final class Placement {
    /** Why not. */
    record Refusal(Situation situation, String detail) {}

    /** The upper bound of a common name in Active Directory. */
    private static final int LONGEST_NAME = 64;

    private final RunSettings run;
    private final SearchBaseLookup searchBaseLookup;
    private final NameMoves moves;
    private final ManagedEntries managed;

    /** By form, how this run spells a container. */
    private final Map<String, DN> containers = new HashMap<>();

    Placement(RunSettings run, ManagedEntries managed, SearchBaseLookup searchBaseLookup, NameMoves moves) {
        this.run = run;
        this.managed = managed;
        this.searchBaseLookup = searchBaseLookup;
        this.moves = moves;
    }

    /**
     * Judges a DN.
     *
     * @param held whether a managed entry has it, which may leave it in the same plan
     * @param inUse the forms of DNs that some entry has
     * @param parents takes the containers that have to be made, the topmost first
     */
    Optional<Refusal> refusal(DN dn, boolean held, Set<String> inUse, List<DN> parents) {
        DN base = run.directory().base();
        if (!DnForm.isBelow(dn, base)) {
            return Optional.of(new Refusal(Situation.INVALID, "dn: " + dn + " is not under " + base));
        }
        if (moves.isClaimed(dn)) {
            return Optional.of(new Refusal(Situation.DN_TAKEN, dn + " goes to another user in this plan"));
        }
        if (!held && inUse.contains(DnForm.of(dn))) {
            return Optional.of(new Refusal(Situation.DN_TAKEN, dn + " is in use by an entry that is not managed"));
        }
        DN parent = dn.getParent();
        while (parent != null && !searchBaseLookup.exists(parent)) {
            parents.add(0, parent);
            parent = parent.getParent();
        }
        if (!parents.isEmpty()
                && (!run.mapping().createsParents() || !parents.stream().allMatch(Placement::canBeMade))) {
            String nearest = parents.get(parents.size() - 1) + " does not exist";
            return Optional.of(new Refusal(Situation.PARENT_MISSING, nearest));
        }
        return Optional.empty();
    }

    /**
     * A name beside one that is taken, for an entry that keeps no name of its own: a common name with the key. Other
     * attributes that name entries are what people log on with, and stay as they are.
     */
    static Optional<DN> besides(DN taken, String key) {
        RDN rdn = taken.getRDN();
        DN parent = taken.getParent();
        if (rdn == null || parent == null || rdn.isMultiValued() || !rdn.hasAttribute("cn")) {
            return Optional.empty();
        }
        String suffix = " (" + key + ")";
        String name = rdn.getAttributeValues()[0];
        int room = Math.max(1, LONGEST_NAME - suffix.length());
        String start = name.length() > room
                ? name.substring(0, name.offsetByCodePoints(0, name.codePointCount(0, room)))
                : name;
        return Optional.of(new DN(new RDN(rdn.getAttributeNames()[0], start + suffix), parent));
    }

    /**
     * A DN in a container that is spelled as the directory has it, or as this plan makes it: some servers take fewer
     * spellings for the same than others, and would get two containers.
     */
    DN spelled(DN dn) {
        RDN rdn = dn.getRDN();
        DN parent = dn.getParent();
        if (rdn == null || parent == null) {
            return dn;
        }
        DN spelled = container(parent);
        return spelled.toString().equals(parent.toString()) ? dn : new DN(rdn, spelled);
    }

    private DN container(DN name) {
        if (DnForm.isWithin(run.directory().base(), name)) {
            return name;
        }
        String form = DnForm.of(name);
        DN known = containers.get(form);
        if (known == null) {
            known = managed.container(name).orElseGet(() -> searchBaseLookup.exists(name) ? name : spelled(name));
            containers.put(form, known);
        }
        return known;
    }

    /** Containers are made as organizational units. */
    private static boolean canBeMade(DN container) {
        RDN rdn = container.getRDN();
        return rdn != null && !rdn.isMultiValued() && rdn.hasAttribute("ou");
    }

    /**
     * The same DN, and the RDN spelled the same but for what no server tells apart, such as spaces and forms of Unicode: a
     * change of case is a rename.
     */
    static boolean isSame(DN one, DN other) {
        if (one.toString().equals(other.toString())) {
            return true;
        }
        RDN rdn = one.getRDN();
        RDN otherRdn = other.getRDN();
        if (!DnForm.same(one, other) || rdn == null || otherRdn == null) {
            return DnForm.same(one, other);
        }
        return values(rdn).equals(values(otherRdn));
    }

    private static Map<String, String> values(RDN rdn) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < rdn.getAttributeNames().length; i++) {
            values.put(
                    DnForm.attribute(rdn.getAttributeNames()[i]),
                    StringPreparation.caseExact(rdn.getAttributeValues()[i]));
        }
        return values;
    }
}
