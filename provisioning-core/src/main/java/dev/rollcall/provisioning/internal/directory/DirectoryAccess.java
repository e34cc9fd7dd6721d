package dev.rollcall.provisioning.internal.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run asks of a directory: all that users may, and what is between the rooms. Every search is whole or throws a
 * {@code DirectoryException}. Implementations are thread-safe.
 */
public interface DirectoryAccess {
    /** What kind of server this is. */
    DirectoryKind kind();

    /** Address and port of the server that the present run uses. */
    String server();

    /** The top of the managed subtree. */
    DN base();

    /** The filter of managed entries. */
    Filter filter();

    /** The filter of managed entries with the first names of its attributes. */
    Filter namedFilter();

    /** The first name that the server gives an attribute, or else the RFCs. */
    String knownName(String attribute);

    /** A DN with the first names that the server gives its attributes, or else the RFCs. */
    DN named(DN dn);

    /** Where keys, names and references are looked up. */
    DN searchBase();

    /** What a state store knows this directory by, whichever of its servers is asked. */
    String stateTarget();

    /** How long to wait for an answer. */
    Duration timeout();

    /** Lets the next call choose a server anew, where there are several; a run begins with this and stays there. */
    void beginRun();

    /** Lends a connection to the server of this run; the exception names the purpose if there is none. */
    DirectoryConnection borrow(String doing);

    /** Lends a connection that was not open before: the others may have been closed by the server as well. */
    DirectoryConnection reconnect(String doing);

    /** Takes a connection back; one that is not fine is closed. */
    void release(DirectoryConnection connection, boolean fine);

    /** Every entry in base and filter, once each, in the server's order. */
    void scan(Set<String> attributes, Consumer<ReadOnlyEntry> each);

    /** Entries in base and filter, page by page, until there are enough of them. */
    void scanUntil(BooleanSupplier enough, Set<String> attributes, Consumer<ReadOnlyEntry> each);

    /** Every entry under {@code top} that the filter finds, managed or not. */
    void scanUnder(DN top, Filter filter, Set<String> attributes, Consumer<ReadOnlyEntry> each);

    /** The entries anywhere under the search base whose {@code attribute} has one of {@code values}, managed or not. */
    List<ReadOnlyEntry> findByKeys(String attribute, Collection<String> values, Set<String> attributes);

    /** Tells the entries under {@code top} that the filter finds and whose {@code attribute} has one of {@code values}. */
    void findManaged(
            DN top, String attribute, Collection<String> values, Set<String> attributes, Consumer<ReadOnlyEntry> each);

    /** The entries with these ids, as far as they still exist under the search base. */
    List<ReadOnlyEntry> findByIds(Collection<String> wantedIds, Set<String> attributes);

    /** Those of the entries with these ids that stand in base and filter; one search. */
    List<ReadOnlyEntry> managedByIds(Collection<String> wantedIds, Set<String> attributes);

    /** The entries anywhere under the search base that have one of these values; one search. */
    List<ReadOnlyEntry> holdersOf(String attribute, Collection<ASN1OctetString> values, Set<String> attributes);

    /** The DN of the account that binds; empty if it binds by another name. */
    Optional<DN> boundAs();

    /** How many entries right below this one can be seen; not counted further than {@code enough}. */
    int countChildren(DN top, int enough);

    /**
     * Every entry under the search base that carries our mark, managed or not, but for those that another data source
     * with the same mark manages; none where there is no mark.
     */
    void scanMarked(Set<String> attributes, Consumer<ReadOnlyEntry> each);

    /** The entry of this name, if there is one that the filter of managed entries finds. */
    Optional<ReadOnlyEntry> findFiltered(DN dn, Set<String> attributes);

    /**
     * Whether a disabled account has no value of its own that disables it: 389 Directory Server computes
     * {@code nsAccountLock} for the members of a role; one search.
     */
    boolean isLockedByRole(ReadOnlyEntry entry);

    /** Why nobody may be added to or removed from this group, if a group that it is nested in is closed. */
    Optional<String> closedAbove(DN group);

