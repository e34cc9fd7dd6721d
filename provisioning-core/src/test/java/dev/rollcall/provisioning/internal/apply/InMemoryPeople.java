package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldif.LDIFException;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.EntryFingerprint;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanFacts;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.SourceReading;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A directory in memory with people in it, and changes for them. Not thread-safe: for one thread at a time. */
final class InMemoryPeople implements AutoCloseable {
    static final String PEOPLE = "ou=people,dc=example,dc=test";

    final InMemoryDirectoryServer server;
    final Directory directory;

    InMemoryPeople(InMemoryOperationInterceptor... interceptors) {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=test");
            config.setEnforceAttributeSyntaxCompliance(false);
            Arrays.stream(interceptors).forEach(config::addInMemoryOperationInterceptor);
            server = new InMemoryDirectoryServer(config);
            server.startListening();
            server.add("dn: dc=example,dc=test", "objectClass: domain", "dc: example");
            server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
            directory = Directory.generic(new LDAPConnectionPool(server.getConnection(), 1, 4))
                    .base(PEOPLE)
                    .disable("employeeType", "disabled", "")
                    .build();
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    void person(String uid, String... more) {
        String[] all = Stream.concat(
                        Stream.of(
                                "dn: uid=" + uid + "," + PEOPLE,
                                "objectClass: inetOrgPerson",
                                "uid: " + uid,
                                "cn: " + uid,
                                "sn: " + uid),
                        Arrays.stream(more))
                .toArray(String[]::new);
        try {
            server.add(all);
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    ReadOnlyEntry read(String uid) {
        return directory.find(dn(uid), Set.of("*")).orElseThrow(() -> new AssertionError(uid + " is not there"));
    }

    DirectoryChange create(String uid, AttributeChange... more) {
        DirectoryChange.Builder draft = DirectoryChange.builder(ChangeKind.CREATE, uid, dn(uid));
        draft.attributes(Stream.concat(
                        Stream.of(
                                change("objectClass", "", "inetOrgPerson"),
                                change("uid", "", uid),
                                change("cn", "", uid),
                                change("sn", "", uid)),
                        Arrays.stream(more))
                .toList());
        return draft.build();
    }

    DirectoryChange.Builder draft(ChangeKind kind, String uid) {
        DirectoryChange.Builder draft = DirectoryChange.builder(kind, uid, dn(uid));
        ReadOnlyEntry entry = read(uid);
        draft.id(directory.id(entry));
        draft.fingerprint(new EntryFingerprint((DirectoryAccess) directory, Set.of("sn", "mail")).of(entry));
        return draft;
    }

    DirectoryChange modify(String uid, AttributeChange... attributes) {
        DirectoryChange.Builder draft = draft(ChangeKind.MODIFY, uid);
        draft.attributes(List.of(attributes));
        return draft.build();
    }

    Outcomes apply(Change... changes) {
        return apply(SettingsToTest.standard(), changes);
    }

    Outcomes apply(SettingsToTest settings, Change... changes) {
        ApplySettings all = settings.owned("sn", "mail").settings();
        return new Applier((DirectoryAccess) directory, all).apply(plan(changes));
    }

    static Plan plan(Change... changes) {
        return JudgedPlan.of(
                PlanFacts.unread("", "", SourceReading.whole(0), PlanOwner.of(Map.of())), () -> Stream.of(changes));
    }

    static AttributeChange change(String name, String before, String after) {
        return AttributeChange.of(name, values(before), values(after), "test");
    }

    static List<ASN1OctetString> values(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split("\\|", -1)).map(ASN1OctetString::new).toList();
    }

    static DN dn(String uid) {
        return Entries.dn("test", "uid=" + uid + "," + PEOPLE);
    }

    @Override
    public void close() {
        directory.close();
        server.shutDown(true);
    }
}
