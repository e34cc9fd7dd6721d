package dev.rollcall.provisioningtestkit;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who enters and leaves a group, so that the other end of the link can follow.
 *
 * @param group the group's DN
 * @param added the members that enter
 * @param removed the members that leave
 */
record MemberChanges(String group, List<String> added, List<String> removed) {
    static MemberChanges ofNew(Entry entry) {
        String[] members = entry.getAttributeValues("member");
        return new MemberChanges(entry.getDN(), members == null ? List.of() : Arrays.asList(members), List.of());
    }

    static MemberChanges of(Entry group, List<Modification> modifications) {
        List<String> added = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        String[] present = group.getAttributeValues("member");
        for (Modification modification : modifications) {
            if (!modification.getAttributeName().equalsIgnoreCase("member")) {
                continue;
            }
            List<String> values = Arrays.asList(modification.getValues());
            boolean all = values.isEmpty() || modification.getModificationType().equals(ModificationType.REPLACE);
            if (all && present != null) {
                removed.addAll(Arrays.asList(present));
            }
            if (modification.getModificationType().equals(ModificationType.DELETE)) {
                removed.addAll(values);
            } else {
                added.addAll(values);
                removed.removeAll(values);
            }
        }
        return new MemberChanges(group.getDN(), added, removed);
    }
}
