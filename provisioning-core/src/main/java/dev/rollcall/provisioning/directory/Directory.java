package dev.rollcall.provisioning.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.internal.port.PooledConnections;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An LDAP directory, the part of it that is managed, and what its kind of server needs. Every search is whole or
 * throws a {@link DirectoryException}. Thread-safe.
 *
 * <p>A pool that was handed over belongs to the directory, which closes it.
 */
public sealed interface Directory extends AutoCloseable permits OpenDirectory {
    /** {@return a builder for an OpenLDAP server} */
    static DirectoryBuilder openLdap(LDAPConnectionPool pool) {
        return new DirectoryBuilder(DirectoryType.OPENLDAP, new PooledConnections(pool));
    }

    /** {@return a builder for an Active Directory domain} */
    static DirectoryBuilder activeDirectory(LDAPConnectionPool pool) {
        return new DirectoryBuilder(DirectoryType.ACTIVE_DIRECTORY, new PooledConnections(pool));
    }

    /** {@return a builder for any other server} */
    static DirectoryBuilder generic(LDAPConnectionPool pool) {
        return new DirectoryBuilder(DirectoryType.GENERIC, new PooledConnections(pool));
    }

    /**
     * {@return why a disable keeps nobody from logging on to this OpenLDAP server (no password policy in force, or one
     * without {@code pwdLockout TRUE}), or why that is not known; empty if a disable has an effect, and for other servers}
     *
     * @throws DirectoryException if the server cannot be asked
     */
    Optional<Problem> disableProblem();

    /**
     * {@return why nobody has to change a first password on this OpenLDAP server, whatever {@code pwdReset} says (no
     * password policy overlay, or a policy without {@code pwdMustChange TRUE}); empty if that has an effect or is not
     * known, and for other servers}
     *
     * @throws DirectoryException if the server cannot be asked
     */
    Optional<Problem> forceChangeProblem();

    /** {@return what kind of server this is} */
    DirectoryType type();

    /** {@return address and port of the server that the present run uses} */
    String server();

    /** {@return the top of the managed subtree} */
    DN base();

    /** {@return the filter of managed entries} */
    Filter filter();

    /** {@return where keys, names and references are looked up} */
    DN searchBase();

    /** {@return the attributes that every read asks for, whatever else is wanted} */
    Set<String> alwaysRead();

    /**
     * {@return the name under which entries of this server hold an attribute, such as {@code sn} for {@code surname} or
     * {@code 2.5.4.4}; options such as {@code ;lang-en} stay}
     *
     * @param attribute any of its names, or its OID; one that neither the server nor the RFCs know stays as it is
     */
    String knownName(String attribute);

    /** Every entry in base and filter, once each, in the server's order. */
    void scan(Set<String> attributes, Consumer<ReadOnlyEntry> each);

    /**
     * {@return the entries anywhere under the search base whose {@code attribute} has one of {@code values}, managed or
     * not; the server compares, so their values may differ in case}
     */
    List<ReadOnlyEntry> findByKeys(String attribute, Collection<String> values, Set<String> attributes);

    /** {@return the entries with these ids, as far as they still exist under the search base} */
    List<ReadOnlyEntry> findByIds(Collection<String> wantedIds, Set<String> attributes);

    /** {@return the entry of this name, if there is one} */
    Optional<ReadOnlyEntry> find(DN dn, Set<String> attributes);

    /** {@return whether there is an entry of this name} */
    boolean exists(DN dn);

    /**
     * {@return who has each of these values: the DNs by value, in lower case as names are compared; a value that is
     * free is not in it}
     */
    Map<String, List<DN>> holders(String attribute, Collection<String> values);

    /** {@return what an entry is known by however it is renamed: objectGUID, entryUUID or nsUniqueId as text} */
    String id(ReadOnlyEntry entry);

    /** {@return whether the account can be used} */
    AccountState state(ReadOnlyEntry entry);

    /** {@return what disables the account, with the mark's date; empty if it is disabled} */
    List<Modification> disableModifications(ReadOnlyEntry entry, LocalDate day);

    /** {@return what enables the account, and takes the date off its mark; empty if it is enabled} */
    List<Modification> enableModifications(ReadOnlyEntry entry);

    /** {@return what gives the entry our mark; empty if it has it, or there is none} */
    List<Modification> markModifications(ReadOnlyEntry entry);

    /** {@return the mark's attribute, if entries are marked} */
    Optional<String> markAttribute();

    /** {@return the mark's value, if entries are marked} */
    Optional<String> markValue();

    /** {@return whether the entry carries our mark; false where there is none} */
    boolean isMarked(ReadOnlyEntry entry);

    /** {@return the day on which we disabled the account, as its mark says} */
    Optional<LocalDate> disabledSince(ReadOnlyEntry entry);

    /** {@return whether a disabled account was disabled by us: its mark says so, or on OpenLDAP the value itself} */
    boolean disabledByUs(ReadOnlyEntry entry);

    /** {@return the mark of another source that the entry carries} */
    Optional<String> ownedByOther(ReadOnlyEntry entry);

    /** {@return why the entry may never be touched, if that is so} */
    Optional<String> protectedBecause(ReadOnlyEntry entry);

    /**
     * {@return a problem for each protected DN that no entry has; a misspelled DN protects no entry}
     *
     * @throws DirectoryException if the server cannot be asked
     */
    List<Problem> protectionProblems();

    /** {@return when two values of this attribute are the same} */
    AttributeEquality equality(String attribute);

    /** Closes the pool. */
    @Override
    void close();
}
