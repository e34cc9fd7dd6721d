package dev.rollcall.provisioning.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.internal.directory.AccountControl;
import dev.rollcall.provisioning.internal.directory.AccountMarks;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.EntryIds;
import dev.rollcall.provisioning.internal.directory.Mark;
import dev.rollcall.provisioning.internal.directory.PasswordPolicies;
import dev.rollcall.provisioning.internal.directory.Protection;
import dev.rollcall.provisioning.internal.directory.SchemaEquality;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a directory is, asked of its settings and its server. Thread-safe. */
final class OpenDirectory implements Directory, DirectoryAccess {
    private final DirectorySettings settings;
    private final DirectorySession session;
    private final EntryIds ids;
    private final AccountControl accounts;
    private final AccountMarks marks;
    private final Protection protection;
    private final SchemaEquality equality;
    private final EntryLookup entries;
    private final GroupRules groups;
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
        this.entries = new EntryLookup(settings, session, ids, marks, alwaysRead);
        this.groups = new GroupRules(settings, entries, protection, equality);
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
        return settings.filter();
    }

    @Override
    public String knownName(String attribute) {
        return equality.knownName(attribute);
    }

    @Override
    public DN named(DN dn) {
        return equality.firstNames(dn);
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
        entries.scan(attributes, each);
    }

    @Override
    public void scanUntil(BooleanSupplier enough, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        entries.scanUntil(enough, attributes, each);
    }

    @Override
    public void scanUnder(DN top, Filter filter, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        entries.scanUnder(top, filter, attributes, each);
    }

    @Override
    public List<ReadOnlyEntry> findByKeys(String attribute, Collection<String> values, Set<String> attributes) {
        return entries.findByKeys(knownName(attribute), values, attributes);
    }

    @Override
    public void findManaged(
            DN top, String attribute, Collection<String> values, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        entries.findManaged(top, attribute, values, attributes, each);
    }

    @Override
    public List<ReadOnlyEntry> findByIds(Collection<String> wantedIds, Set<String> attributes) {
        return entries.findByIds(wantedIds, attributes);
    }

    @Override
    public List<ReadOnlyEntry> managedByIds(Collection<String> wantedIds, Set<String> attributes) {
        return entries.managedByIds(wantedIds, attributes);
    }

    @Override
    public List<ReadOnlyEntry> holdersOf(String attribute, Collection<ASN1OctetString> values, Set<String> attributes) {
        return entries.holdersOf(attribute, values, attributes);
    }

    @Override
    public boolean hasHidden(String dn, String attribute) {
        return entries.hasHidden(dn, attribute);
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
    public DirectoryConnection reconnect(String doing) {
        return session.reconnect(doing);
    }

    @Override
    public Optional<DN> boundAs() {
        return session.with("asking who binds", connection -> {
            if (!(connection.lastBind() instanceof SimpleBindRequest bind) || !DN.isValidDN(bind.getBindDN())) {
                return Optional.empty();
            }
            return Optional.of(Entries.dn("bindDn", bind.getBindDN()));
        });
    }

    @Override
    public int countChildren(DN top, int enough) {
        return entries.countChildren(top, enough);
    }

    @Override
    public void scanMarked(Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        entries.scanMarked(attributes, each);
    }

    @Override
    public Optional<ReadOnlyEntry> findFiltered(DN dn, Set<String> attributes) {
        return entries.findFiltered(dn, attributes);
    }

    @Override
    public boolean isLockedByRole(ReadOnlyEntry entry) {
        if (settings.type() != DirectoryType.GENERIC || !accounts.attribute().equalsIgnoreCase("nsAccountLock")) {
            return false;
        }
        return session.with(
                "reading " + entry.getDN(),
                connection -> new EntrySearch(connection, settings.timeout())
                        .stored(WireNames.of(EntryLookup.parsed(entry)), accounts.attributes())
                        .filter(stored -> accounts.isEnabled(stored))
                        .isPresent());
    }

    @Override
    public Optional<String> closedAbove(DN group) {
        return groups.closedAbove(group);
    }

    @Override
    public boolean needsMember(ReadOnlyEntry group) {
        return groups.needsMember(group);
    }

    @Override
    public Optional<String> relativeId(ReadOnlyEntry group) {
        return groups.relativeId(group);
    }

    @Override
    public Optional<ReadOnlyEntry> find(DN dn, Set<String> attributes) {
        return entries.find(dn, attributes);
    }

    @Override
    public boolean exists(DN dn) {
        return entries.exists(dn);
    }

    @Override
    public DN nameBase(String attribute) {
        return entries.nameBase(attribute);
    }

    @Override
    public Map<String, List<DN>> holders(String attribute, Collection<String> values) {
        return entries.holders(knownName(attribute), values);
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
    public List<Problem> protectionProblems() {
        return protection.names().stream()
                .filter(name -> !exists(equality.firstNames(name)))
                .map(name -> Problem.of(
                        "protected-missing",
                        "",
                        "the protected entry " + name + " does not exist",
                        "check its spelling, or remove it from the list"))
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
    public DirectoryConnection borrow(String doing) {
        return session.borrow(doing);
    }

    @Override
    public void release(DirectoryConnection connection, boolean fine) {
        session.release(connection, fine);
    }

    @Override
    public List<ReadOnlyEntry> some(
            DirectoryConnection connection,
            String base,
            SearchScope scope,
            Filter filter,
            Collection<String> attributes) {
        return entries.some(connection, base, scope, filter, attributes);
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
    public Optional<ReadOnlyEntry> read(DirectoryConnection connection, String dn, Set<String> attributes) {
        return entries.read(connection, dn, attributes);
    }

    @Override
    public Set<String> wanted(Set<String> attributes) {
        return entries.wanted(attributes);
    }
}
