package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.journal.SideWrite;
import dev.rollcall.provisioning.internal.spool.ItemReader;
import dev.rollcall.provisioning.internal.spool.ItemWriter;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.internal.spool.SpooledItems;
import dev.rollcall.provisioning.internal.spool.SpooledMap;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets owned references and memberships follow entries that a run renames, where the server does not do so by itself: a
 * reference is to an entry, and not to a DN. Active Directory follows; of other servers nobody can tell, so they are
 * searched for what still names an old DN. Not thread-safe: for one thread at a time.
 */
final class RenamedReferences implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(RenamedReferences.class);

    private static final int BATCH = 50;

    private final DirectoryAccess directory;
    private final WriteConnection connection;
    private final SideWrites sides;
    private final List<String> attributes = new ArrayList<>();
    private final List<DN> groups = new ArrayList<>();
    private final SpoolBudget memory;
    private SpooledItems<String> old;
    private SpooledMap pending;

    RenamedReferences(WriteSession session, OwnedScope scope, SpoolBudget memory) {
        this.memory = memory;
        this.old = olds(memory);
        this.pending = new SpooledMap(memory);
        this.directory = session.directory();
        this.connection = session.connection();
        this.sides = session.sides();
        if (directory.kind() != DirectoryKind.ACTIVE_DIRECTORY) {
            scope.attributes().stream()
                    .filter(name -> directory.values(name).isDn())
                    .forEach(attributes::add);
            groups.addAll(scope.groups());
        }
    }

    private static SpooledItems<String> olds(SpoolBudget memory) {
        return new SpooledItems<>(memory, dn -> new ItemWriter().text(dn).item(), item -> new ItemReader(item).text());
    }

    void renamed(DN from, DN to) {
        if (!attributes.isEmpty() || !groups.isEmpty()) {
            pending.put(DnForm.of(from), to.toString());
            old.add(from.toString());
        }
    }

    /** To be called while nobody else has one of the old DNs: before a rename that takes one, and after the last. */
    void follow() {
        try {
            List<String> all = old.list();
            for (int from = 0; from < all.size(); from += BATCH) {
                List<DN> some = all.subList(from, Math.min(all.size(), from + BATCH)).stream()
                        .map(dn -> Entries.dn("a rename", dn))
                        .toList();
                for (String attribute : attributes) {
                    follow(WireNames.of(directory.base()), SearchScope.SUB, directory.filter(), attribute, some);
                }
                for (DN group : groups) {
                    Filter any = Filter.createPresenceFilter("objectClass");
                    String members = GroupMembers.attribute(directory, connection.get(), group);
                    follow(WireNames.of(group), SearchScope.BASE, any, members, some);
                }
            }
        } catch (DirectoryException failed) {
            // The next run compares references by the entry, and finds those that are left.
            logger.atWarn().addKeyValue("reason", failed.getMessage()).log("references could not follow renames");
        }
        if (old.size() > 0) {
            close();
            old = olds(memory);
            pending = new SpooledMap(memory);
        }
    }

    private void follow(String base, SearchScope scope, Filter among, String attribute, List<DN> left) {
        List<Filter> terms = new ArrayList<>();
        left.forEach(dn -> terms.add(Filter.createEqualityFilter(attribute, WireNames.of(dn))));
        Filter filter = Filter.createANDFilter(among, Filter.createORFilter(terms));
        Set<String> wanted = directory.wanted(Set.of(attribute));
        for (ReadOnlyEntry entry : directory.some(connection.get(), base, scope, filter, wanted)) {
            if (directory.protectedBecause(entry).isEmpty()
                    && directory.ownedByOther(entry).isEmpty()) {
                Entries.values(entry, attribute).forEach(value -> replace(entry, attribute, value));
            }
        }
    }

    private void replace(ReadOnlyEntry entry, String attribute, String value) {
        Optional<DN> target = pending.get(DnForm.of(value)).map(dn -> Entries.dn("a rename", dn));
        if (target.isEmpty()) {
            return;
        }
        DN to = target.get();
        List<Modification> modifications = List.of(
                new Modification(ModificationType.DELETE, attribute, value),
                new Modification(ModificationType.ADD, attribute, WireNames.of(to)));
        // A group may have very many members: only the one that follows is recorded.
        AttributeChange follows = AttributeChange.of(
                attribute,
                List.of(new ASN1OctetString(value)),
                List.of(new ASN1OctetString(WireNames.of(to))),
                "the reference follows a rename");
        SideWrite write =
                new SideWrite(ChangeKind.MODIFY, "", entry.getDN(), directory.id(entry), null, List.of(follows));
        LDAPResult result =
                sides.write(write, () -> connection.get().write(new ModifyRequest(entry.getDN(), modifications)));
        ResultCode code = result.getResultCode();
        boolean followedMeanwhile =
                code.equals(ResultCode.NO_SUCH_ATTRIBUTE) || code.equals(ResultCode.ATTRIBUTE_OR_VALUE_EXISTS);
        if (!code.equals(ResultCode.SUCCESS) && !followedMeanwhile) {
            throw DirectoryException.of("letting " + attribute + " follow a rename", new LDAPException(result));
        }
    }

    @Override
    public void close() {
        old.close();
        pending.close();
    }
}
