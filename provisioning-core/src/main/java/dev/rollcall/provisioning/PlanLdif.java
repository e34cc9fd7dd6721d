package dev.rollcall.provisioning;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFAddChangeRecord;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFDeleteChangeRecord;
import com.unboundid.ldif.LDIFModifyChangeRecord;
import com.unboundid.ldif.LDIFModifyDNChangeRecord;
import com.unboundid.ldif.LDIFWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A plan as LDIF change records (RFC 2849), in the order in which they can be carried out by {@code ldapmodify}. Never
 * with a password: those are made while applying. Immutable and thread-safe, as far as the plan is.
 */
public final class PlanLdif {
    private final Plan plan;

    private PlanLdif(Plan plan) {
        this.plan = Objects.requireNonNull(plan, "plan");
    }

    /** {@return the LDIF of a plan} */
    public static PlanLdif of(Plan plan) {
        return new PlanLdif(plan);
    }

    /**
     * Writes it to a file, which the present user alone can read where the system knows users.
     *
     * @throws UncheckedIOException if that fails
     */
    public void write(Path file) {
        try (OutputStream out = PrivateFiles.create(file)) {
            write(out);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    /**
     * Writes it; the stream stays open.
     *
     * @throws UncheckedIOException if that fails
     */
    @SuppressWarnings("resource") // closing the writer would close the stream, which is the caller's
    public void write(OutputStream out) {
        LDIFWriter writer = new LDIFWriter(out);
        Set<String> made = new HashSet<>();
        try (Stream<Change> changes = plan.changes()) {
            writer.writeVersionHeader();
            for (Iterator<Change> each = changes.iterator(); each.hasNext(); ) {
                if (each.next() instanceof DirectoryChange change) {
                    for (LDIFChangeRecord record : records(change, made)) {
                        writer.writeChangeRecord(record);
                    }
                }
            }
            // References to people who are made later in the same plan stand at the end.
            try (Stream<Change> again = plan.changes()) {
                for (Iterator<Change> each = again.iterator(); each.hasNext(); ) {
                    if (each.next() instanceof DirectoryChange change) {
                        List<Modification> late = modifications(change, true);
                        if (!late.isEmpty()) {
                            writer.writeChangeRecord(new LDIFModifyChangeRecord(WireNames.of(change.dn()), late));
                        }
                    }
                }
            }
            writer.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write LDIF", failed);
        }
    }

    private static List<LDIFChangeRecord> records(DirectoryChange change, Set<String> made) {
        List<LDIFChangeRecord> records = new ArrayList<>();
        for (DN parent : change.missingParents()) {
            if (made.add(parent.toNormalizedString())) {
                records.add(new LDIFAddChangeRecord(new AddRequest(
                        WireNames.of(parent),
                        new Attribute("objectClass", "top", "organizationalUnit"),
                        new Attribute(
                                "ou", Objects.requireNonNull(parent.getRDN()).getAttributeValues()[0]))));
            }
        }
        String dn = WireNames.of(change.dn());
        switch (change.kind()) {
            case CREATE -> records.add(new LDIFAddChangeRecord(new AddRequest(dn, attributes(change))));
            case RENAME, MOVE -> {
                DN target = change.newDn().orElseThrow();
                boolean stays = Objects.equals(change.dn().getParent(), target.getParent());
                DN parent = Objects.requireNonNull(target.getParent());
                records.add(new LDIFModifyDNChangeRecord(
                        dn, WireNames.of(target.getRDN()), true, stays ? null : WireNames.of(parent)));
            }
            case DELETE -> records.add(new LDIFDeleteChangeRecord(dn));
            case GROUP_ADD, GROUP_REMOVE ->
                records.add(new LDIFModifyChangeRecord(
                        WireNames.of(change.group().orElseThrow()), modifications(change, false)));
            case LINK, MODIFY, ENABLE, DISABLE -> {
                List<Modification> modifications = modifications(change, false);
                if (!modifications.isEmpty()) {
                    records.add(new LDIFModifyChangeRecord(dn, modifications));
                }
            }
        }
        return records;
    }

    private static List<Attribute> attributes(DirectoryChange change) {
        List<Attribute> attributes = new ArrayList<>();
        for (AttributeChange attribute : change.attributes()) {
            boolean written = !attribute.after().isEmpty() && !attribute.referenceIsNew();
            if (written && !attribute.isSensitive()) {
                attributes.add(new Attribute(attribute.name(), written(change, attribute, attribute.after())));
            }
        }
        return attributes;
    }

    private static List<Modification> modifications(DirectoryChange change, boolean late) {
        List<Modification> modifications = new ArrayList<>();
        for (AttributeChange attribute : change.attributes()) {
            boolean withheld = attribute.isSensitive() || attribute.referenceIsNew() != late;
            if (!withheld) {
                String name = attribute.name();
                if (mustBeReplaced(attribute)) {
                    modifications.add(new Modification(
                            ModificationType.REPLACE, name, written(change, attribute, attribute.after())));
                    continue;
                }
                add(modifications, ModificationType.DELETE, name, attribute.removed());
                if (!attribute.added().isEmpty()) {
                    modifications.add(new Modification(
                            ModificationType.ADD, name, written(change, attribute, attribute.added())));
                }
            }
        }
        return modifications;
    }

    /** The old value may have followed a rename of the same plan, or cannot be named at all. */
    private static boolean mustBeReplaced(AttributeChange attribute) {
        boolean hadValue = !attribute.before().isEmpty();
        return hadValue && (attribute.reference().isPresent() || !SchemaEquality.hasRuleByName(attribute.name()));
    }

    /** DNs in the spelling that every server reads. */
    private static ASN1OctetString[] written(
            DirectoryChange change, AttributeChange attribute, List<ASN1OctetString> values) {
        boolean names = attribute.reference().isPresent() || change.group().isPresent();
        return values.stream()
                .map(value -> names ? WireNames.value(value) : value)
                .toArray(ASN1OctetString[]::new);
    }

    private static void add(
            List<Modification> modifications, ModificationType type, String name, List<ASN1OctetString> values) {
        if (!values.isEmpty()) {
            modifications.add(new Modification(type, name, values.toArray(new ASN1OctetString[0])));
        }
    }
}
