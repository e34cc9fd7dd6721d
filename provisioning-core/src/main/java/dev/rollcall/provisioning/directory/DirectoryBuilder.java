package dev.rollcall.provisioning.directory;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.internal.directory.AccountControl;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Mark;
import dev.rollcall.provisioning.internal.directory.Protection;
import dev.rollcall.provisioning.internal.directory.SchemaEquality;
import dev.rollcall.provisioning.internal.directory.SecurityId;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import dev.rollcall.provisioning.internal.port.DirectoryConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which part of a directory is managed, and how. Not thread-safe: for one thread at a time. */
public final class DirectoryBuilder {
    private static final Logger logger = LoggerFactory.getLogger(DirectoryBuilder.class);

    private final DirectoryType type;
    private final DirectoryConnections connections;
    private final Protection protection;
    private @Nullable DN base;
    private @Nullable DN searchBase;
    private @Nullable DN domain;
    private @Nullable AccountControl accounts;
    private final List<Problem> problems = new ArrayList<>();
    private Filter filter = Filter.createPresenceFilter("objectClass");

    private @Nullable Mark mark;
    private final List<DN> otherBases = new ArrayList<>();
    private Duration timeout = Duration.ofSeconds(30);
    private boolean filterSet;

    DirectoryBuilder(DirectoryType type, DirectoryConnections connections) {
        this.type = type;
        this.connections = connections;
        this.protection = new Protection(type.kind());
    }

    /** The top of the managed subtree. */
    public DirectoryBuilder base(String dn) {
        base = parse("base", dn);
        return this;
    }

    /** Which entries are managed; by default people with an account, as the type has them. */
    public DirectoryBuilder filter(String text) {
        try {
            filter = Filter.create(text);
            filterSet = true;
        } catch (LDAPException unreadable) {
            problems.add(Problem.of("bad-filter", "filter", "not an LDAP filter: " + text, ""));
        }
        return this;
    }

    /** Where keys, names and references are looked up; by default the naming context of the base. */
    public DirectoryBuilder searchBase(String dn) {
        searchBase = parse("searchBase", dn);
        return this;
    }

    /** Marks the entries that are ours, such as {@code ("description", "rollcall:crm")}. */
    public DirectoryBuilder mark(String attribute, String value) {
        try {
            mark = new Mark(attribute, value);
        } catch (IllegalArgumentException bad) {
            problems.add(Problem.of("bad-mark", "mark.value", String.valueOf(bad.getMessage()), ""));
        }
        return this;
    }

    /**
     * Subtrees that other data sources with the same mark manage. A full run searches for entries with its mark that
     * were moved out of its base; those in these subtrees are not reported.
     */
    public DirectoryBuilder otherBases(String... dns) {
        for (int i = 0; i < dns.length; i++) {
            DN other = parse("otherBases[" + i + "]", dns[i]);
            if (other != null) {
                otherBases.add(other);
            }
        }
        return this;
    }

    /** Entries that no plan may touch: DNs, or filters in parentheses. */
    public DirectoryBuilder protect(String... dnsOrFilters) {
        for (int i = 0; i < dnsOrFilters.length; i++) {
            try {
                protection.protect(dnsOrFilters[i]);
            } catch (IllegalArgumentException bad) {
                problems.add(Problem.of("bad-protected", "protected[" + i + "]", String.valueOf(bad.getMessage()), ""));
            }
        }
        return this;
    }

    /** Entries that may be touched although a rule protects them: DNs, or filters in parentheses. */
    public DirectoryBuilder unprotect(String... dnsOrFilters) {
        for (int i = 0; i < dnsOrFilters.length; i++) {
            try {
                protection.unprotect(dnsOrFilters[i]);
            } catch (IllegalArgumentException bad) {
                problems.add(Problem.of("bad-unprotect", "unprotect[" + i + "]", String.valueOf(bad.getMessage()), ""));
            }
        }
        return this;
    }

