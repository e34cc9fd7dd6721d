package dev.rollcall.provisioning.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.Protection;
import dev.rollcall.provisioning.internal.directory.SchemaEquality;
import dev.rollcall.provisioning.internal.directory.SecurityId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What only groups are asked for. Thread-safe. */
final class GroupRules {
    private final DirectorySettings settings;
    private final EntryLookup entries;
    private final Protection protection;
    private final SchemaEquality equality;

    GroupRules(DirectorySettings settings, EntryLookup entries, Protection protection, SchemaEquality equality) {
        this.settings = settings;
        this.entries = entries;
        this.protection = protection;
        this.equality = equality;
    }

    /** Why nobody may be added to or removed from a group, if a group that it is nested in is closed. */
    Optional<String> closedAbove(DN group) {
        if (settings.type() != DirectoryType.ACTIVE_DIRECTORY || protection.isAllowed(group)) {
            return Optional.empty();
        }
        Set<DN> met = new LinkedHashSet<>(List.of(group));
        Deque<DN> open = new ArrayDeque<>(met);
        while (!open.isEmpty()) {
            Optional<ReadOnlyEntry> nested = entries.find(open.remove(), Set.of("memberOf"));
            String[] above =
                    nested.map(entry -> entry.getAttributeValues("memberOf")).orElse(null);
            for (String name : above == null ? new String[0] : above) {
                DN parent = Entries.dn("memberOf", name);
                if (met.add(parent) && !protection.isAllowed(parent)) {
                    Optional<String> because = entries.find(parent, Set.of()).flatMap(protection::closedBecause);
                    if (because.isPresent()) {
                        return Optional.of("it is nested in " + parent + ", where " + because.get());
                    }
                    open.add(parent);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the class of a group needs a member. */
    boolean needsMember(ReadOnlyEntry group) {
        Schema schema = equality.schema();
        for (String name : List.of("groupOfNames", "groupOfUniqueNames")) {
            ObjectClassDefinition definition = schema == null ? null : schema.getObjectClass(name);
            boolean needs = schema != null
                    && definition != null
                    && definition.getRequiredAttributes(schema, true).stream()
                            .anyMatch(attribute ->
                                    attribute.hasNameOrOID(name.equals("groupOfNames") ? "member" : "uniqueMember"));
            if (needs && group.hasObjectClass(name)) {
                return true;
            }
        }
        return false;
    }

    /** The last part of the SID of a group; empty elsewhere than in Active Directory. */
    Optional<String> relativeId(ReadOnlyEntry group) {
        byte[] sid = group.getAttributeValueBytes("objectSid");
        return settings.type() != DirectoryType.ACTIVE_DIRECTORY || sid == null
                ? Optional.empty()
                : Optional.of(SecurityId.relativeId(sid));
    }
}
