package dev.rollcall.provisioning.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.provisioning.internal.directory.AccountMarks;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.EntryIds;
import dev.rollcall.provisioning.internal.directory.Mark;
import dev.rollcall.provisioning.internal.directory.StringPreparation;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks entries up, by key, id, DN or mark, and scans for them; every search is whole or throws. Thread-safe.
 */
final class EntryLookup {
    /** Terms in one OR filter: beyond 200 every server gets slower per key. */
    private static final int BATCH = 50;

    private final DirectorySettings settings;
    private final DirectorySession session;
    private final EntryIds ids;
    private final AccountMarks marks;
    private final KeyLookup lookup;
    private final Set<String> alwaysRead;

    EntryLookup(
            DirectorySettings settings,
            DirectorySession session,
            EntryIds ids,
            AccountMarks marks,
            Set<String> alwaysRead) {
        this.settings = settings;
        this.session = session;
        this.ids = ids;
        this.marks = marks;
        this.lookup = new KeyLookup(settings.timeout());
        this.alwaysRead = alwaysRead;
    }

    void scan(Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        session.with("reading " + settings.base(), connection -> {
            new EntrySearch(connection, settings.timeout())
                    .all(WireNames.of(settings.base()), settings.filter(), wanted(attributes), each);
            return true;
        });
    }

    void scanUntil(BooleanSupplier enough, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        session.with("reading " + settings.base(), connection -> {
            new EntrySearch(connection, settings.timeout())
                    .until(enough, WireNames.of(settings.base()), settings.filter(), wanted(attributes), each);
            return true;
        });
    }

    void scanUnder(DN top, Filter filter, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        session.with("reading " + top, connection -> {
            new EntrySearch(connection, settings.timeout()).all(WireNames.of(top), filter, wanted(attributes), each);
            return true;
        });
    }

    List<ReadOnlyEntry> findByKeys(String attribute, Collection<String> values, Set<String> attributes) {
        Set<String> wanted = new LinkedHashSet<>(attributes);
        wanted.add(attribute);
        List<ReadOnlyEntry> found = new ArrayList<>();
        find(settings.searchBase(), null, attribute, values, wanted, found::add);
        return found;
    }

    void findManaged(
            DN top, String attribute, Collection<String> values, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        find(top, settings.filter(), attribute, values, attributes, each);
    }

    private void find(
            DN top,
            @Nullable Filter within,
            String attribute,
            Collection<String> values,
            Set<String> attributes,
            Consumer<ReadOnlyEntry> each) {
        session.with("looking up " + attribute, connection -> {
            lookup.find(connection, WireNames.of(top), within, attribute, values, wanted(attributes), each);
            return true;
        });
    }

    List<ReadOnlyEntry> findByIds(Collection<String> wantedIds, Set<String> attributes) {
        List<ReadOnlyEntry> found = new ArrayList<>();
        List<Filter> filters = new ArrayList<>();
        for (String id : new LinkedHashSet<>(wantedIds)) {
            if (EntryIds.isDn(id)) {
                found.addAll(read(EntryIds.dn(id), attributes).stream().toList());
            } else {
                filters.add(ids.filter(id));
            }
        }
        if (!filters.isEmpty()) {
            found.addAll(any(WireNames.of(settings.searchBase()), filters, attributes));
        }
        return found;
    }

    List<ReadOnlyEntry> managedByIds(Collection<String> wantedIds, Set<String> attributes) {
        List<Filter> terms = new ArrayList<>();
        wantedIds.forEach(id -> terms.add(ids.filter(id)));
        Filter filter = Filter.createANDFilter(settings.filter(), Filter.createORFilter(terms));
        return session.with(
                "looking up entries",
                connection -> new EntrySearch(connection, settings.timeout())
                        .some(WireNames.of(settings.base()), SearchScope.SUB, filter, wanted(attributes)));
    }

    List<ReadOnlyEntry> holdersOf(String attribute, Collection<ASN1OctetString> values, Set<String> attributes) {
        List<Filter> terms = new ArrayList<>();
        values.forEach(value -> terms.add(Filter.createEqualityFilter(attribute, value.getValue())));
        Set<String> names = new LinkedHashSet<>(attributes);
        names.add(attribute);
        return session.with(
                "looking up " + attribute,
                connection -> new EntrySearch(connection, settings.timeout())
                        .some(
                                WireNames.of(settings.searchBase()),
                                SearchScope.SUB,
                                Filter.createORFilter(terms),
                                wanted(names)));
    }

