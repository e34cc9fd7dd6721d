package dev.rollcall.provisioning.internal.undo;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.plan.ChangeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run did to one entry, all in all: however often it wrote an attribute, what counts is what was there before the
 * first write and what was there after the last. Not thread-safe: for one thread at a time.
 */
final class NetEntry {
    /** The attribute that the groups of a deleted entry are recorded under. */
    private static final String GROUPS = "memberof";

    /** Stands behind an attribute under which the ids of those are recorded that referred to a deleted entry by it. */
    private static final String REFERRERS = ";x-referrers";

    private final String key;
    private final Set<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);
    private final Map<String, RecordedAttribute> attributes = new LinkedHashMap<>();

    /** In lower case, the attributes that say whether the account can be used, with the mark that is dated with it. */
    private final Set<String> ofState = new TreeSet<>();

    /** By the form of the group: what the run did first, and the group's name. */
    private final Map<String, Membership> memberships = new LinkedHashMap<>();

    private @Nullable String id;
    private DN first;
    private DN last;
    private boolean created;
    private boolean deleted;

    private record Membership(DN group, boolean wasMember, boolean isMember) {}

    NetEntry(ChangeRecord begin) {
        this.key = begin.key();
        this.id = begin.id();
        this.first = Entries.dn("entry", begin.dn());
        this.last = first;
    }

    /** Takes in the next change that was made. */
    void add(ChangeRecord change) {
        kinds.add(change.kind());
        if (change.id() != null) {
            id = change.id();
        }
        switch (change.kind()) {
            case CREATE -> {
                created = true;
                last = Entries.dn("entry", change.dn());
                change.attributes().forEach(this::put);
            }
            case DELETE -> {
                deleted = true;
                attributes.clear();
                change.attributes().forEach(this::put);
            }
            case RENAME, MOVE -> last = Entries.dn("entry", String.valueOf(change.newDn()));
            case MODIFY, LINK -> change.attributes().forEach(this::put);
            case ENABLE, DISABLE -> {
                change.attributes().forEach(this::put);
                change.attributes().forEach(one -> ofState.add(folded(one.name())));
            }
            case GROUP_ADD, GROUP_REMOVE -> {
                DN group = Entries.dn("group", String.valueOf(change.group()));
                boolean adds = change.kind() == ChangeKind.GROUP_ADD;
                memberships.merge(
                        DnForm.of(group),
                        new Membership(group, !adds, adds),
                        (one, other) -> new Membership(group, one.wasMember, other.isMember));
            }
        }
    }

    private void put(RecordedAttribute attribute) {
        attributes.merge(
                folded(attribute.name()),
                attribute,
                (one, other) -> new RecordedAttribute(
                        one.name(), one.before(), other.after(), one.fingerprints() || other.fingerprints()));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    String key() {
        return key;
    }

    Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** Follows the entry to the id that it has by now. */
    void follow(Successors successors) {
        if (id != null) {
            id = successors.of(id);
        }
    }

    /** Where the entry was before the run. */
    DN first() {
        return first;
    }

    /** Where the run left the entry. */
    DN last() {
        return last;
    }

    /** Whether the run made the entry, and it was there afterwards. */
    boolean isCreated() {
        return created && !deleted;
    }

    /** Whether the run deleted an entry that was there before it. */
    boolean isDeleted() {
        return deleted && !created;
    }

    /** Whether the entry was neither there before the run nor afterwards. */
    boolean isPassing() {
        return created && deleted;
    }

    /** Whether it is a container that the run made on the way to an entry. */
    boolean isContainer() {
        return created && key.isEmpty();
    }

    boolean has(ChangeKind kind) {
        return kinds.contains(kind);
    }

    /** Whether it has another name since. */
    boolean isRenamed() {
        return !first.toString().equals(last.toString());
    }

    /** The attributes that were written, but for the groups of a deleted entry. */
    Collection<RecordedAttribute> attributes() {
        return attributes.values().stream()
                .filter(attribute -> !deleted || !isAbout(attribute))
                .toList();
    }

    /** Whether it is recorded of the entries around a deleted one, and not of itself. */
    private static boolean isAbout(RecordedAttribute attribute) {
        String name = folded(attribute.name());
        return name.equals(GROUPS) || name.endsWith(REFERRERS);
    }

    /** By attribute, the ids of the entries that referred to a deleted entry. */
    Map<String, List<String>> referrers() {
        Map<String, List<String>> referrers = new LinkedHashMap<>();
        for (RecordedAttribute attribute : attributes.values()) {
            String name = attribute.name();
            if (deleted && folded(name).endsWith(REFERRERS)) {
                referrers.put(
                        name.substring(0, name.length() - REFERRERS.length()),
                        attribute.before().stream()
                                .map(ASN1OctetString::stringValue)
                                .toList());
            }
        }
        return referrers;
    }

    /** Whether an attribute was written to disable or enable the account. */
    boolean isOfState(String attribute) {
        return ofState.contains(folded(attribute));
    }

    /** The groups that the run added it to. */
    List<DN> joined() {
        return memberships.values().stream()
                .filter(one -> !one.wasMember && one.isMember)
                .map(Membership::group)
                .toList();
    }

    /** The groups that it was in before, and not afterwards. */
    List<DN> left() {
        Map<String, DN> left = new LinkedHashMap<>();
        memberships.values().stream()
                .filter(one -> one.wasMember && !one.isMember)
                .forEach(one -> left.put(DnForm.of(one.group), one.group));
        if (deleted) {
            List<ASN1OctetString> groups = Optional.ofNullable(attributes.get(GROUPS))
                    .map(RecordedAttribute::before)
                    .orElse(List.of());
            for (ASN1OctetString group : groups) {
                DN dn = Entries.dn("group", group.stringValue());
                left.putIfAbsent(DnForm.of(dn), dn);
            }
        }
        return new ArrayList<>(left.values());
    }
}
