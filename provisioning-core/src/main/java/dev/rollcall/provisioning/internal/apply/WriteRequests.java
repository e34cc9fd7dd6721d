package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import com.unboundid.ldap.sdk.controls.PostReadRequestControl;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes as LDAP requests, which name the old values that they replace. Immutable and thread-safe. */
final class WriteRequests {
    static final String ASSERTION = "1.3.6.1.1.12";
    static final String POST_READ = "1.3.6.1.1.13.2";

    private final DirectoryAccess directory;
    private final boolean assertion;
    private final boolean postRead;
    private final boolean postReadNew;

    /** @param asksForKeys whether a search asks for the keys of new entries anyway, and can read them back */
    WriteRequests(DirectoryAccess directory, Set<String> supportedControls, boolean asksForKeys) {
        this.directory = directory;
        // No domain controller has it; a stand-in for one may.
        this.assertion = supportedControls.contains(ASSERTION) && directory.kind() != DirectoryKind.ACTIVE_DIRECTORY;
        this.postRead = supportedControls.contains(POST_READ);
        // One search for a hundred of them costs less than a control with each: OpenLDAP adds a third slower with it.
        this.postReadNew = postRead && !asksForKeys;
    }

    /** The entry as the change says, with what the kind of server adds. */
    AddRequest add(DirectoryChange change, List<AttributeChange> attributes, List<Attribute> more) {
        Map<String, Attribute> all = new LinkedHashMap<>();
        for (AttributeChange attribute : attributes) {
            put(all, new Attribute(attribute.name(), wire(attribute.name(), attribute.after())));
        }
        for (Attribute attribute : more) {
            all.merge(
                    attribute.getName().toLowerCase(Locale.ROOT),
                    attribute,
                    (mapped, ours) -> directory.accounts().onCreate(mapped, ours));
        }
        AddRequest request = new AddRequest(WireNames.of(change.dn()), all.values());
        if (postReadNew) {
            Set<String> read = new LinkedHashSet<>(directory.idAttributes());
            attributes.forEach(attribute -> read.add(attribute.name()));
            request.addControl(new PostReadRequestControl(false, read.toArray(new String[0])));
        }
        return request;
    }

    /** A container, which is an organizational unit. */
    AddRequest parent(DN dn) {
        RDN rdn = dn.getRDN();
        return new AddRequest(
                WireNames.of(dn),
                List.of(
                        new Attribute("objectClass", "top", "organizationalUnit"),
                        new Attribute(rdn.getAttributeNames()[0], rdn.getAttributeValues()[0])));
    }

    /** @param asserted what the server is to judge at the moment of the write; null where the entry was read before */
    ModifyRequest modify(
            DirectoryChange change, String dn, List<AttributeChange> attributes, @Nullable Filter asserted) {
        List<Modification> modifications = new ArrayList<>();
        for (AttributeChange attribute : attributes) {
            modifications.addAll(modifications(attribute, asserted != null));
        }
        ModifyRequest request = new ModifyRequest(name(change, dn), modifications);
        List<Control> controls = new ArrayList<>(controls(asserted));
        if (postRead) {
            Set<String> read = new LinkedHashSet<>();
            attributes.forEach(attribute -> read.add(attribute.name()));
            if (change.kind() == ChangeKind.DISABLE || change.kind() == ChangeKind.ENABLE) {
                read.addAll(directory.accounts().attributes());
            }
            controls.add(new PostReadRequestControl(false, read.toArray(new String[0])));
        }
        request.setControls(controls);
        return request;
    }

    ModifyRequest member(DN group, String attribute, String member, ModificationType type) {
        return new ModifyRequest(WireNames.of(group), new Modification(type, attribute, member));
    }

    ModifyDNRequest rename(DN from, DN to, @Nullable Filter asserted) {
        ModifyDNRequest request = rename(from, to);
        request.setControls(controls(asserted));
        return request;
    }

    ModifyDNRequest rename(DN from, DN to) {
        boolean moves = !DnForm.same(from.getParent(), to.getParent());
        DN parent = to.getParent();
        return new ModifyDNRequest(
                WireNames.of(from),
                WireNames.of(to.getRDN()),
                true,
                moves && parent != null ? WireNames.of(parent) : null);
    }

    DeleteRequest delete(DirectoryChange change, @Nullable Filter asserted) {
        DeleteRequest request = new DeleteRequest(name(change, WireNames.of(change.dn())));
        request.setControls(controls(asserted));
        return request;
    }

    /** Whether the server judges a filter at the moment of a write (RFC 4528). */
    boolean asserts() {
        return assertion;
    }

    /** Whether writes name the entry by its id, whatever it is called. */
    boolean namesById() {
        return directory.kind() == DirectoryKind.ACTIVE_DIRECTORY;
    }

    private String name(DirectoryChange change, String dn) {
        return change.id().flatMap(directory::nameOf).orElse(dn);
    }

    /** Whether answers come with what the server stored. */
    boolean readsBack() {
        return postRead;
    }

    /** Whether the answer to an add comes with what the server stored. */
    boolean readsNewBack() {
        return postReadNew;
    }

    /** Whether the server cannot compare the old value, so that we have to, right before. */
    boolean needsReading(List<AttributeChange> attributes) {
        return attributes.stream().anyMatch(one -> !directory.values(one.name()).hasEqualityRule());
    }

    private List<Modification> modifications(AttributeChange attribute, boolean asserted) {
        String name = attribute.name();
        if (!directory.values(name).hasEqualityRule()) {
            return List.of(new Modification(
                    ModificationType.REPLACE, name, attribute.after().toArray(new ASN1OctetString[0])));
        }
        if (!asserted && mayHideValues(attribute)) {
            return List.of(new Modification(ModificationType.REPLACE, name, wire(name, attribute.after())));
        }
        List<Modification> modifications = new ArrayList<>();
        if (!attribute.removed().isEmpty()) {
            modifications.add(new Modification(
                    ModificationType.DELETE, name, attribute.removed().toArray(new ASN1OctetString[0])));
        }
        if (!attribute.added().isEmpty()) {
            modifications.add(new Modification(ModificationType.ADD, name, wire(name, attribute.added())));
        }
        return modifications;
    }

    /**
     * Whether values that we may not read could be there although none was read: a value that is added would stand beside
     * them. Where an assertion says that there is none, nothing is hidden.
     */
    private boolean mayHideValues(AttributeChange attribute) {
        return attribute.before().isEmpty()
                && attribute.after().size() == 1
                && !directory.values(attribute.name()).isSingleValued()
                && !directory.marks().standIn(attribute.name());
    }

    private List<Control> controls(@Nullable Filter asserted) {
        return asserted == null ? List.of() : List.of(new AssertionRequestControl(asserted));
    }

    /** Values to write; those to delete are spelled as the server gave them. */
    private ASN1OctetString[] wire(String attribute, List<ASN1OctetString> values) {
        boolean names = directory.values(attribute).isDn();
        return values.stream()
                .map(value -> names ? WireNames.value(value) : value)
                .toArray(ASN1OctetString[]::new);
    }

    private static void put(Map<String, Attribute> all, Attribute attribute) {
        all.put(attribute.getName().toLowerCase(Locale.ROOT), attribute);
    }
}
