package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryBuilder;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.directory.DirectoryType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The directory that a configuration names, not connected yet. Immutable and thread-safe. Prints no credential.
 */
public final class DirectorySettings {
    private final DirectoryType type;
    private final String base;
    private final ServerConnections connections;
    private final Optional<Filter> filter;
    private final Optional<MarkSettings> mark;
    private final List<String> otherBases;
    private final Consumer<DirectoryBuilder> rest;

    /** A mark, as the file says it. */
    record MarkSettings(String attribute, String value) {
        /** An attribute may be given by any of its names. */
        @Override
        public boolean equals(Object other) {
            return other instanceof MarkSettings that
                    && StandardNames.same(attribute, that.attribute)
                    && value.equals(that.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    DirectorySettings(
            DirectoryType type,
            String base,
            ServerConnections connections,
            Optional<Filter> filter,
            Optional<MarkSettings> mark,
            List<String> otherBases,
            Consumer<DirectoryBuilder> rest) {
        this.type = Objects.requireNonNull(type, "type");
        this.base = base;
        this.connections = connections;
        this.filter = filter;
        this.mark = mark;
        this.otherBases = List.copyOf(otherBases);
        this.rest = rest;
    }

    /** {@return these settings with a base and a mark of a data source's own} */
    DirectorySettings narrowed(Optional<String> ownBase, Optional<MarkSettings> ownMark) {
        return new DirectorySettings(
                type, ownBase.orElse(base), connections, filter, ownMark.or(() -> mark), otherBases, rest);
    }

    /** {@return these settings with the subtrees that other data sources with the same mark manage} */
    DirectorySettings besides(List<String> bases) {
        return new DirectorySettings(type, base, connections, filter, mark, bases, rest);
    }

    /** {@return the filter of managed entries, if the file says one} */
    Optional<Filter> filter() {
        return filter;
    }

    /** {@return what marks entries, if anything does} */
    Optional<MarkSettings> mark() {
        return mark;
    }

    /** {@return what kind of server it is} */
    public DirectoryType type() {
        return type;
    }

    /** {@return the top of the managed subtree} */
    public String base() {
        return base;
    }

    /** {@return the addresses of the servers, in the order in which they are tried} */
    public List<String> servers() {
        return connections.servers().stream().map(ServerAddress::toString).toList();
    }

    /** {@return the account that binds; empty for none} */
    public Optional<String> bindDn() {
        return connections.bindDn();
    }

    /**
     * Connects and binds, and nothing else; the caller closes the pool.
     *
     * @throws DirectoryException if no server can be reached, or the account is refused
     */
    public LDAPConnectionPool connect() {
        return connections.open();
    }

    /**
     * Connects, binds and reads the schema.
     *
     * @throws DirectoryException if no server can be reached, or the account is refused
     */
    public Directory open() {
        LDAPConnectionPool pool = connections.open();
        try {
            DirectoryBuilder builder = switch (type) {
                case OPENLDAP -> Directory.openLdap(pool);
                case ACTIVE_DIRECTORY -> Directory.activeDirectory(pool);
                case GENERIC -> Directory.generic(pool);
            };
            rest.accept(builder.base(base));
            mark.ifPresent(it -> builder.mark(it.attribute(), it.value()));
            builder.otherBases(otherBases.toArray(String[]::new));
            return builder.build();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return connections.servers().stream().map(ServerAddress::toString).collect(Collectors.joining(", ")) + " "
                + base;
    }
}
