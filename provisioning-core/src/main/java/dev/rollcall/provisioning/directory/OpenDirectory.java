package dev.rollcall.provisioning.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.internal.directory.AccountControl;
import dev.rollcall.provisioning.internal.directory.AccountMarks;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.EntryIds;
import dev.rollcall.provisioning.internal.directory.Mark;
import dev.rollcall.provisioning.internal.directory.PasswordPolicies;
import dev.rollcall.provisioning.internal.directory.Protection;
import dev.rollcall.provisioning.internal.directory.SchemaEquality;
import dev.rollcall.provisioning.internal.directory.SecurityId;
import dev.rollcall.provisioning.internal.directory.StringPreparation;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.internal.directory.WireNames;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A directory whose pool is open. Thread-safe. */
final class OpenDirectory implements Directory, DirectoryAccess {
    /** Terms in one OR filter: beyond 200 every server gets slower per key. */
    private static final int BATCH = 50;

    private final DirectorySettings settings;
    private final DirectorySession session;
    private final EntryIds ids;
    private final AccountControl accounts;
    private final AccountMarks marks;
    private final Protection protection;
    private final SchemaEquality equality;
    private final KeyLookup lookup;
    private final Set<String> alwaysRead;

    OpenDirectory(
            DirectorySettings settings,
            DirectorySession session,
            AccountControl accounts,
            Protection protection,
            SchemaEquality equality) {
        this.settings = settings;
        this.session = session;
        this.ids = new EntryIds(settings.type().kind());
        this.accounts = accounts;
        this.marks = new AccountMarks(settings.type().kind(), accounts, settings.mark());
        this.protection = protection;
        this.equality = equality;
        this.lookup = new KeyLookup(settings.timeout());
        Set<String> always = new LinkedHashSet<>(List.of("objectClass"));
        always.addAll(ids.attributes());
        always.addAll(accounts.attributes());
        always.addAll(protection.attributes());
        if (settings.type() == DirectoryType.ACTIVE_DIRECTORY) {
            always.add("primaryGroupID");
        }
        if (settings.mark() != null) {
            always.add(settings.mark().attribute());
        }
        this.alwaysRead = Set.copyOf(always);
    }

    @Override
    public DirectoryType type() {
        return settings.type();
    }

    @Override
    public DirectoryKind kind() {
        return settings.type().kind();
    }

    @Override
    public String server() {
        return session.server();
    }

    @Override
    public DN base() {
        return settings.base();
    }

    @Override
    public Filter filter() {
        return settings.filter();
    }

    @Override
    public Filter namedFilter() {
        return equality.firstNames(settings.filter());
    }

    @Override
    public String knownName(String attribute) {
        return equality.knownName(attribute);
    }

    @Override
    public DN searchBase() {
        return settings.searchBase();
    }

    @Override
    public Set<String> alwaysRead() {
        return alwaysRead;
    }

    @Override
    public void beginRun() {
        session.begin();
    }

    @Override
    public void scan(Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        session.with("reading " + settings.base(), connection -> {
            new EntrySearch(connection, settings.timeout())
                    .all(WireNames.of(settings.base()), settings.filter(), wanted(attributes), each);
            return true;
        });
    }

    @Override
    public void scanUntil(BooleanSupplier enough, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        session.with("reading " + settings.base(), connection -> {
            new EntrySearch(connection, settings.timeout())
                    .until(enough, WireNames.of(settings.base()), settings.filter(), wanted(attributes), each);
            return true;
        });
    }

    @Override
    public void scanUnder(DN top, Filter filter, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        session.with("reading " + top, connection -> {
            new EntrySearch(connection, settings.timeout()).all(WireNames.of(top), filter, wanted(attributes), each);
            return true;
        });
    }

    @Override
    public List<ReadOnlyEntry> findByKeys(String attribute, Collection<String> values, Set<String> attributes) {
        Set<String> wanted = new LinkedHashSet<>(attributes);
        wanted.add(attribute);
        List<ReadOnlyEntry> found = new ArrayList<>();
        find(settings.searchBase(), null, attribute, values, wanted, found::add);
        return found;
    }

