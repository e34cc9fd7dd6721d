package dev.rollcall.provisioning.internal.planning;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.Octets;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.internal.plan.KeptReferences;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.EntryReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares an entry with what is wanted, attribute by attribute. Immutable and thread-safe. */
final class EntryComparison {
    /** Lockout, password expired and disabled: bits that are the server's, or a matter of disabling. */
    private static final long KEPT_BITS = 0x2L | 0x10L | 0x800000L;

    /** What a reference leads to: an entry that is there, one that this plan makes (without DN), or nothing. */
    record Target(boolean found, @Nullable DN dn) {
        static final Target NOTHING = new Target(false, null);
        static final Target NEW = new Target(true, null);

        static Target at(DN dn) {
            return new Target(true, dn);
        }
    }

    /** Finds the entry with a key. */
    @FunctionalInterface
    interface References {
        Target find(String key);
    }

    /** A reference that leads to nothing. */
    @FunctionalInterface
    interface Lost {
        void add(String attribute, String key);
    }

    private final DirectoryAccess directory;
    private final Normalizations normalizations;

    EntryComparison(DirectoryAccess directory, Normalizations normalizations) {
        this.directory = directory;
        this.normalizations = normalizations;
    }

    /** All attributes of a new entry. */
    List<AttributeChange> create(DesiredEntry wanted, DN dn, References references, Lost lost) {
        List<AttributeChange> changes = new ArrayList<>();
        changes.add(AttributeChange.of("objectClass", List.of(), Octets.of(wanted.objectClasses()), "mapping"));
        Set<String> written = new LinkedHashSet<>();
        wanted.attributes().forEach((name, intent) -> {
            String because = because(wanted, name);
            if (intent instanceof AttributeIntent.Set set) {
                written.add(name.toLowerCase(Locale.ROOT));
                List<ASN1OctetString> values = directory.values(name).distinct(set.over(List.of()));
                changes.add(AttributeChange.of(name, List.of(), values, because).sensitive(isSensitive(wanted, name)));
            } else if (intent instanceof AttributeIntent.Reference reference) {
                reference(name, reference.keys(), List.of(), because, references, lost)
                        .ifPresent(changes::add);
            }
        });
        RDN rdn = dn.getRDN();
        if (rdn != null) {
            for (int i = 0; i < rdn.getAttributeNames().length; i++) {
                String name = rdn.getAttributeNames()[i];
                if (written.add(name.toLowerCase(Locale.ROOT))) {
                    changes.add(
                            AttributeChange.of(name, List.of(), Octets.of(List.of(rdn.getAttributeValues()[i])), "dn"));
                }
            }
        }
        Optional<String> mark = directory.markAttribute();
        if (mark.isPresent()) {
            String value = directory.markValue().orElseThrow();
            changes.add(AttributeChange.of(mark.get(), List.of(), Octets.of(List.of(value)), "mark"));
        }
        return merged(changes);
    }

    /** What differs; {@code dn} is where the entry is when it is modified, after a rename. */
    List<AttributeChange> compare(DesiredEntry wanted, ReadOnlyEntry entry, DN dn, References references, Lost lost) {
        List<AttributeChange> changes = new ArrayList<>();
        objectClasses(wanted, entry).ifPresent(changes::add);
        boolean renamed = !dn.toString().equals(entry.getDN());
        // A loop and not a lambda, and the reasons for what differs only: this is done for everybody.
        for (Map.Entry<String, AttributeIntent> one : wanted.attributes().entrySet()) {
            String name = one.getKey();
            AttributeIntent intent = one.getValue();
            List<ASN1OctetString> present = Entries.present(entry, name);
            if (intent instanceof AttributeIntent.Set set && (renamed || !present.equals(set.values()))) {
                List<ASN1OctetString> kept = renamed(entry, dn, name, present);
                values(name, kept, after(name, kept, set), dn, wanted).ifPresent(changes::add);
            } else if (intent instanceof AttributeIntent.Clear clear && !present.isEmpty()) {
                List<ASN1OctetString> kept = renamed(entry, dn, name, present);
                values(name, kept, clear.over(kept), dn, wanted).ifPresent(changes::add);
            } else if (intent instanceof AttributeIntent.Reference reference) {
                reference(name, reference.keys(), present, because(wanted, name), references, lost)
                        .ifPresent(changes::add);
            }
        }
        return changes.isEmpty() ? changes : normalizations.unknown(directory.id(entry), changes);
    }

    /** Classes are added, never removed. */
    private static Optional<AttributeChange> objectClasses(DesiredEntry wanted, ReadOnlyEntry entry) {
        List<String> there = Entries.values(entry, "objectClass");
        List<String> missing = new ArrayList<>();
        for (String name : wanted.objectClasses()) {
            if (!has(there, name)) {
                missing.add(name);
            }
        }
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        List<ASN1OctetString> present = Entries.present(entry, "objectClass");
        List<ASN1OctetString> after = new ArrayList<>(present);
        after.addAll(Octets.of(missing));
        return Optional.of(AttributeChange.of("objectClass", present, after, "mapping"));
    }