    /** Whether the class of a group needs a member, so that no server takes the last one out. */
    boolean needsMember(ReadOnlyEntry group);

    /** The last part of a group's SID, by which an account of Active Directory names its primary group. */
    Optional<String> relativeId(ReadOnlyEntry group);

    /** Whether an entry has a value of this attribute, although a read does not show any. */
    boolean hasHidden(String dn, String attribute);

    /** The filter of an entry that may be written, as far as the server can be trusted to judge. */
    Filter writable();

    /** The filter of an account that is enabled, or disabled; empty where the server cannot tell. */
    Optional<Filter> stateFilter(boolean isEnabled);

    /** The password policies that decide whether a disable has an effect. */
    PasswordPolicies passwordPolicies();

    /** The server's schema; null where it cannot be read. */
    @Nullable
    Schema schema();

    /** The entry of this name, if there is one. */
    Optional<ReadOnlyEntry> find(DN dn, Set<String> attributes);

    /** Whether there is an entry of this name. */
    boolean exists(DN dn);

    /** The entry of this name, read on a connection that was lent. */
    Optional<ReadOnlyEntry> read(DirectoryConnection connection, String dn, Set<String> attributes);

    /** What the filter finds, on a connection that was lent; empty if the base is not there. */
    List<ReadOnlyEntry> some(
            DirectoryConnection connection,
            String base,
            SearchScope scope,
            Filter filter,
            Collection<String> attributes);

    /** What must be read besides, whatever is asked for. */
    Set<String> wanted(Set<String> attributes);

    /** Where nobody else may have a value of this attribute: a domain knows each logon name once. */
    DN nameBase(String attribute);

    /** Who has each of these values: the DNs by value, as {@link StringPreparation#caseIgnored} makes names comparable. */
    Map<String, List<DN>> holders(String attribute, Collection<String> values);

    /** What an entry is known by however it is renamed. */
    String id(ReadOnlyEntry entry);

    /** The attributes that ids are made of. */
    Set<String> idAttributes();

    /** What a write may name the entry by besides its DN, so that it meets no other entry. */
    Optional<String> nameOf(String id);

    /** What finds the entry with an id; empty if the id is no more than its name. */
    Optional<Filter> idFilter(String id);

    /** Whether the account can be used. */
    boolean isEnabled(ReadOnlyEntry entry);

    /** How accounts are disabled and enabled. */
    AccountControl accounts();

    /** Whose an account is and who disabled it. */
    AccountMarks marks();

    /** What disables the account, with the mark's date; empty if it is disabled. */
    List<Modification> disableModifications(ReadOnlyEntry entry, LocalDate day);

    /** What enables the account, and takes the date off its mark; empty if it is enabled. */
    List<Modification> enableModifications(ReadOnlyEntry entry);

    /** What gives the entry our mark; empty if it has it, or there is none. */
    List<Modification> markModifications(ReadOnlyEntry entry);

    /** The mark's attribute, if entries are marked. */
    Optional<String> markAttribute();

    /** The mark's value, if entries are marked. */
    Optional<String> markValue();

    /** Whether the entry carries our mark; false where there is none. */
    boolean isMarked(ReadOnlyEntry entry);

    /** The day on which we disabled the account, as its mark says. */
    Optional<LocalDate> disabledSince(ReadOnlyEntry entry);

    /** Whether a disabled account was disabled by us. */
    boolean disabledByUs(ReadOnlyEntry entry);

    /** The mark of another source that the entry carries. */
    Optional<String> ownedByOther(ReadOnlyEntry entry);

    /** Why the entry may never be touched, if that is so. */
    Optional<String> protectedBecause(ReadOnlyEntry entry);

    /** A problem for each protected DN that no entry has: a misspelled DN protects no entry. */
    List<Problem> protectionProblems();

    /** Why nobody may be added to or removed from this group, if that is so. */
    Optional<String> closedBecause(ReadOnlyEntry group);

    /** When two values of this attribute are the same. */
    ValueEquality values(String attribute);
}
