package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.StringPreparation;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is anywhere under the search base, managed or not: who has a key, a name, a DN. Few questions are asked in
 * batches; for many, everything is read once. Not thread-safe: for one thread at a time.
 */
final class SearchBaseLookup implements AutoCloseable {
    /** How many records are looked up together. */
    static final int BLOCK = 500;

    private final DirectoryAccess directory;
    private final Mapping mapping;
    private final Spool spool;
    private final Map<String, List<DN>> keys = new HashMap<>();
    private final Map<String, List<DN>> names = new HashMap<>();
    private final Map<String, Boolean> containers = new HashMap<>();
    private boolean swept;
    private final HashIndex sweptKeys = new HashIndex();
    private final HashIndex sweptNames = new HashIndex();
    private final HashIndex sweptDns = new HashIndex();
    private final List<Long> positions = new ArrayList<>();

    SearchBaseLookup(DirectoryAccess directory, Mapping mapping, SpoolBudget memory) {
        this.directory = directory;
        this.mapping = mapping;
        this.spool = new Spool(memory);
    }

    /** Reads every entry once, so that no question costs a search from now on. */
    void sweep() {
        Set<String> wanted = new LinkedHashSet<>(mapping.nameAttributes());
        wanted.add(mapping.key().attribute());
        directory.scanUnder(directory.searchBase(), Filter.createPresenceFilter("objectClass"), wanted, entry -> {
            int number = positions.size();
            positions.add(spool.append(entry.getDN().getBytes(StandardCharsets.UTF_8)));
            sweptDns.put(DnForm.of(Entries.dn(entry)), number);
            for (String value : Entries.values(entry, mapping.key().attribute())) {
                sweptKeys.put(mapping.key().normalize(value), number);
            }
            for (String attribute : mapping.nameAttributes()) {
                for (String value : Entries.values(entry, attribute)) {
                    sweptNames.put(Entries.named(attribute, value), number);
                }
            }
        });
        swept = true;
    }

    /** Asks for all of these keys at once. */
    void lookUpKeys(Collection<String> wanted) {
        if (swept) {
            return;
        }
        Set<String> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(keys.keySet());
        missing.forEach(key -> keys.put(key, new ArrayList<>()));
        if (missing.isEmpty()) {
            return;
        }
        String attribute = mapping.key().attribute();
        for (ReadOnlyEntry entry : directory.findByKeys(attribute, missing, Set.of(attribute))) {
            for (String value : Entries.values(entry, attribute)) {
                List<DN> known = keys.get(mapping.key().normalize(value));
                if (known != null) {
                    known.add(Entries.dn(entry));
                }
            }
        }
    }

    /** The entries with a key, in order of their DN. */
    List<DN> byKey(String key) {
        if (swept) {
            return sorted(at(sweptKeys, key));
        }
        List<DN> known = keys.get(key);
        if (known == null) {
            throw new IllegalStateException("this key was not looked up");
        }
        return sorted(known);
    }

    boolean knowsName(String attribute, String value) {
        return isSwept(attribute) || names.containsKey(Entries.named(attribute, value));
    }

    /** Some names must be unique beyond the search base, where nothing was swept. */
    private boolean isSwept(String attribute) {
        return swept && directory.nameBase(attribute).equals(directory.searchBase());
    }

    /** Asks for all of these names at once. */
    void lookUpNames(String attribute, Collection<String> values) {
        if (isSwept(attribute) || values.isEmpty()) {
            return;
        }
        Map<String, List<DN>> holders = directory.holders(attribute, values);
        for (String value : values) {
            names.put(
                    Entries.named(attribute, value),
                    holders.getOrDefault(StringPreparation.caseIgnored(value), List.of()));
        }
    }

    /** The DNs of entries other than {@code self} that have this value, in order. */
    List<DN> holders(String attribute, String value, @Nullable DN self) {
        if (!knowsName(attribute, value)) {
            lookUpNames(attribute, Set.of(value));
        }
        String name = Entries.named(attribute, value);
        List<DN> holders = isSwept(attribute) ? at(sweptNames, name) : names.getOrDefault(name, List.of());
        return sorted(holders).stream().filter(dn -> !DnForm.same(dn, self)).toList();
    }

    /** Forgets what was looked up, so that memory stays bounded. */
    void forget() {
        keys.clear();
        names.clear();
    }

    /** The forms of those of these DNs that are in use. */
    Set<String> inUse(Collection<DN> wanted) {
        Set<String> found = new LinkedHashSet<>();
        if (swept) {
            wanted.stream().map(DnForm::of).filter(sweptDns::mayHave).forEach(found::add);
            return found;
        }
        Map<String, Set<String>> byAttribute = new LinkedHashMap<>();
        Set<String> forms = new HashSet<>();
        for (DN dn : wanted) {
            forms.add(DnForm.of(dn));
            RDN rdn = dn.getRDN();
            if (rdn != null) {
                byAttribute
                        .computeIfAbsent(rdn.getAttributeNames()[0], none -> new LinkedHashSet<>())
                        .add(rdn.getAttributeValues()[0]);
            }
        }
        // An entry has the values of its RDN, so that one search finds fifty DNs.
        byAttribute.forEach((attribute, values) -> {
            for (ReadOnlyEntry entry : directory.findByKeys(attribute, values, Set.of(attribute))) {
                String form = DnForm.of(Entries.dn(entry));
                if (forms.contains(form)) {
                    found.add(form);
                }
            }
        });
        return found;
    }

    /** Whether there is a container of this name. */
    boolean exists(DN container) {
        return containers.computeIfAbsent(container.toString(), none -> directory.exists(container));
    }

    private List<DN> at(HashIndex index, String text) {
        List<DN> found = new ArrayList<>(1);
        index.each(text, number -> {
            try {
                found.add(new DN(new String(spool.read(positions.get(number)), StandardCharsets.UTF_8)));
            } catch (LDAPException notADn) {
                throw new IllegalStateException("a spooled DN cannot be read back", notADn);
            }
        });
        return found;
    }

    private static List<DN> sorted(List<DN> some) {
        return some.size() < 2 ? some : some.stream().sorted().toList();
    }

    @Override
    public void close() {
        spool.close();
    }
}