    private static boolean has(List<String> names, String wanted) {
        for (String name : names) {
            if (name.equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** The values after a rename to {@code dn}: the server takes out those of the old RDN and puts in the new. */
    private List<ASN1OctetString> renamed(ReadOnlyEntry entry, DN dn, String name, List<ASN1OctetString> present) {
        RDN old = Entries.dn(entry).getRDN();
        RDN rdn = dn.getRDN();
        if (old == null || rdn == null || old.toString().equals(rdn.toString())) {
            return present;
        }
        ValueEquality equality = directory.values(name);
        List<ASN1OctetString> values = new ArrayList<>(present);
        for (String value : rdnValues(old, name)) {
            values.removeIf(one -> equality.matched(one).equals(equality.matched(value)));
        }
        for (String value : rdnValues(rdn, name)) {
            if (values.stream().noneMatch(one -> equality.matched(one).equals(equality.matched(value)))) {
                values.add(new ASN1OctetString(value));
            }
        }
        return values;
    }

    private static List<String> rdnValues(RDN rdn, String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < rdn.getAttributeNames().length; i++) {
            if (DnForm.attribute(rdn.getAttributeNames()[i]).equals(DnForm.attribute(name))) {
                values.add(rdn.getAttributeValues()[i]);
            }
        }
        return values;
    }

    private List<ASN1OctetString> after(String name, List<ASN1OctetString> present, AttributeIntent.Set set) {
        ValueEquality equality = directory.values(name);
        if (name.equalsIgnoreCase("userAccountControl") && present.size() == 1) {
            return List.of(ownedBits(present.get(0), set.values().get(0)));
        }
        Map<String, ASN1OctetString> spelled = new LinkedHashMap<>();
        for (ASN1OctetString value : present) {
            spelled.putIfAbsent(equality.canonical(value), value);
        }
        Map<String, ASN1OctetString> after = new LinkedHashMap<>();
        for (ASN1OctetString value : set.over(present)) {
            // A value that is there already stays as it is spelled, and of several that the server takes for one, it.
            ASN1OctetString there = spelled.get(equality.canonical(value));
            if (there == null) {
                after.putIfAbsent(equality.matched(value), value);
            } else {
                after.merge(equality.matched(value), there, (one, other) -> present.contains(one) ? one : other);
            }
        }
        return List.copyOf(after.values());
    }

    private static ASN1OctetString ownedBits(ASN1OctetString present, ASN1OctetString wanted) {
        try {
            long kept = Long.parseLong(present.stringValue().strip()) & KEPT_BITS;
            long owned = Long.parseLong(wanted.stringValue().strip()) & ~KEPT_BITS;
            return new ASN1OctetString(Integer.toString((int) (kept | owned)));
        } catch (NumberFormatException notANumber) {
            return wanted;
        }
    }

    private Optional<AttributeChange> values(
            String name, List<ASN1OctetString> present, List<ASN1OctetString> after, DN dn, DesiredEntry wanted) {
        ValueEquality equality = directory.values(name);
        if (equality.same(present, after)) {
            return Optional.empty();
        }
        RDN rdn = dn.getRDN();
        for (String value : rdn == null ? List.<String>of() : rdnValues(rdn, name)) {
            // No server lets go of a value of the RDN but by a rename, which is not planned for this entry.
            if (after.stream().noneMatch(one -> one.stringValue().equals(value))
                    && present.stream().anyMatch(one -> equality.matched(one).equals(equality.matched(value)))) {
                return Optional.empty();
            }
        }
        return Optional.of(
                AttributeChange.of(name, present, after, because(wanted, name)).sensitive(isSensitive(wanted, name)));
    }

    private static String because(DesiredEntry wanted, String name) {
        return wanted.because().getOrDefault(name, "");
    }

    private static boolean isSensitive(DesiredEntry wanted, String name) {
        return wanted.sensitiveAttributes().contains(name);
    }

    private static Optional<AttributeChange> reference(
            String name,
            List<String> keys,
            List<ASN1OctetString> present,
            String because,
            References references,
            Lost lost) {
        Map<String, String> spelled = new LinkedHashMap<>();
        present.forEach(value -> spelled.putIfAbsent(DnForm.of(value.stringValue()), value.stringValue()));
        Map<String, EntryReference> wanted = new LinkedHashMap<>();
        boolean isWhole = true;
        for (String key : keys) {
            Target target = references.find(key);
            DN dn = target.dn();
            if (!target.found()) {
                lost.add(name, key);
                isWhole = false;
            } else if (dn == null) {
                wanted.put("key:" + key, new EntryReference(key, "", true));
            } else {
                String form = DnForm.of(dn);
                wanted.put(form, new EntryReference(key, spelled.getOrDefault(form, dn.toString()), false));
            }
        }
        // No value goes while one of the keys leads to nothing, since it may be that entry.
        boolean same = isWhole
                ? wanted.keySet().equals(spelled.keySet())
                : spelled.keySet().containsAll(wanted.keySet());
        if (same) {
            return Optional.empty();
        }
        List<EntryReference> all = List.copyOf(wanted.values());
        return Optional.of(AttributeChange.references(
                name, present, isWhole ? all : KeptReferences.beside(all, present), because));
    }

    /** One change for each attribute: a mark may stand in one that is mapped. */
    private static List<AttributeChange> merged(List<AttributeChange> changes) {
        Map<String, AttributeChange> byName = new LinkedHashMap<>();
        for (AttributeChange change : changes) {
            byName.merge(change.name().toLowerCase(Locale.ROOT), change, (one, other) -> {
                List<ASN1OctetString> all = new ArrayList<>(one.after());
                other.after().stream().filter(value -> !all.contains(value)).forEach(all::add);
                return one.values(one.before(), all).sensitive(one.isSensitive() || other.isSensitive());
            });
        }
        return List.copyOf(byName.values());
    }
}
