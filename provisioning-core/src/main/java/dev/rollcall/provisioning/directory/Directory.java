package dev.rollcall.provisioning.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.Problem;
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
import org.jspecify.annotations.Nullable;

/**
 * An LDAP directory, the part of it that is managed, and what its kind of server needs. Every search is whole or
 * throws a {@link DirectoryException}. Thread-safe.
 *
 * <p>A pool that was handed over belongs to the directory, which closes it.
 */
public final class Directory implements AutoCloseable {
    /** Terms in one OR filter: beyond 200 every server gets slower per key. */
    private static final int BATCH = 50;

    private final DirectoryBuilder settings;
    private final DirectorySession session;
    private final EntryIds ids;
    private final AccountControl accounts;
    private final AccountMarks marks;
    private final Protection protection;
    private final SchemaEquality equality;
    private final KeyLookup lookup;
    private final Set<String> alwaysRead;

    Directory(
            DirectoryBuilder settings,
            DirectorySession session,
            AccountControl accounts,
            Protection protection,
            SchemaEquality equality) {
        this.settings = settings;
        this.session = session;
        this.ids = new EntryIds(settings.type);
        this.accounts = accounts;
        this.marks = new AccountMarks(settings.type, accounts, settings.mark);
        this.protection = protection;
        this.equality = equality;
        this.lookup = new KeyLookup(settings.timeout);
        Set<String> always = new LinkedHashSet<>(List.of("objectClass"));
        always.addAll(ids.attributes());
        always.addAll(accounts.attributes());
        always.addAll(protection.attributes());
        if (settings.type == DirectoryType.ACTIVE_DIRECTORY) {
            always.add("primaryGroupID");
        }
        if (settings.mark != null) {
            always.add(settings.mark.attribute());
        }
        this.alwaysRead = Set.copyOf(always);
    }

    /** {@return a builder for an OpenLDAP server} */
    public static DirectoryBuilder openLdap(LDAPConnectionPool pool) {
        return new DirectoryBuilder(DirectoryType.OPENLDAP, pool);
    }

    /** {@return a builder for an Active Directory domain} */
    public static DirectoryBuilder activeDirectory(LDAPConnectionPool pool) {
        return new DirectoryBuilder(DirectoryType.ACTIVE_DIRECTORY, pool);
    }

    /** {@return a builder for any other server} */
    public static DirectoryBuilder generic(LDAPConnectionPool pool) {
        return new DirectoryBuilder(DirectoryType.GENERIC, pool);
    }

    /**
     * {@return why a disable keeps nobody from logging on to this OpenLDAP server (no password policy in force, or one
     * without {@code pwdLockout TRUE}), or why that is not known; empty if a disable has an effect, and for other servers}
     *
     * @throws DirectoryException if the server cannot be asked
     */
    public Optional<Problem> disableProblem() {
        return passwordPolicies().problem();
    }

    /** {@return what kind of server this is} */
    public DirectoryType type() {
        return settings.type;
    }

    /** {@return address and port of the server that the present run uses} */
    public String server() {
        return session.server();
    }

    /** {@return the top of the managed subtree} */
    public DN base() {
        return settings.base();
    }

    /** {@return the filter of managed entries} */
    public Filter filter() {
        return settings.filter;
    }

    /** {@return where keys, names and references are looked up} */
    public DN searchBase() {
        return settings.searchBase();
    }

    /** {@return the attributes that every read asks for, whatever else is wanted} */
    public Set<String> alwaysRead() {
        return alwaysRead;
    }

    /** {@return the DN of the account that binds; empty if it binds by another name} */
    public Optional<DN> boundAs() {
        return session.with("asking who binds", connection -> {
            if (!(connection.getLastBindRequest() instanceof SimpleBindRequest bind)
                    || !DN.isValidDN(bind.getBindDN())) {
                return Optional.empty();
            }
            return Optional.of(DirectoryBuilder.dn("bindDn", bind.getBindDN()));
        });
    }

    /** Lets the next call choose a server anew, where there are several; a run begins with this and stays there. */
    public void beginRun() {
        session.begin();
    }

    /** Every entry in base and filter, once each, in the server's order. */
    public void scan(Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        session.with("reading " + settings.base(), connection -> {
            new EntrySearch(connection, settings.timeout)
                    .all(WireNames.of(settings.base()), settings.filter, wanted(attributes), each);
            return true;
        });
    }

    /** Entries in base and filter, page by page, until there are enough of them. */
    public void scanUntil(BooleanSupplier enough, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        session.with("reading " + settings.base(), connection -> {
            new EntrySearch(connection, settings.timeout)
                    .until(enough, WireNames.of(settings.base()), settings.filter, wanted(attributes), each);
            return true;
        });
    }

