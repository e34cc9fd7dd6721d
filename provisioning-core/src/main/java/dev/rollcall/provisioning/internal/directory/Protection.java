package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entries that no plan may touch: those of the system, the bind account, and those that were named. */
public final class Protection {
    private record Rule(
            String because,
            @Nullable DN dn,
            @Nullable String form,
            @Nullable EntryFilter filter,
            boolean builtIn) {
        /** This rule by the names of a server. */
        Rule named(SchemaEquality equality) {
            return new Rule(
                    because,
                    dn,
                    dn == null ? null : DnForm.of(equality.firstNames(dn)),
                    filter == null ? null : filter.named(equality),
                    builtIn);
        }

        /** Whether it is about this entry; {@code unclear} if only the server could tell. */
        boolean covers(Subject entry, boolean unclear) {
            if (form != null) {
                return form.equals(entry.form);
            }
            try {
                return filter != null && filter.matches(entry.values);
            } catch (LDAPException cannotBeJudged) {
                return unclear;
            }
        }
    }

    /** An entry as rules look at it. */
    private record Subject(String form, EntryFilter.Values values) {}

    private static final int TRUSTS = 0x800 | 0x1000 | 0x2000; // interdomain, workstation, domain controller

    private final boolean activeDirectory;
    private final SchemaEquality equality;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Rule> lifted = new ArrayList<>();
    private final List<DN> names = new ArrayList<>();
    private final Set<String> privileged = new HashSet<>();

    /** The protection of a kind of directory whose schema is not known yet. */
    public Protection(DirectoryKind type) {
        this(type == DirectoryKind.ACTIVE_DIRECTORY, new SchemaEquality(null, type));
        if (activeDirectory) {
            builtIn("adminCount is 1", "(adminCount=1)");
            builtIn("isCriticalSystemObject is TRUE", "(isCriticalSystemObject=TRUE)");
            builtIn("a computer", "(objectClass=computer)");
            builtIn("a managed service account", "(objectClass=msDS-ManagedServiceAccount)");
            builtIn("a managed service account", "(objectClass=msDS-GroupManagedServiceAccount)");
            builtIn("a trust", "(objectClass=trustedDomain)");
        }
    }

    private Protection(boolean activeDirectory, SchemaEquality equality) {
        this.activeDirectory = activeDirectory;
        this.equality = equality;
    }

    /** {@return this protection by the names of a server: attributes and DNs may be given by any of theirs} */
    public Protection named(SchemaEquality server) {
        Protection named = new Protection(activeDirectory, server);
        rules.forEach(rule -> named.rules.add(rule.named(server)));
        lifted.forEach(rule -> named.lifted.add(rule.named(server)));
        named.names.addAll(names);
        named.privileged.addAll(privileged);
        return named;
    }

    private void builtIn(String because, String filter) {
        rules.add(rule(because, filter, true));
    }

    public void protect(String dnOrFilter) {
        Rule rule = rule("protected by " + dnOrFilter, dnOrFilter, false);
        rules.add(rule);
        if (rule.dn != null) {
            names.add(rule.dn);
        }
    }

    /** {@return the DNs that were protected by name, as they were given} */
    public List<DN> names() {
        return List.copyOf(names);
    }

    public void protectBindAccount(String dn) {
        rules.add(rule("the account that Rollcall binds with", dn, false));
    }

    public void unprotect(String dnOrFilter) {
        lifted.add(rule("", dnOrFilter, false));
    }

    public void allowPrivileged(DN group) {
        privileged.add(DnForm.of(group));
    }

    /** Whether a group was named whose members may change although it is privileged. */
    public boolean isAllowed(DN group) {
        return !privileged.isEmpty() && privileged.contains(form(group));
    }

    /** As {@link #because}, but a group that was named may be privileged. */
    public Optional<String> closedBecause(ReadOnlyEntry group) {
        DN name = Entries.dn(group);
        if (!isAllowed(name)) {
            return because(group);
        }
        Subject subject = new Subject(form(name), new EntryFilter.Values(group));
        return rules.stream()
                .filter(rule -> !rule.builtIn && rule.covers(subject, true))
                .map(Rule::because)
                .findFirst();
    }

    public Optional<String> because(ReadOnlyEntry entry) {
        DN name;
        try {
            name = entry.getParsedDN();
        } catch (LDAPException unreadable) {
            return Optional.of("its DN cannot be read");
        }
        Subject subject = new Subject(form(name), new EntryFilter.Values(entry));
        for (Rule rule : lifted) {
            if (rule.covers(subject, false)) {
                return Optional.empty();
            }
        }
        for (Rule rule : rules) {
            // What we cannot judge we do not touch.
            if (rule.covers(subject, true)) {
                return Optional.of(rule.because);
            }
        }
        Integer control = activeDirectory ? entry.getAttributeValueAsInteger("userAccountControl") : null;
        return control != null && (control & TRUSTS) != 0
                ? Optional.of("a trust or machine account")
                : Optional.empty();
    }

    private String form(DN name) {
        return DnForm.of(equality.firstNames(name));
    }

    /** What an entry must be so that no filter protects it; DNs do not change between plan and write. */
    public List<Filter> unprotectedFilters() {
        List<Filter> forbidden = filters(rules);
        if (forbidden.isEmpty()) {
            return List.of();
        }
        Filter free = Filter.createNOTFilter(Filter.createORFilter(forbidden));
        List<Filter> exceptions = filters(lifted);
        if (lifted.size() > exceptions.size()) {
            return List.of(); // an exception by DN: judged here, where the DN is known
        }
        exceptions.add(free);
        return List.of(exceptions.size() == 1 ? free : Filter.createORFilter(exceptions));
    }

    private static List<Filter> filters(List<Rule> some) {
        List<Filter> filters = new ArrayList<>();
        for (Rule rule : some) {
            if (rule.filter != null) {
                filters.add(rule.filter.filter());
            }
        }
        return filters;
    }

    /** What must be read of an entry so that it can be judged. */
    public Set<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        for (List<Rule> some : List.of(rules, lifted)) {
            for (Rule rule : some) {
                if (rule.filter != null) {
                    names.addAll(rule.filter.attributes());
                }
            }
        }
        return names;
    }

    private Rule rule(String because, String dnOrFilter, boolean builtIn) {
        try {
            if (dnOrFilter.strip().startsWith("(")) {
                Filter filter = judged(Filter.create(dnOrFilter.strip()));
                return new Rule(because, null, null, new EntryFilter(filter, equality), builtIn);
            }
            DN dn = new DN(dnOrFilter);
            return new Rule(because, dn, DnForm.of(dn), null, builtIn);
        } catch (LDAPException unreadable) {
            throw new IllegalArgumentException("neither a DN nor a filter in parentheses: " + dnOrFilter, unreadable);
        }
    }

    /** Entries are judged here and not by the server, which alone knows its extensible matching rules. */
    private static Filter judged(Filter filter) {
        if (isForServers(filter)) {
            throw new IllegalArgumentException("only the server can tell whom this filter finds: " + filter
                    + "; ask for values, without := and ~=");
        }
        return filter;
    }

    private static boolean isForServers(Filter filter) {
        byte type = filter.getFilterType();
        Filter negated = filter.getNOTComponent();
        return type == Filter.FILTER_TYPE_EXTENSIBLE_MATCH
                || type == Filter.FILTER_TYPE_APPROXIMATE_MATCH
                || (negated != null && isForServers(negated))
                || Arrays.stream(filter.getComponents()).anyMatch(Protection::isForServers);
    }
}
