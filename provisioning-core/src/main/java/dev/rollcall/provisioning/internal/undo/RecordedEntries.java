package dev.rollcall.provisioning.internal.undo;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.plan.ChangeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The entries that records of the journal are about, as they are now. Not thread-safe: for one thread at a time. */
final class RecordedEntries {
    private final DirectoryAccess directory;
    private final String keyAttribute;
    private final Map<String, ReadOnlyEntry> byId = new HashMap<>();
    private final Map<String, ReadOnlyEntry> byDn = new HashMap<>();

    RecordedEntries(DirectoryAccess directory, String keyAttribute) {
        this.directory = directory;
        this.keyAttribute = keyAttribute;
    }

    /** Reads the entries of these records, by id where they have one, and new ones by the key and the DN. */
    void read(Collection<ChangeRecord> records, Set<String> attributes) {
        byId.clear();
        byDn.clear();
        Set<String> ids = new LinkedHashSet<>();
        Map<String, String> keys = new LinkedHashMap<>();
        List<DN> names = new ArrayList<>();
        for (ChangeRecord record : records) {
            String id = record.id();
            if (id != null) {
                ids.add(id);
            } else if (record.key().isEmpty()) {
                names.add(Entries.dn("entry", record.dn()));
            } else {
                keys.put(record.key(), record.dn());
            }
        }
        Set<String> wanted = new LinkedHashSet<>(attributes);
        wanted.add(keyAttribute);
        if (!ids.isEmpty()) {
            directory.findByIds(ids, wanted).forEach(entry -> byId.put(directory.id(entry), entry));
        }
        if (!keys.isEmpty()) {
            directory.findByKeys(keyAttribute, keys.keySet(), wanted).forEach(this::named);
        }
        for (DN name : names) {
            directory.find(name, wanted).ifPresent(this::named);
        }
    }

    private void named(ReadOnlyEntry entry) {
        byDn.put(DnForm.of(Entries.dn(entry)), entry);
    }

    Optional<ReadOnlyEntry> of(ChangeRecord record) {
        String id = record.id();
        return Optional.ofNullable(id == null ? byDn.get(DnForm.of(record.dn())) : byId.get(id));
    }

    /** Whether a group lists the entry of a membership; false if there is no such group. */
    boolean isMember(ChangeRecord membership) {
        String group = membership.group();
        if (group == null) {
            throw new IllegalArgumentException("a membership without a group");
        }
        String member = of(membership).map(ReadOnlyEntry::getDN).orElse(membership.dn());
        return isMember(directory, Entries.dn("group", group), member);
    }

    static boolean isMember(DirectoryAccess directory, DN group, String member) {
        boolean[] found = new boolean[1];
        if (directory.exists(group)) {
            Filter lists = Filter.createORFilter(
                    Filter.createEqualityFilter("member", member), Filter.createEqualityFilter("uniqueMember", member));
            directory.scanUnder(group, lists, Set.of(), entry -> found[0] |= DnForm.same(Entries.dn(entry), group));
        }
        return found[0];
    }

    /** The attributes that must be read to judge these records. */
    static Set<String> attributes(Collection<ChangeRecord> records) {
        Set<String> names = new LinkedHashSet<>();
        for (ChangeRecord record : records) {
            if (record.kind() != ChangeKind.DELETE) {
                record.attributes().forEach(attribute -> names.add(attribute.name()));
            }
        }
        return names;
    }
}
