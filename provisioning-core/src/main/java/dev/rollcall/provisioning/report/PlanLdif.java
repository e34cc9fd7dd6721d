package dev.rollcall.provisioning.report;

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
import dev.rollcall.connector.AtomicFile;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.SchemaEquality;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Plan;
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
     * Writes it to a file, which is replaced as a whole and which the present user alone can read where the system knows
     * users. A link of that name is replaced, never followed.
     *
     * @throws UncheckedIOException if that fails
     */
    public void write(Path file) {
        try {
            AtomicFile.write(file, this::write);
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
        Relocations relocations = new Relocations();
        Set<String> made = new HashSet<>();
        try {
            each(relocations::see);
            writer.writeVersionHeader();
            each((at, change) -> {
                for (LDIFChangeRecord record : records(new Numbered(at, change, relocations), made)) {
                    writer.writeChangeRecord(record);
                }
            });
            // At the end, when everybody is there under the name to stay: references to who is made, renamed or moved.
            each((at, change) -> {
                List<Modification> late = modifications(new Numbered(at, change, relocations), true);
                if (!late.isEmpty()) {
                    writer.writeChangeRecord(new LDIFModifyChangeRecord(WireNames.of(change.dn()), late));
                }
            });
            writer.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write LDIF", failed);
        }
    }

    private interface Step {
        void take(int at, DirectoryChange change) throws IOException;
    }

    private void each(Step step) throws IOException {
        try (Stream<Change> changes = plan.changes()) {
            int at = 0;
            for (Iterator<Change> each = changes.iterator(); each.hasNext(); at++) {
                if (each.next() instanceof DirectoryChange change) {
                    step.take(at, change);
                }
            }
        }
    }

    /** A change, its place in the plan, and whom the plan renames. */
    private record Numbered(int at, DirectoryChange change, Relocations relocations) {
        /** A server may rewrite the value before or after this change, as the entry that it names is renamed. */
        boolean isRelocated(AttributeChange attribute) {
            return change.group().isEmpty()
                    && (relocations.concern(attribute.before()) || relocations.concern(attribute.after()));
        }

        boolean isLate(AttributeChange attribute) {
            return attribute.referenceIsNew() || (isRelocated(attribute) && !relocations.isLeftAfter(at, change.dn()));
        }

        /** The old value may have followed a rename of the same plan, or cannot be named at all. */
        boolean mustBeReplaced(AttributeChange attribute) {
            boolean changes = !attribute.references().isEmpty() || isRelocated(attribute);
            return !attribute.before().isEmpty() && (changes || !SchemaEquality.hasRuleByName(attribute.name()));
        }
    }

    private static List<LDIFChangeRecord> records(Numbered numbered, Set<String> made) {
        DirectoryChange change = numbered.change();
        List<LDIFChangeRecord> records = new ArrayList<>();
        for (DN parent : change.missingParents()) {
            if (made.add(DnForm.of(parent))) {
                records.add(new LDIFAddChangeRecord(new AddRequest(
                        WireNames.of(parent),
                        new Attribute("objectClass", "top", "organizationalUnit"),
                        new Attribute(
                                "ou", Objects.requireNonNull(parent.getRDN()).getAttributeValues()[0]))));
            }
        }
        String dn = WireNames.of(change.dn());
        switch (change.kind()) {
            case CREATE -> records.add(new LDIFAddChangeRecord(new AddRequest(dn, attributes(numbered))));
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
                        WireNames.of(change.group().orElseThrow()), modifications(numbered, false)));
            case LINK, MODIFY, ENABLE, DISABLE -> {
                List<Modification> modifications = modifications(numbered, false);
                if (!modifications.isEmpty()) {
                    records.add(new LDIFModifyChangeRecord(dn, modifications));
                }
            }
        }
        return records;
    }

    private static List<Attribute> attributes(Numbered numbered) {
        DirectoryChange change = numbered.change();
        List<Attribute> attributes = new ArrayList<>();
        for (AttributeChange attribute : change.attributes()) {
            boolean written = !attribute.after().isEmpty() && !numbered.isLate(attribute);
            if (written && !attribute.isSensitive()) {
                attributes.add(new Attribute(attribute.name(), written(change, attribute, attribute.after())));
            }
        }
        return attributes;
    }

    private static List<Modification> modifications(Numbered numbered, boolean late) {
        DirectoryChange change = numbered.change();
        List<Modification> modifications = new ArrayList<>();
        for (AttributeChange attribute : change.attributes()) {
            boolean withheld = attribute.isSensitive() || numbered.isLate(attribute) != late;
            if (!withheld) {
                String name = attribute.name();
                if (numbered.mustBeReplaced(attribute)) {
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

    /** DNs in the spelling that every server reads. */
    private static ASN1OctetString[] written(
            DirectoryChange change, AttributeChange attribute, List<ASN1OctetString> values) {
        boolean names = !attribute.references().isEmpty() || change.group().isPresent();
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
