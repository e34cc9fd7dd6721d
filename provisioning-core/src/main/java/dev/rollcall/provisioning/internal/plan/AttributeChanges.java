package dev.rollcall.provisioning.internal.plan;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.plan.AttributeChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The changes of one entry, attribute by attribute. Immutable and thread-safe. */
public final class AttributeChanges {
    private AttributeChanges() {}

    /** Modifications of the directory's own making, as before and after. */
    public static List<AttributeChange> of(List<Modification> modifications, ReadOnlyEntry entry, String because) {
        Map<String, List<ASN1OctetString>> after = new LinkedHashMap<>();
        for (Modification modification : modifications) {
            List<ASN1OctetString> values = after.computeIfAbsent(
                    modification.getAttributeName(), name -> new ArrayList<>(Entries.present(entry, name)));
            List<ASN1OctetString> named = Arrays.asList(modification.getRawValues());
            if (modification.getModificationType().equals(ModificationType.ADD)) {
                values.addAll(named);
            } else if (modification.getModificationType().equals(ModificationType.REPLACE)) {
                values.clear();
                values.addAll(named);
            } else if (named.isEmpty()) {
                values.clear();
            } else {
                values.removeAll(named);
            }
        }
        List<AttributeChange> changes = new ArrayList<>();
        after.forEach(
                (name, values) -> changes.add(AttributeChange.of(name, Entries.present(entry, name), values, because)));
        return changes;
    }

    /** Changes of one entry, and more of them to the same attributes or others. */
    public static List<AttributeChange> both(List<AttributeChange> changes, List<AttributeChange> more) {
        if (more.isEmpty()) {
            return changes;
        }
        Map<String, AttributeChange> byName = new LinkedHashMap<>();
        changes.forEach(change -> byName.put(change.name().toLowerCase(Locale.ROOT), change));
        for (AttributeChange other : more) {
            byName.merge(other.name().toLowerCase(Locale.ROOT), other, (one, same) -> {
                List<ASN1OctetString> after = new ArrayList<>(one.after());
                after.removeAll(same.removed());
                same.added().stream().filter(value -> !after.contains(value)).forEach(after::add);
                return one.values(one.before(), after);
            });
        }
        return List.copyOf(byName.values());
    }
}
