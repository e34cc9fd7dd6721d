package dev.rollcall.provisioning.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.integration.real.RealDirectory;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryType;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.guardrail.FailureLimit;
import dev.rollcall.provisioning.internal.plan.EntryFingerprint;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanFacts;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.internal.run.HostCallbacks;
import dev.rollcall.provisioning.internal.run.RunStorage;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import dev.rollcall.provisioning.source.SourceReading;
import dev.rollcall.provisioning.state.StateStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A real server, and the changes that tests write to it. Not thread-safe: for one thread at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerToWrite {
    final DirectoryType type;
    private RealDirectory server;
    LDAPConnectionPool raw;
    Directory directory;
    String people;
    String other;
    private int count;

    ServerToWrite(DirectoryType type) {
        this.type = type;
    }

    @BeforeAll
    void start() throws Exception {
        server = switch (type) {
            case OPENLDAP -> RealDirectory.openLdap();
            case ACTIVE_DIRECTORY -> RealDirectory.activeDirectory();
            case GENERIC -> RealDirectory.directoryServer389();
        };
        raw = server.pool(2);
        people = "ou=staff," + server.baseDn();
        other = "ou=elsewhere," + people;
        raw.add("dn: " + people, "objectClass: organizationalUnit", "ou: staff");
        raw.add("dn: " + other, "objectClass: organizationalUnit", "ou: elsewhere");
        LDAPConnectionPool pool = server.pool(4);
        directory = switch (type) {
            case OPENLDAP -> Directory.openLdap(pool).base(people).build();
            case ACTIVE_DIRECTORY ->
                Directory.activeDirectory(pool).base(people).build();
            case GENERIC ->
                Directory.generic(pool)
                        .base(people)
                        .disable("nsAccountLock", "true", "")
                        .build();
        };
    }

    @AfterAll
    void stop() {
        if (directory != null) {
            directory.close();
            raw.close();
        }
        if (server != null) {
            server.close();
        }
    }

    DN created(String cn) throws LDAPException {
        DN dn = name(cn);
        done(create(dn));
        return dn;
    }

    DN name(String cn) throws LDAPException {
        return new DN(new RDN("cn", cn), new DN(people));
    }

    static String key(DN dn) {
        return dn.getRDN().getAttributeValues()[0];
    }

    DirectoryChange create(DN dn, AttributeChange... more) {
        DirectoryChange.Builder draft = DirectoryChange.builder(ChangeKind.CREATE, key(dn), dn);
        List<AttributeChange> attributes = new ArrayList<>();
        boolean activeDirectory = type == DirectoryType.ACTIVE_DIRECTORY;
        attributes.add(change("objectClass", "", activeDirectory ? "user" : "inetOrgPerson"));
        attributes.add(change("cn", "", key(dn)));
        if (activeDirectory) {
            attributes.add(change("sAMAccountName", "", "user" + count++));
        } else {
            attributes.add(change("sn", "", key(dn)));
        }
        attributes.addAll(Arrays.asList(more));
        draft.attributes(attributes);
        return draft.build();
    }

    DirectoryChange.Builder draft(ChangeKind kind, DN dn) {
        DirectoryChange.Builder draft = DirectoryChange.builder(kind, key(dn), dn);
        ReadOnlyEntry entry = read(dn);
        draft.id(directory.id(entry));
        draft.fingerprint(new EntryFingerprint((DirectoryAccess) directory, Set.of("title")).of(entry));
        return draft;
    }

    DirectoryChange modify(DN dn, AttributeChange... attributes) {
        DirectoryChange.Builder draft = draft(ChangeKind.MODIFY, dn);
        draft.attributes(Arrays.asList(attributes));
        return draft.build();
    }

    DirectoryChange rename(DN from, DN to) {
        boolean moves = !from.getParent().equals(to.getParent());
        DirectoryChange.Builder draft = draft(moves ? ChangeKind.MOVE : ChangeKind.RENAME, from);
        draft.newDn(to);
        draft.stage(DirectoryChange.Stage.NAMES);
        return draft.build();
    }

    DirectoryChange member(ChangeKind kind, DN dn, DN group) {
        DirectoryChange.Builder draft = draft(kind, dn);
        draft.group(group);
        draft.stage(DirectoryChange.Stage.GROUPS);
        return draft.build();
    }

    DirectoryChange state(ChangeKind kind, DN dn, List<Modification> modifications) {
        DirectoryChange.Builder draft = draft(kind, dn);
        List<ASN1OctetString> before = new ArrayList<>();
        List<ASN1OctetString> after = new ArrayList<>();
        for (Modification modification : modifications) {
            boolean adds = modification
                    .getModificationType()
                    .getName()
                    .toLowerCase(Locale.ROOT)
                    .equals("add");
            (adds ? after : before).addAll(Arrays.asList(modification.getRawValues()));
        }
        draft.attributes(List.of(AttributeChange.of(modifications.get(0).getAttributeName(), before, after, "state")));
        return draft.build();
    }

    void done(Change... changes) {
        Outcomes outcomes = apply(changes);
        assertThat(outcomes.failures()).isEmpty();
        assertThat(outcomes.isComplete()).isTrue();
        assertThat(outcomes.normalized()).isEmpty();
    }

    Outcomes apply(Change... changes) {
        return apply(null, changes);
    }

    Outcomes apply(@Nullable PasswordPolicy passwords, Change... changes) {
        ApplySettings settings = new ApplySettings(
                new OwnedScope(Set.of("title"), List.of(), null),
                FailureLimit.standard(),
                (PasswordAccess) passwords,
                LocalDate.EPOCH,
                HostCallbacks.none(),
                new RunStorage(new SpoolBudget(SpoolBudget.ofHeap()), StateStore.memory()));
        return new Applier((DirectoryAccess) directory, settings).apply(plan(changes));
    }

    static Plan plan(Change... changes) {
        return JudgedPlan.of(
                PlanFacts.unread("", "", SourceReading.whole(0), PlanOwner.of(Map.of())), () -> Stream.of(changes));
    }

    ReadOnlyEntry read(DN dn) {
        return directory
                .find(dn, Set.of("*", "userAccountControl"))
                .orElseThrow(() -> new AssertionError(dn + " is not there"));
    }

    AttributeChange change(String name, String before, String after, ReadOnlyEntry entry) {
        String present = entry.getAttributeValue(name);
        return change(name, present == null ? before : present, after);
    }

    static AttributeChange change(String name, String before, String after) {
        return AttributeChange.of(name, values(before), values(after), "test");
    }

    static List<ASN1OctetString> values(String text) {
        return text.isEmpty() ? List.of() : List.of(new ASN1OctetString(text));
    }
}