    boolean hasHidden(String dn, String attribute) {
        return session.with(
                "reading " + dn,
                connection -> new EntrySearch(connection, settings.timeout())
                        .some(dn, SearchScope.BASE, Filter.createPresenceFilter(attribute), List.of(attribute)).stream()
                                .anyMatch(entry -> !entry.hasAttribute(attribute)));
    }

    int countChildren(DN top, int enough) {
        int[] count = new int[1];
        session.with("reading " + top, connection -> {
            new EntrySearch(connection, settings.timeout())
                    .children(WireNames.of(top), () -> count[0] >= enough, child -> count[0]++);
            return true;
        });
        return count[0];
    }

    void scanMarked(Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        Mark mark = settings.mark();
        if (mark != null) {
            scanUnder(settings.searchBase(), mark.filter(), attributes, entry -> {
                DN dn = parsed(entry);
                if (marks.isMarked(entry)
                        && settings.otherBases().stream().noneMatch(top -> DnForm.isWithin(dn, top))) {
                    each.accept(entry);
                }
            });
        }
    }

    Optional<ReadOnlyEntry> findFiltered(DN dn, Set<String> attributes) {
        return session.with(
                "reading " + dn,
                connection -> new EntrySearch(connection, settings.timeout())
                        .some(WireNames.of(dn), SearchScope.BASE, settings.filter(), wanted(attributes)).stream()
                                .findFirst());
    }

    Optional<ReadOnlyEntry> find(DN dn, Set<String> attributes) {
        return read(WireNames.of(dn), attributes);
    }

    boolean exists(DN dn) {
        return session.with(
                "reading " + dn,
                connection -> !new EntrySearch(connection, settings.timeout())
                        .some(WireNames.of(dn), SearchScope.BASE, anything(), List.of("1.1"))
                        .isEmpty());
    }

    DN nameBase(String attribute) {
        return settings.type() == DirectoryType.ACTIVE_DIRECTORY && attribute.equalsIgnoreCase("sAMAccountName")
                ? settings.domain()
                : settings.searchBase();
    }

    Map<String, List<DN>> holders(String attribute, Collection<String> values) {
        Set<String> asked = new LinkedHashSet<>();
        Set<String> folded = new LinkedHashSet<>();
        values.forEach(value -> {
            asked.add(value);
            folded.add(StringPreparation.caseIgnored(value));
        });
        Map<String, List<DN>> holders = new LinkedHashMap<>();
        List<ReadOnlyEntry> found = new ArrayList<>();
        find(nameBase(attribute), null, attribute, asked, Set.of(attribute), found::add);
        for (ReadOnlyEntry entry : found) {
            String[] present = entry.getAttributeValues(attribute);
            for (String value : present == null ? new String[0] : present) {
                String name = StringPreparation.caseIgnored(value);
                if (folded.contains(name)) {
                    holders.computeIfAbsent(name, none -> new ArrayList<>()).add(parsed(entry));
                }
            }
        }
        return holders;
    }

    List<ReadOnlyEntry> some(
            DirectoryConnection connection,
            String base,
            SearchScope scope,
            Filter filter,
            Collection<String> attributes) {
        return new EntrySearch(connection, settings.timeout()).some(base, scope, filter, attributes);
    }

    Optional<ReadOnlyEntry> read(DirectoryConnection connection, String dn, Set<String> attributes) {
        return new EntrySearch(connection, settings.timeout())
                .some(dn, SearchScope.BASE, anything(), wanted(attributes)).stream()
                        .findFirst();
    }

    private Optional<ReadOnlyEntry> read(String dn, Set<String> attributes) {
        return session.with("reading " + dn, connection -> read(connection, dn, attributes));
    }

    private List<ReadOnlyEntry> any(String base, List<Filter> filters, Set<String> attributes) {
        return session.with("looking up entries", connection -> {
            EntrySearch search = new EntrySearch(connection, settings.timeout());
            List<ReadOnlyEntry> found = new ArrayList<>();
            for (int from = 0; from < filters.size(); from += BATCH) {
                Filter some = Filter.createORFilter(filters.subList(from, Math.min(filters.size(), from + BATCH)));
                found.addAll(search.some(base, SearchScope.SUB, some, wanted(attributes)));
            }
            return found;
        });
    }

    Set<String> wanted(Set<String> attributes) {
        Set<String> wanted = new LinkedHashSet<>(alwaysRead);
        Set<String> known = new LinkedHashSet<>();
        alwaysRead.forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
        attributes.stream()
                .filter(name -> known.add(name.toLowerCase(Locale.ROOT)))
                .forEach(wanted::add);
        return wanted;
    }

    static DN parsed(ReadOnlyEntry entry) {
        return Entries.dn("entry", entry.getDN());
    }

    private static Filter anything() {
        return Filter.createPresenceFilter("objectClass");
    }
}