    /** {@return how many entries right below this one can be seen; not counted further than {@code enough}} */
    public int countChildren(DN top, int enough) {
        int[] count = new int[1];
        session.with("reading " + top, connection -> {
            new EntrySearch(connection, settings.timeout)
                    .children(WireNames.of(top), () -> count[0] >= enough, child -> count[0]++);
            return true;
        });
        return count[0];
    }

    /** Every entry under {@code top} that the filter finds, managed or not. */
    public void scanUnder(DN top, Filter filter, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        session.with("reading " + top, connection -> {
            new EntrySearch(connection, settings.timeout).all(WireNames.of(top), filter, wanted(attributes), each);
            return true;
        });
    }

    /**
     * Every entry under the search base that carries our mark, managed or not, but for those that another data source
     * with the same mark manages; none where there is no mark.
     */
    public void scanMarked(Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        Mark mark = settings.mark;
        if (mark != null) {
            scanUnder(settings.searchBase(), mark.filter(), attributes, entry -> {
                DN dn = parsed(entry);
                if (marks.isMarked(entry)
                        && settings.otherBases.stream().noneMatch(top -> dn.isDescendantOf(top, true))) {
                    each.accept(entry);
                }
            });
        }
    }

    /**
     * {@return the entries anywhere under the search base whose {@code attribute} has one of {@code values}, managed or
     * not; the server compares, so their values may differ in case}
     */
    public List<ReadOnlyEntry> findByKeys(String attribute, Collection<String> values, Set<String> attributes) {
        Set<String> wanted = new LinkedHashSet<>(attributes);
        wanted.add(attribute);
        List<ReadOnlyEntry> found = new ArrayList<>();
        find(settings.searchBase(), null, attribute, values, wanted, found::add);
        return found;
    }