    /** Privileged groups whose members may be added and removed all the same, by DN. */
    public DirectoryBuilder allowPrivileged(String... groups) {
        for (int i = 0; i < groups.length; i++) {
            DN group = parse("allowPrivileged[" + i + "]", groups[i]);
            if (group != null) {
                protection.allowPrivileged(group);
            }
        }
        return this;
    }

    /** How a generic server disables an account; an empty {@code enabled} means that the attribute is removed. */
    public DirectoryBuilder disable(String attribute, String disabled, String enabled) {
        if (type == DirectoryType.GENERIC) {
            accounts = AccountControl.generic(attribute, disabled, enabled);
        } else {
            problems.add(Problem.of(
                    "not-generic", "disable", type.word() + " has its own way to disable an account", "remove it"));
        }
        return this;
    }

    /** How long to wait for an answer; 30 seconds by default. */
    public DirectoryBuilder timeout(Duration wait) {
        timeout = Objects.requireNonNull(wait, "wait");
        return this;
    }

    /**
     * {@return the directory; its schema and naming contexts have been read}
     *
     * @throws ConfigurationException with everything that is wrong with what was said
     * @throws DirectoryException if the server cannot be asked, or is certainly of another kind (UNSUPPORTED)
     */
    public Directory build() {
        AccountControl control = switch (type) {
            case ACTIVE_DIRECTORY -> AccountControl.activeDirectory();
            case OPENLDAP -> AccountControl.openLdap();
            case GENERIC -> accounts;
        };
        if (base == null && problems.stream().noneMatch(p -> p.path().equals("base"))) {
            problems.add(Problem.of("missing", "base", "the managed subtree is not said", "name its DN"));
        }
        if (control == null) {
            problems.add(Problem.of(
                    "missing",
                    "disable",
                    "a generic directory has no way of its own to disable an account",
                    "say {attribute, disabled, enabled}"));
        }
        if (!problems.isEmpty() || control == null) {
            throw new ConfigurationException(problems);
        }
        if (!filterSet) {
            filter = type == DirectoryType.ACTIVE_DIRECTORY
                    ? Filter.createANDFilter(
                            Filter.createEqualityFilter("objectCategory", "person"),
                            Filter.createEqualityFilter("objectClass", "user"))
                    : Filter.createEqualityFilter("objectClass", "person");
        }
        DirectorySession session = new DirectorySession(connections, timeout);
        SchemaEquality equality = session.with("reading the schema", this::connect);
        DirectorySettings settings = new DirectorySettings(
                type,
                equality.firstNames(base()),
                equality.firstNames(searchBase == null ? base() : searchBase),
                domain == null ? base() : domain,
                equality.firstNames(filter),
                mark == null ? null : mark.under(equality.knownName(mark.attribute())),
                List.copyOf(otherBases),
                timeout);
        return new OpenDirectory(settings, session, control.named(equality), protection.named(equality), equality);
    }

    private DN base() {
        return Objects.requireNonNull(base, "base");
    }

    private SchemaEquality connect(DirectoryConnection connection) {
        try {
            RootDSE root = connection.rootDse();
            domain = namingContext(root);
            if (searchBase == null) {
                searchBase = domain;
            }
            boundAs(connection).ifPresent(protection::protectBindAccount);
            Schema schema = schema(connection);
            if (schema != null) {
                refuseAnotherKind(root, schema);
            }
            return new SchemaEquality(schema, type.kind());
        } catch (LDAPException failed) {
            throw DirectoryException.of("reading the root DSE", failed);
        }
    }

