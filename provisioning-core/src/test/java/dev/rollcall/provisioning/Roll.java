package dev.rollcall.provisioning;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFException;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MappingBuilder;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryBuilder;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.source.UserSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A source and a directory in memory, to be reconciled. Not thread-safe: for one thread at a time. */
public final class Roll implements AutoCloseable {
    public static final String PEOPLE = "ou=people,dc=example,dc=test";
    public static final String SYNC = "cn=sync";
    public static final String GROUPS = "ou=groups,dc=example,dc=test";

    public final InMemoryDirectoryServer server;
    public final List<UserRecord> records = new ArrayList<>();

    /** How often the directory was asked. */
    public final AtomicInteger searches = new AtomicInteger();

    public Function<LDAPConnectionPool, DirectoryBuilder> type = Directory::openLdap;
    public UnaryOperator<DirectoryBuilder> directorySettings = builder -> builder;
    public UnaryOperator<ReconcilerBuilder> policies = builder -> builder;
    public UnaryOperator<Source> sourceSettings = source -> source;
    public Mapping mapping = mapping().build();
    public Directory directory;

    /** A server without whims, or with some. */
    public Roll(InMemoryOperationInterceptor... whims) {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=test");
            config.setSchema(null);
            config.addAdditionalBindCredentials(SYNC, "secret-of-sync");
            config.setReferentialIntegrityAttributes("manager", "member");
            config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
                @Override
                public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
                    searches.incrementAndGet();
                }
            });
            Arrays.stream(whims).forEach(config::addInMemoryOperationInterceptor);
            server = new InMemoryDirectoryServer(config);
            server.startListening();
            server.add("dn: dc=example,dc=test", "objectClass: domain", "dc: example");
            server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
            server.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
        } catch (LDAPException | LDIFException failed) {
            throw new AssertionError(failed);
        }
    }

    /** The mapping of the manual: a unique uid names the entry. */
    public static MappingBuilder mapping() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${uid}," + PEOPLE)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", AttributeRule.format("${record.last}").onAbsent(OnNothing.FAIL))
                .attribute("cn", "${join(' ', record.first, record.last)}")
                .attribute(
                        "mail", AttributeRule.format("${record.email | lower}").onAbsent(OnNothing.CLEAR))
                .attribute("manager", AttributeRule.reference("${record.manager}"))
                .attribute(
                        "uid",
                        AttributeRule.unique("${record.first | first(1) | lower}${record.last | lower}")
                                .maxLength(20));
    }

    /** A mapping whose DN follows the name, so that people are renamed and moved. */
    public static MappingBuilder byName() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn},ou=${record.department ?? 'people'}" + PEOPLE.substring("ou=people".length()))
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last}")
                .attribute("cn", "${record.first}");
    }

    public Roll person(int id, String first, String last, String... more) {
        records.add(record(id, first, last, more));
        return this;
    }

    public static UserRecord record(int id, String first, String last, String... more) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", id);
        columns.put("first", first);
        columns.put("last", last);
        columns.put("email", first + "." + last + "@Example.test");
        for (int i = 0; i < more.length; i += 2) {
            columns.put(more[i], more[i + 1]);
        }
        return UserRecord.of(columns);
    }

    public Roll people(int count) {
        for (int i = 1; i <= count; i++) {
            person(i, "First" + i, "Last" + i);
        }
        return this;
    }

    public Roll without(int id) {
        records.removeIf(record -> record.value("id").text().orElse("").equals(Integer.toString(id)));
        return this;
    }

    public Roll entry(String... lines) {
        try {
            server.add(lines);
            return this;
        } catch (LDAPException | LDIFException failed) {
            throw new AssertionError(failed);
        }
    }

    /** A person's entry. */
    public Roll account(String uid, String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "dn: uid=" + uid + "," + PEOPLE,
                "objectClass: inetOrgPerson",
                "uid: " + uid,
                "cn: " + uid,
                "sn: " + uid));
        lines.addAll(List.of(more));
        return entry(lines.toArray(String[]::new));
    }

    public Roll modify(String... lines) {
        try {
            server.modify(lines);
            return this;
        } catch (LDAPException | LDIFException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Has runs bind, so that they may give passwords, and entries tell who made them. */
    public Roll bound() throws LDAPException {
        LDAPConnection connection = new LDAPConnection("127.0.0.1", server.getListenPort(), SYNC, "secret-of-sync");
        directory = type.apply(new LDAPConnectionPool(connection, 1, 4))
                .base(PEOPLE)
                .filter("(objectClass=inetOrgPerson)")
                .build();
        return this;
    }

    /** Moves an account to another container, as an administrator does. */
    public Roll move(String uid, String container) {
        try {
            server.modifyDN("uid=" + uid + "," + PEOPLE, "uid=" + uid, false, container);
            return this;
        } catch (LDAPException failed) {
            throw new AssertionError(failed);
        }
    }

    public Directory directory() {
        try {
            if (directory == null) {
                directory = directorySettings
                        .apply(type.apply(new LDAPConnectionPool(server.getConnection(), 1, 4))
                                .base(PEOPLE)
                                .filter("(objectClass=inetOrgPerson)"))
                        .build();
            }
            return directory;
        } catch (LDAPException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Opens the directory anew, with the present settings. */
    public void reopen() {
        directory().close();
        directory = null;
    }

    public Reconciler reconciler(UserSource users) {
        return policies.apply(Reconciler.builder(sourceSettings.apply(Source.of(users)), mapping, directory())
                        .clock(Clock.fixed(Instant.parse("2026-11-23T00:00:00Z"), ZoneOffset.UTC)))
                .build();
    }

    public Plan plan() {
        return reconciler(UserSource.of(records)).plan();
    }

    public Plan plan(UserSource users) {
        return reconciler(users).plan();
    }

    public Outcomes apply(Plan plan) {
        return reconciler(UserSource.of(records)).apply(plan);
    }

    /** Plans and applies. */
    public Outcomes sync() {
        Reconciler reconciler = reconciler(UserSource.of(records));
        try (Plan plan = reconciler.plan()) {
            return reconciler.apply(plan);
        }
    }

    /** Pages of some size; the tokens are their numbers. */
    public static UserSource pages(List<UserRecord> records, int size) {
        return query -> PageIterator.of(token -> {
            int from = token == null ? 0 : Integer.parseInt(token);
            int to = Math.min(records.size(), from + size);
            List<UserRecord> some = records.subList(from, to);
            return to == records.size() ? Page.last(some) : Page.upTo(some, Integer.toString(to));
        });
    }

    public static List<String> changes(Plan plan) {
        return plan.changes()
                .map(change -> (DirectoryChange) change)
                .map(change -> change.kind().word() + " " + change.key() + " " + change.dn()
                        + change.newDn().map(dn -> " -> " + dn).orElse(""))
                .map(text -> text.replace("," + PEOPLE, ""))
                .toList();
    }

    public static List<String> conflicts(Plan plan) {
        return plan.conflicts().stream()
                .map(conflict -> conflict.situation() + " " + conflict.key())
                .toList();
    }

    public List<String> uids() {
        try {
            return server.search(PEOPLE, SearchScope.ONE, "(uid=*)", "uid").getSearchEntries().stream()
                    .map(entry -> entry.getAttributeValue("uid"))
                    .sorted()
                    .toList();
        } catch (LDAPException failed) {
            throw new AssertionError(failed);
        }
    }

    public SearchResultEntry read(String dn) {
        try {
            return server.getEntry(dn, "*", "+");
        } catch (LDAPException failed) {
            throw new AssertionError(failed);
        }
    }

    public List<String> values(String rdn, String attribute) {
        String[] values = read(rdn + "," + PEOPLE).getAttributeValues(attribute);
        return values == null ? List.of() : Arrays.asList(values);
    }

    @Override
    public void close() {
        if (directory != null) {
            directory.close();
        }
        server.shutDown(true);
    }
}