    @Override
    public void findManaged(
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

    @Override
    public List<ReadOnlyEntry> findByIds(Collection<String> wantedIds, Set<String> attributes) {
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

    @Override
    public List<ReadOnlyEntry> managedByIds(Collection<String> wantedIds, Set<String> attributes) {
        List<Filter> terms = new ArrayList<>();
        wantedIds.forEach(id -> terms.add(ids.filter(id)));
        Filter filter = Filter.createANDFilter(settings.filter(), Filter.createORFilter(terms));
        return session.with(
                "looking up entries",
                connection -> new EntrySearch(connection, settings.timeout())
                        .some(WireNames.of(settings.base()), SearchScope.SUB, filter, wanted(attributes)));
    }

    @Override
    public List<ReadOnlyEntry> holdersOf(String attribute, Collection<ASN1OctetString> values, Set<String> attributes) {
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

    @Override
    public boolean hasHidden(String dn, String attribute) {
        return session.with(
                "reading " + dn,
                connection -> new EntrySearch(connection, settings.timeout())
                        .some(dn, SearchScope.BASE, Filter.createPresenceFilter(attribute), List.of(attribute)).stream()
                                .anyMatch(entry -> !entry.hasAttribute(attribute)));
    }

    @Override
    public PasswordPolicies passwordPolicies() {
        return session.with("reading the password policies", connection -> PolicyReader.read(connection, settings));
    }

    @Override
    public @Nullable Schema schema() {
        return equality.schema();
    }

    private boolean knows(String attribute) {
        Schema schema = equality.schema();
        return schema == null
                || schema.getAttributeTypes().isEmpty()
                || schema.getAttributeType(Attribute.getBaseName(attribute)) != null;
    }

    @Override
    public Filter writable() {
        List<Filter> terms = new ArrayList<>();
        terms.add(settings.filter());
        terms.addAll(protection.unprotectedFilters());
        if (settings.mark() != null) {
            terms.add(settings.mark().notTheirs());
        }
        return Filter.createANDFilter(terms);
    }

    @Override
    public Optional<Filter> stateFilter(boolean isEnabled) {
        return knows(accounts.attribute()) ? accounts.filter(isEnabled) : Optional.empty();
    }

    @Override
    public Optional<Problem> disableProblem() {
        return passwordPolicies().problem();
    }

    @Override
    public Optional<Problem> forceChangeProblem() {
        return passwordPolicies().forceChangeProblem();
    }

    @Override
    public Optional<String> nameOf(String id) {
        return ids.nameOf(id);
    }

    @Override
    public <T> T with(String doing, Function<LDAPConnection, T> work) {
        return session.with(doing, work);
    }

    @Override
    public LDAPConnection reconnect(String doing) {
        return session.reconnect(doing);
    }

    @Override
    public Optional<DN> boundAs() {
        return session.with("asking who binds", connection -> {
            if (!(connection.getLastBindRequest() instanceof SimpleBindRequest bind)
                    || !DN.isValidDN(bind.getBindDN())) {
                return Optional.empty();
            }
            return Optional.of(Entries.dn("bindDn", bind.getBindDN()));
        });
    }

    @Override
    public int countChildren(DN top, int enough) {
        int[] count = new int[1];
        session.with("reading " + top, connection -> {
            new EntrySearch(connection, settings.timeout())
                    .children(WireNames.of(top), () -> count[0] >= enough, child -> count[0]++);
            return true;
        });
        return count[0];
    }

    @Override
    public void scanMarked(Set<String> attributes, Consumer<ReadOnlyEntry> each) {
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

    @Override
    public Optional<ReadOnlyEntry> findFiltered(DN dn, Set<String> attributes) {
        return session.with(
                "reading " + dn,
                connection -> new EntrySearch(connection, settings.timeout())
                        .some(WireNames.of(dn), SearchScope.BASE, settings.filter(), wanted(attributes)).stream()
                                .findFirst());
    }

    @Override
    public boolean isLockedByRole(ReadOnlyEntry entry) {
        if (settings.type() != DirectoryType.GENERIC || !accounts.attribute().equalsIgnoreCase("nsAccountLock")) {
            return false;
        }
        return session.with(
                "reading " + entry.getDN(),
                connection -> new EntrySearch(connection, settings.timeout())
                        .stored(WireNames.of(parsed(entry)), accounts.attributes())
                        .filter(stored -> accounts.isEnabled(stored))
                        .isPresent());
    }

    @Override
    public Optional<String> closedAbove(DN group) {
        if (settings.type() != DirectoryType.ACTIVE_DIRECTORY || protection.isAllowed(group)) {
            return Optional.empty();
        }
        Set<DN> met = new LinkedHashSet<>(List.of(group));
        Deque<DN> open = new ArrayDeque<>(met);
        while (!open.isEmpty()) {
            Optional<ReadOnlyEntry> nested = find(open.remove(), Set.of("memberOf"));
            String[] above =
                    nested.map(entry -> entry.getAttributeValues("memberOf")).orElse(null);
            for (String name : above == null ? new String[0] : above) {
                DN parent = Entries.dn("memberOf", name);
                if (met.add(parent) && !protection.isAllowed(parent)) {
                    Optional<String> because = find(parent, Set.of()).flatMap(protection::closedBecause);
                    if (because.isPresent()) {
                        return Optional.of("it is nested in " + parent + ", where " + because.get());
                    }
                    open.add(parent);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean needsMember(ReadOnlyEntry group) {
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

    @Override
    public Optional<String> relativeId(ReadOnlyEntry group) {
        byte[] sid = group.getAttributeValueBytes("objectSid");
        return settings.type() != DirectoryType.ACTIVE_DIRECTORY || sid == null
                ? Optional.empty()
                : Optional.of(SecurityId.relativeId(sid));
    }

    @Override
    public Optional<ReadOnlyEntry> find(DN dn, Set<String> attributes) {
        return read(WireNames.of(dn), attributes);
    }

    @Override
    public boolean exists(DN dn) {
        return session.with(
                "reading " + dn,
                connection -> !new EntrySearch(connection, settings.timeout())
                        .some(WireNames.of(dn), SearchScope.BASE, anything(), List.of("1.1"))
                        .isEmpty());
    }

    @Override
    public DN nameBase(String attribute) {
        return settings.type() == DirectoryType.ACTIVE_DIRECTORY && attribute.equalsIgnoreCase("sAMAccountName")
                ? settings.domain()
                : settings.searchBase();
    }

    @Override
    public Map<String, List<DN>> holders(String attribute, Collection<String> values) {
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

    @Override
    public String id(ReadOnlyEntry entry) {
        return ids.of(entry);
    }

    @Override
    public AccountState state(ReadOnlyEntry entry) {
        return isEnabled(entry) ? AccountState.ENABLED : AccountState.DISABLED;
    }

    @Override
    public boolean isEnabled(ReadOnlyEntry entry) {
        return accounts.isEnabled(entry);
    }

    @Override
    public List<Modification> disableModifications(ReadOnlyEntry entry, LocalDate day) {
        return marks.disable(entry, day, values(accounts.attribute()).isSingleValued());
    }

    @Override
    public List<Modification> enableModifications(ReadOnlyEntry entry) {
        return marks.enable(entry);
    }

    @Override
    public List<Modification> markModifications(ReadOnlyEntry entry) {
        return marks.mark(entry);
    }

    @Override
    public Optional<String> markAttribute() {
        return Optional.ofNullable(settings.mark()).map(Mark::attribute);
    }

    @Override
    public Optional<String> markValue() {
        return Optional.ofNullable(settings.mark()).map(Mark::value);
    }

    @Override
    public boolean isMarked(ReadOnlyEntry entry) {
        return marks.isMarked(entry);
    }

    @Override
    public Optional<LocalDate> disabledSince(ReadOnlyEntry entry) {
        return marks.disabledSince(entry);
    }

    @Override
    public boolean disabledByUs(ReadOnlyEntry entry) {
        return marks.disabledByUs(entry);
    }

    @Override
    public Optional<String> ownedByOther(ReadOnlyEntry entry) {
        return marks.ownedByOther(entry);
    }

    @Override
    public Optional<String> protectedBecause(ReadOnlyEntry entry) {
        return protection.because(entry);
    }

    @Override
    public List<DN> protectedNobody() {
        return protection.names().stream()
                .filter(name -> !exists(equality.firstNames(name)))
                .toList();
    }

    @Override
    public Optional<String> closedBecause(ReadOnlyEntry group) {
        return protection.closedBecause(group);
    }

    @Override
    public AttributeEquality equality(String attribute) {
        return new AttributeEquality(values(attribute));
    }

    @Override
    public ValueEquality values(String attribute) {
        return equality.of(attribute);
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public Set<String> idAttributes() {
        return ids.attributes();
    }

    @Override
    public Optional<Filter> idFilter(String id) {
        return EntryIds.isDn(id) ? Optional.empty() : Optional.of(ids.filter(id));
    }

    @Override
    public String stateTarget() {
        return "directory " + base().toNormalizedString();
    }

    @Override
    public LDAPConnection borrow(String doing) {
        return session.borrow(doing);
    }

    @Override
    public void release(LDAPConnection connection, boolean fine) {
        session.release(connection, fine);
    }

    @Override
    public List<ReadOnlyEntry> some(
            LDAPConnection connection, String base, SearchScope scope, Filter filter, Collection<String> attributes) {
        return new EntrySearch(connection, settings.timeout()).some(base, scope, filter, attributes);
    }

    @Override
    public AccountControl accounts() {
        return accounts;
    }

    @Override
    public AccountMarks marks() {
        return marks;
    }

    @Override
    public Duration timeout() {
        return settings.timeout();
    }

    @Override
    public Optional<ReadOnlyEntry> read(LDAPConnection connection, String dn, Set<String> attributes) {
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

    @Override
    public Set<String> wanted(Set<String> attributes) {
        Set<String> wanted = new LinkedHashSet<>(alwaysRead);
        Set<String> known = new LinkedHashSet<>();
        alwaysRead.forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
        attributes.stream()
                .filter(name -> known.add(name.toLowerCase(Locale.ROOT)))
                .forEach(wanted::add);
        return wanted;
    }

    private static DN parsed(ReadOnlyEntry entry) {
        return Entries.dn("entry", entry.getDN());
    }

    private static Filter anything() {
        return Filter.createPresenceFilter("objectClass");
    }
}
