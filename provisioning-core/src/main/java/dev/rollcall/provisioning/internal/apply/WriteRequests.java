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
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes as LDAP requests, which name the old values that they replace. Immutable and thread-safe. */
final class WriteRequests {
    static final String ASSERTION = "1.3.6.1.1.12";
    static final String POST_READ = "1.3.6.1.1.13.2";

    private final DirectoryAccess directory;
    private final boolean assertion;
    private final boolean postRead;

    WriteRequests(DirectoryAccess directory, Set<String> supportedControls) {
        this.directory = directory;
        this.assertion = supportedControls.contains(ASSERTION);
        this.postRead = supportedControls.contains(POST_READ);
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
        if (postRead) {
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

    ModifyRequest modify(DirectoryChange change, String dn, List<AttributeChange> attributes, boolean asserted) {
        List<Modification> modifications = new ArrayList<>();
        for (AttributeChange attribute : attributes) {
            modifications.addAll(modifications(attribute));
        }
        ModifyRequest request = new ModifyRequest(dn, modifications);
        request.setControls(controls(change, attributes, asserted));
        return request;
    }

    ModifyRequest member(DN group, String attribute, String member, ModificationType type) {
        return new ModifyRequest(WireNames.of(group), new Modification(type, attribute, member));
    }

    ModifyDNRequest rename(DN from, DN to) {
        boolean moves = !Objects.equals(from.getParent(), to.getParent());
        DN parent = to.getParent();
        return new ModifyDNRequest(
                WireNames.of(from),
                WireNames.of(to.getRDN()),
                true,
                moves && parent != null ? WireNames.of(parent) : null);
    }

    DeleteRequest delete(DN dn) {
        return new DeleteRequest(WireNames.of(dn));
    }

    /** Whether the server itself sees that somebody else has the DN by now. */
    boolean namesTheEntry() {
        return assertion;
    }

    /** Whether answers come with what the server stored. */
    boolean readsBack() {
        return postRead;
    }

    /** Whether the server cannot compare the old value, so that we have to, right before. */
    boolean needsReading(List<AttributeChange> attributes) {
        return attributes.stream().anyMatch(one -> !directory.values(one.name()).hasEqualityRule());
    }

    private List<Modification> modifications(AttributeChange attribute) {
        String name = attribute.name();
        if (!directory.values(name).hasEqualityRule()) {
            return List.of(new Modification(
                    ModificationType.REPLACE, name, attribute.after().toArray(new ASN1OctetString[0])));
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

    private Control[] controls(DirectoryChange change, List<AttributeChange> attributes, boolean asserted) {
        List<Control> controls = new ArrayList<>();
        if (assertion && asserted) {
            Filter filter = sameEntry(change, attributes);
            if (filter != null) {
                controls.add(new AssertionRequestControl(filter));
            }
        }
        if (postRead) {
            controls.add(new PostReadRequestControl(
                    false, attributes.stream().map(AttributeChange::name).toArray(String[]::new)));
        }
        return controls.toArray(new Control[0]);
    }

    /** It is still that entry, and what was absent still is: a value to add names no old one. */
    private @Nullable Filter sameEntry(DirectoryChange change, List<AttributeChange> attributes) {
        List<Filter> terms = new ArrayList<>();
        change.id().flatMap(directory::idFilter).ifPresent(terms::add);
        for (AttributeChange attribute : attributes) {
            if (attribute.before().isEmpty()
                    && directory.values(attribute.name()).hasEqualityRule()) {
                terms.add(Filter.createNOTFilter(Filter.createPresenceFilter(attribute.name())));
            }
        }
        return terms.isEmpty() ? null : terms.size() == 1 ? terms.get(0) : Filter.createANDFilter(terms);
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