    /**
     * Refuses a server that is certainly of another kind, before a run searches it by attributes that it does not have. A
     * proxy in front of Active Directory reports that it is OpenLDAP, but has the schema of Active Directory.
     */
    private void refuseAnotherKind(@Nullable RootDSE root, Schema schema) {
        boolean isActiveDirectory = schema.getAttributeType("sAMAccountName") != null
                && schema.getAttributeType("userAccountControl") != null;
        boolean isOpenLdap = root != null && root.hasObjectClass("OpenLDAProotDSE");
        String vendor = root == null || root.getVendorName() == null ? "" : root.getVendorName();
        if (type == DirectoryType.ACTIVE_DIRECTORY && !isActiveDirectory && (isOpenLdap || vendor.startsWith("389"))) {
            throw another("directory.type is active-directory, but the server is " + (isOpenLdap ? "OpenLDAP" : vendor)
                    + ", whose schema has no sAMAccountName");
        } else if (type == DirectoryType.OPENLDAP && isActiveDirectory && !isOpenLdap) {
            throw another(
                    "directory.type is openldap, but the server is an Active Directory: its schema has sAMAccountName");
        }
    }

    private static DirectoryException another(String message) {
        Problem problem =
                Problem.of("another-directory", "", message, "set directory.type to it, or check directory.url");
        return new DirectoryException(FailureKind.UNSUPPORTED, ResultCode.NOT_SUPPORTED, problem, null);
    }

    /** The account that binds: its DN, or a filter that finds it by what Active Directory lets one log on with. */
    private static Optional<String> boundAs(DirectoryConnection connection) throws LDAPException {
        BindRequest bind = connection.lastBind();
        if (bind == null) {
            return Optional.empty();
        } else if (bind instanceof SimpleBindRequest simple) {
            String name = simple.getBindDN();
            // A name such as <GUID=..> looks like a DN with a strange attribute.
            Optional<String> byId = SecurityId.boundBy(name).map(Filter::toString);
            return Optional.of(byId.orElseGet(() -> DN.isValidDN(name) ? name : logon(name)));
        }
        // By SASL only the server knows (RFC 4532).
        ExtendedResult said = connection.extended(new WhoAmIExtendedRequest());
        String identity = said instanceof WhoAmIExtendedResult who ? who.getAuthorizationID() : null;
        if (identity != null && identity.startsWith("dn:")) {
            return Optional.of(identity.substring(3)).filter(DN::isValidDN);
        } else if (identity != null && identity.startsWith("u:")) {
            return Optional.of(logon(identity.substring(2)));
        }
        logger.warn("the server does not say which account binds: name it under 'protected' if the base holds it");
        return Optional.empty();
    }

    /** {@code name@domain}, {@code DOMAIN\name} or the name alone. */
    private static String logon(String identity) {
        int at = identity.indexOf('@');
        String name = at < 0 ? identity.substring(identity.indexOf('\\') + 1) : identity.substring(0, at);
        return Filter.createORFilter(
                        Filter.createEqualityFilter("userPrincipalName", identity),
                        Filter.createEqualityFilter("sAMAccountName", name))
                .toString();
    }

    /** Some servers hide their schema from a plain account; equality is then decided by name. */
    private static @Nullable Schema schema(DirectoryConnection connection) throws LDAPException {
        try {
            return connection.schema();
        } catch (LDAPException failed) {
            if (!connection.isOpen()) {
                throw failed;
            }
            return null;
        }
    }

    private DN namingContext(@Nullable RootDSE root) throws LDAPException {
        DN top = base();
        DN best = null;
        String[] contexts = root == null ? null : root.getNamingContextDNs();
        for (String context : contexts == null ? new String[0] : contexts) {
            DN candidate = new DN(context);
            if (DnForm.isWithin(top, candidate) && (best == null || DnForm.isBelow(candidate, best))) {
                best = candidate;
            }
        }
        return best == null ? top : best;
    }

    private @Nullable DN parse(String what, String text) {
        try {
            return new DN(text);
        } catch (LDAPException unreadable) {
            problems.add(Problem.of("bad-dn", what, "not a DN: " + text, ""));
            return null;
        }
    }
}