    /** Tells the entries under {@code top} that the filter finds and whose {@code attribute} has one of {@code values}. */
    public void findManaged(
            DN top, String attribute, Collection<String> values, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        find(top, settings.filter, attribute, values, attributes, each);
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

    /** {@return the entries with these ids, as far as they still exist under the search base} */
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

    /** {@return those of the entries with these ids that stand in base and filter; one search} */
    public List<ReadOnlyEntry> managedByIds(Collection<String> wantedIds, Set<String> attributes) {
        List<Filter> terms = new ArrayList<>();
        wantedIds.forEach(id -> terms.add(ids.filter(id)));
        Filter filter = Filter.createANDFilter(settings.filter, Filter.createORFilter(terms));
        return session.with(
                "looking up entries",
                connection -> new EntrySearch(connection, settings.timeout)
                        .some(WireNames.of(settings.base()), SearchScope.SUB, filter, wanted(attributes)));
    }

    /** {@return the entries anywhere under the search base that have one of these values; one search} */
    public List<ReadOnlyEntry> holdersOf(String attribute, Collection<ASN1OctetString> values, Set<String> attributes) {
        List<Filter> terms = new ArrayList<>();
        values.forEach(value -> terms.add(Filter.createEqualityFilter(attribute, value.getValue())));
        Set<String> names = new LinkedHashSet<>(attributes);
        names.add(attribute);
        return session.with(
                "looking up " + attribute,
                connection -> new EntrySearch(connection, settings.timeout)
                        .some(
                                WireNames.of(settings.searchBase()),
                                SearchScope.SUB,
                                Filter.createORFilter(terms),
                                wanted(names)));
    }

    /** {@return whether there is an entry of this name that the filter of managed entries finds} */
    public boolean isFiltered(DN dn) {
        return session.with(
                "reading " + dn,
                connection -> !new EntrySearch(connection, settings.timeout)
                        .some(WireNames.of(dn), SearchScope.BASE, settings.filter, List.of("1.1"))
                        .isEmpty());
    }

    /** {@return whether an entry has a value of this attribute, although a read does not show any} */
    public boolean hasHidden(String dn, String attribute) {
        return session.with(
                "reading " + dn,
                connection -> new EntrySearch(connection, settings.timeout)
                        .some(dn, SearchScope.BASE, Filter.createPresenceFilter(attribute), List.of(attribute)).stream()
                                .anyMatch(entry -> !entry.hasAttribute(attribute)));
    }

    /** {@return the password policies that decide whether a disable has an effect} */
    public PasswordPolicies passwordPolicies() {
        return session.with(
                "reading the password policies",
                connection -> PasswordPolicies.read(connection, settings.type, settings.domain(), settings.timeout));
    }

    /** {@return the server's schema; null where it cannot be read} */
    public @Nullable Schema schema() {
        return equality.schema();
    }

    /** {@return whether the schema knows the attribute; true where the schema cannot be read} */
    private boolean knows(String attribute) {
        Schema schema = equality.schema();
        return schema == null
                || schema.getAttributeTypes().isEmpty()
                || schema.getAttributeType(Attribute.getBaseName(attribute)) != null;
    }

    /**
     * {@return the filter of an entry that may be written: in the filter of managed entries, not protected, and without
     * another source's mark; null for a part that the server cannot be trusted to judge}
     */
    public Filter writable() {
        List<Filter> terms = new ArrayList<>();
        terms.add(settings.filter);
        terms.addAll(protection.unprotectedFilters());
        if (settings.mark != null) {
            terms.add(settings.mark.notTheirs());
        }
        return Filter.createANDFilter(terms);
    }

    /** {@return the filter of an account in this state; empty where the server does not know the attribute} */
    public Optional<Filter> stateFilter(AccountState state) {
        return knows(accounts.attribute()) ? accounts.filter(state) : Optional.empty();
    }

    /** {@return the entry of this name, if there is one} */
    public Optional<ReadOnlyEntry> find(DN dn, Set<String> attributes) {
        return read(WireNames.of(dn), attributes);
    }

    /** {@return whether there is an entry of this name} */
    public boolean exists(DN dn) {
        return session.with(
                "reading " + dn,
                connection -> !new EntrySearch(connection, settings.timeout)
                        .some(WireNames.of(dn), SearchScope.BASE, anything(), List.of("1.1"))
                        .isEmpty());
    }

    /** {@return where nobody else may have a value of this attribute: a domain knows each logon name once} */
    public DN nameBase(String attribute) {
        return settings.type == DirectoryType.ACTIVE_DIRECTORY && attribute.equalsIgnoreCase("sAMAccountName")
                ? settings.domain()
                : settings.searchBase();
    }

    /**
     * {@return who has each of these values: the DNs by value, in lower case as names are compared; a value that is
     * free is not in it}
     */
    public Map<String, List<DN>> holders(String attribute, Collection<String> values) {
        Set<String> asked = new LinkedHashSet<>();
        values.forEach(value -> asked.add(value.toLowerCase(Locale.ROOT)));
        Map<String, List<DN>> holders = new LinkedHashMap<>();
        List<ReadOnlyEntry> found = new ArrayList<>();
        find(nameBase(attribute), null, attribute, asked, Set.of(attribute), found::add);
        for (ReadOnlyEntry entry : found) {
            String[] present = entry.getAttributeValues(attribute);
            for (String value : present == null ? new String[0] : present) {
                String name = value.toLowerCase(Locale.ROOT);
                if (asked.contains(name)) {
                    holders.computeIfAbsent(name, none -> new ArrayList<>()).add(parsed(entry));
                }
            }
        }
        return holders;
    }

    /** {@return what an entry is known by however it is renamed: objectGUID, entryUUID or nsUniqueId as text} */
    public String id(ReadOnlyEntry entry) {
        return ids.of(entry);
    }

    /** {@return whether the account can be used} */
    public AccountState state(ReadOnlyEntry entry) {
        return accounts.state(entry);
    }

    /** {@return what disables the account, with the mark's date; empty if it is disabled} */
    public List<Modification> disableModifications(ReadOnlyEntry entry, LocalDate day) {
        return marks.disable(entry, day, equality(accounts.attribute()).isSingleValued());
    }

    /** {@return what enables the account, and takes the date off its mark; empty if it is enabled} */
    public List<Modification> enableModifications(ReadOnlyEntry entry) {
        return marks.enable(entry);
    }

    /** {@return what gives the entry our mark; empty if it has it, or there is none} */
    public List<Modification> markModifications(ReadOnlyEntry entry) {
        return marks.mark(entry);
    }

    /** {@return the mark's attribute, if entries are marked} */
    public Optional<String> markAttribute() {
        return Optional.ofNullable(settings.mark).map(Mark::attribute);
    }

    /** {@return the mark's value, if entries are marked} */
    public Optional<String> markValue() {
        return Optional.ofNullable(settings.mark).map(Mark::value);
    }

    /** {@return whether the entry carries our mark; false where there is none} */
    public boolean isMarked(ReadOnlyEntry entry) {
        return marks.isMarked(entry);
    }

    /** {@return the day on which we disabled the account, as its mark says} */
    public Optional<LocalDate> disabledSince(ReadOnlyEntry entry) {
        return marks.disabledSince(entry);
    }

    /** {@return whether a disabled account was disabled by us: its mark says so, or on OpenLDAP the value itself} */
    public boolean disabledByUs(ReadOnlyEntry entry) {
        return marks.disabledByUs(entry);
    }

    /**
     * {@return whether a disabled account has no value of its own that disables it: 389 Directory Server computes
     * {@code nsAccountLock} for the members of a role; one search}
     */
    public boolean isLockedByRole(ReadOnlyEntry entry) {
        if (settings.type != DirectoryType.GENERIC || !accounts.attribute().equalsIgnoreCase("nsAccountLock")) {
            return false;
        }
        return session.with(
                "reading " + entry.getDN(),
                connection -> new EntrySearch(connection, settings.timeout)
                        .stored(WireNames.of(parsed(entry)), accounts.attributes())
                        .filter(stored -> accounts.state(stored) == AccountState.ENABLED)
                        .isPresent());
    }

    /** {@return the mark of another source that the entry carries} */
    public Optional<String> ownedByOther(ReadOnlyEntry entry) {
        return marks.ownedByOther(entry);
    }

    /** {@return why the entry may never be touched, if that is so} */
    public Optional<String> protectedBecause(ReadOnlyEntry entry) {
        return protection.because(entry);
    }

    /** {@return why nobody may be added to or removed from this group, if that is so} */
    public Optional<String> closedBecause(ReadOnlyEntry group) {
        return protection.closedBecause(group);
    }

    /** {@return why nobody may be added to or removed from this group, if a group that it is nested in is closed} */
    public Optional<String> closedAbove(DN group) {
        if (settings.type != DirectoryType.ACTIVE_DIRECTORY || protection.isAllowed(group)) {
            return Optional.empty();
        }
        Set<DN> met = new LinkedHashSet<>(List.of(group));
        Deque<DN> open = new ArrayDeque<>(met);
        while (!open.isEmpty()) {
            Optional<ReadOnlyEntry> nested = find(open.remove(), Set.of("memberOf"));
            String[] above =
                    nested.map(entry -> entry.getAttributeValues("memberOf")).orElse(null);
            for (String name : above == null ? new String[0] : above) {
                DN parent = DirectoryBuilder.dn("memberOf", name);
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

    /** {@return whether the class of a group needs a member, so that no server takes the last one out} */
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

    /** {@return the last part of a group's SID, by which an account of Active Directory names its primary group} */
    public Optional<String> relativeId(ReadOnlyEntry group) {
        byte[] sid = group.getAttributeValueBytes("objectSid");
        return settings.type != DirectoryType.ACTIVE_DIRECTORY || sid == null
                ? Optional.empty()
                : Optional.of(SecurityId.relativeId(sid));
    }

    /** {@return when two values of this attribute are the same} */
    public AttributeEquality equality(String attribute) {
        return equality.of(attribute);
    }

    /** Closes the pool. */
    @Override
    public void close() {
        session.close();
    }

    public Set<String> idAttributes() {
        return ids.attributes();
    }

    /** What a write may name the entry by besides its DN, so that it meets no other entry. */
    public Optional<String> nameOf(String id) {
        return ids.nameOf(id);
    }

    public Filter idFilter(String id) {
        return ids.filter(id);
    }

    /** What a state store knows this directory by, whichever of its servers is asked. */
    public String stateTarget() {
        return "directory " + base().toNormalizedString();
    }

    public DirectorySession session() {
        return session;
    }

    public AccountControl accounts() {
        return accounts;
    }

    public AccountMarks marks() {
        return marks;
    }

    public Duration timeout() {
        return settings.timeout;
    }

    public Optional<ReadOnlyEntry> read(LDAPConnection connection, String dn, Set<String> attributes) {
        return new EntrySearch(connection, settings.timeout)
                .some(dn, SearchScope.BASE, anything(), wanted(attributes)).stream()
                        .findFirst();
    }

    private Optional<ReadOnlyEntry> read(String dn, Set<String> attributes) {
        return session.with("reading " + dn, connection -> read(connection, dn, attributes));
    }

    private List<ReadOnlyEntry> any(String base, List<Filter> filters, Set<String> attributes) {
        return session.with("looking up entries", connection -> {
            EntrySearch search = new EntrySearch(connection, settings.timeout);
            List<ReadOnlyEntry> found = new ArrayList<>();
            for (int from = 0; from < filters.size(); from += BATCH) {
                Filter some = Filter.createORFilter(filters.subList(from, Math.min(filters.size(), from + BATCH)));
                found.addAll(search.some(base, SearchScope.SUB, some, wanted(attributes)));
            }
            return found;
        });
    }

    /** What must be read besides, whatever is asked for. */
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
        return DirectoryBuilder.dn("entry", entry.getDN());
    }

    private static Filter anything() {
        return Filter.createPresenceFilter("objectClass");
    }
}
