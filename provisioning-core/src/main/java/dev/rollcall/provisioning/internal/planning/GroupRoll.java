package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.GroupRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.GroupIntent;
import dev.rollcall.mapping.entry.GroupIntent.Membership;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is in one group, as it was read at the beginning of the run. Not thread-safe: for one thread at a time. */
final class GroupRoll {
    private static final Set<String> ATTRIBUTES = Set.of("objectClass", "member", "uniqueMember", "objectSid");

    private final DN group;
    private final boolean addsOnly;
    private final String attribute;
    private final HashIndex members = new HashIndex();
    private final @Nullable String unavailable;
    private final boolean everybody;
    private boolean needsMember;
    private @Nullable String primaryId;

    private GroupRoll(GroupRule rule, String attribute, @Nullable String unavailable, boolean everybody) {
        this.group = rule.dn();
        this.addsOnly = rule.addsOnly();
        this.attribute = attribute;
        this.unavailable = unavailable;
        this.everybody = everybody;
    }

    /**
     * The members of each group that the mapping names.
     *
     * @param everybody whether the source was read whole; who is listed for a change alone may lack columns that did not
     *     change, and leaves no group for want of them
     */
    static Map<DN, GroupRoll> readAll(DirectoryAccess directory, Mapping mapping, boolean everybody) {
        Map<DN, GroupRoll> groups = new LinkedHashMap<>();
        mapping.groups().forEach(rule -> groups.put(rule.dn(), read(directory, rule, everybody)));
        return groups;
    }

    private static GroupRoll read(DirectoryAccess directory, GroupRule rule, boolean everybody) {
        DN group = rule.dn();
        Optional<ReadOnlyEntry> found = directory.find(group, ATTRIBUTES);
        if (found.isEmpty()) {
            return new GroupRoll(rule, "member", "the group " + group + " does not exist", everybody);
        }
        ReadOnlyEntry entry = found.get();
        Optional<String> because = directory.closedBecause(entry).or(() -> directory.closedAbove(group));
        if (because.isPresent()) {
            return new GroupRoll(rule, "member", "the group " + group + " is protected: " + because.get(), everybody);
        }
        String attribute = entry.hasObjectClass("groupOfUniqueNames") ? "uniqueMember" : "member";
        String[] classes = entry.getObjectClassValues();
        Optional<String> refused = new SchemaCheck(directory.schema(), directory.kind())
                .withoutMembers(classes == null ? new String[0] : classes, attribute);
        if (refused.isPresent()) {
            return new GroupRoll(rule, attribute, "the group " + group + ": " + refused.get(), everybody);
        }
        GroupRoll members = new GroupRoll(rule, attribute, null, everybody);
        members.needsMember = directory.needsMember(entry);
        members.primaryId = directory.relativeId(entry).orElse(null);
        members.collect(directory, entry);
        return members;
    }

    /** Active Directory hands out large groups in ranges: what was asked for says where the next begins. */
    private void collect(DirectoryAccess directory, ReadOnlyEntry first) {
        ReadOnlyEntry entry = first;
        while (true) {
            String next = null;
            for (Attribute values : entry.getAttributes()) {
                String name = values.getName().toLowerCase(Locale.ROOT);
                String range = attribute.toLowerCase(Locale.ROOT) + ";range=";
                if (name.equals(attribute.toLowerCase(Locale.ROOT)) || name.startsWith(range)) {
                    add(values);
                }
                if (name.startsWith(range) && !name.endsWith("*")) {
                    int end = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
                    next = attribute + ";range=" + (end + 1) + "-*";
                }
            }
            if (next == null) {
                return;
            }
            Optional<ReadOnlyEntry> more = directory.find(group, Set.of(next));
            if (more.isEmpty()) {
                return;
            }
            entry = more.get();
        }
    }

    private void add(Attribute values) {
        for (String value : values.getValues()) {
            // What is not a DN is not an entry that we could be asked about: as if it were not there.
            members.put(DnForm.of(value), members.size());
        }
    }

    DN group() {
        return group;
    }

    /** Whether members who do not belong in it any more stay in it. */
    boolean addsOnly() {
        return addsOnly;
    }

    /** The attribute that holds the members. */
    String attribute() {
        return attribute;
    }

    /** Why memberships cannot be changed, if so. */
    Optional<String> unavailable() {
        return Optional.ofNullable(unavailable);
    }

    /** What somebody is to be to this group, as far as this run can tell. */
    Membership wanted(GroupIntent intent) {
        boolean untold = !everybody && !intent.absentColumns().isEmpty();
        return untold ? Membership.KEEP : intent.membership();
    }

    /** Whether nothing is to be done for a member, or nothing can be. */
    boolean agrees(Membership wanted, DN member) {
        return wanted == Membership.KEEP || unavailable != null || has(member) == (wanted == Membership.MEMBER);
    }

    /** Whether it is the primary group of an account, which Active Directory does not list among the members. */
    boolean isPrimaryOf(ReadOnlyEntry entry) {
        return primaryId != null && primaryId.equals(entry.getAttributeValue("primaryGroupID"));
    }

    /** Whether it would be without any member for a moment at least, and its class does not allow that. */
    boolean isEmptiedBy(int removed) {
        return needsMember && removed > 0 && members.size() <= removed;
    }

    boolean has(DN member) {
        return members.mayHave(DnForm.of(member));
    }
}
