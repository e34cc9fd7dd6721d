package dev.rollcall.mapping.internal.run;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.plan.DnTemplate;
import dev.rollcall.mapping.internal.plan.Intents;
import dev.rollcall.mapping.internal.text.DnText;
import dev.rollcall.mapping.internal.values.AttributeFacts;
import dev.rollcall.mapping.internal.values.Failure;
import dev.rollcall.mapping.internal.values.LdapValues;
import dev.rollcall.mapping.rule.Apply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the DN of one record, and the attributes agree with it. Not thread-safe: for one thread at a time. */
public final class EntryName {
    private final Attributes run;
    private final CompiledMapping mapping;
    private final @Nullable ReadOnlyEntry entry;
    private final @Nullable MappingTrace trace;

    EntryName(Attributes run, CompiledMapping mapping, @Nullable ReadOnlyEntry entry, @Nullable MappingTrace trace) {
        this.run = run;
        this.mapping = mapping;
        this.entry = entry;
        this.trace = trace;
    }

    @Nullable
    DN dn() {
        DnTemplate template = mapping.dn();
        if (template == null || (entry != null && mapping.dnApply() == Apply.ON_CREATE)) {
            return null;
        }
        try {
            return new DN(template.leaf(this::dnValue), template.parent(this::dnValue));
        } catch (UnknownName e) {
            if (entry != null) {
                return null;
            }
            throw Failure.at("dn", "dn")
                    .of(
                            "unknown-value",
                            "the DN could not be made: " + e.getMessage(),
                            "run again when the source can be read whole");
        }
    }

    DN parent(AttributePlan plan) {
        DnTemplate template = mapping.dn();
        if (template == null) {
            return DN.NULL_DN;
        }
        try {
            if (entry != null && mapping.dnApply() == Apply.ON_CREATE) {
                DN parent = entry.getParentDN();
                return parent == null ? DN.NULL_DN : parent;
            }
            return template.parent(this::dnValue);
        } catch (UnknownName | LDAPException e) {
            throw plan.of("unknown-value", "its container could not be told: " + e.getMessage(), "");
        }
    }

    private String dnValue(DnTemplate.Part part, Format format) {
        Value value;
        try {
            Evaluation evaluation = run.evaluation("dn", format);
            value = format.evaluate(trace == null ? evaluation : evaluation.trace(trace.listener("dn")));
            if (trace != null) {
                trace.evaluated("dn", "dn", format, value);
            }
        } catch (FormatException e) {
            throw new MappingException("dn", e.problem().under("dn"), e);
        }
        if (value instanceof Value.Unknown unknown) {
            throw new UnknownName(unknown.reason());
        }
        Failure failure = Failure.at("dn", "dn");
        List<Value> singles = LdapValues.singles(value);
        if (singles.size() > 1 && isKept(format)) {
            singles = ofPresentRdn(part.attribute(), singles);
        }
        if (singles.size() > 1) {
            throw failure.of("not-single", part.attribute() + " in the DN is one text, found a list", "");
        }
        String text = singles.isEmpty()
                ? ""
                : LdapValues.writable(DnText.clean(LdapValues.text(singles.get(0), failure)), failure);
        if (text.isBlank()) {
            throw failure.of(
                    "no-value",
                    "the DN needs " + part.attribute() + "=" + format + ", which has no value",
                    "give the record a value, or the format a fallback (${… ?? '…'})");
        }
        return text;
    }

    /** Whether a format is made of nothing but attributes that stay as the entry has them. */
    private boolean isKept(Format format) {
        for (Name name : format.names()) {
            AttributePlan plan =
                    name.namespace().isEmpty() ? mapping.plan(name.path().column()) : null;
            if (plan == null || !(run.make(plan).intent() instanceof AttributeIntent.Keep)) {
                return false;
            }
        }
        return true;
    }

    /** Of several values that an entry keeps, the one that it is named by. */
    private List<Value> ofPresentRdn(String attribute, List<Value> singles) {
        RDN rdn = presentRdn();
        for (Value single : singles) {
            if (rdn != null && rdn.hasAttributeValue(attribute, single.text().orElse(""))) {
                return List.of(single);
            }
        }
        return singles;
    }

    /** Makes the attributes agree with the name of the entry, which a directory demands. */
    void nameInEntry(@Nullable DN dn, Intents intents, List<String> because) {
        RDN rdn = dn == null ? presentRdn() : dn.getRDN();
        if (rdn == null) {
            return;
        }
        String[] attributes = rdn.getAttributeNames();
        String[] values = rdn.getAttributeValues();
        for (int i = 0; i < attributes.length; i++) {
            String attribute = attributes[i];
            String value = values[i];
            String named = intended(attribute, intents);
            if (named == null && dn != null) {
                intents.set(attribute, AttributeIntent.Set.of(value));
                because.add("the DN");
            } else if (named != null && intents.get(named) instanceof AttributeIntent.Set set) {
                if (!holds(set, value)) {
                    intents.set(named, withRdn(named, set, value, dn == null));
                }
            } else if (named != null && dn != null && intents.get(named) instanceof AttributeIntent.Clear clear) {
                intents.set(named, new AttributeIntent.Set(List.of(LdapValues.octets(value)), clear.policy()));
            } else if (named != null && dn != null && !(intents.get(named) instanceof AttributeIntent.Keep)) {
                intents.set(named, AttributeIntent.Set.of(value));
            }
        }
    }

    /** The attribute as the intents name it, if it is among them. */
    private @Nullable String intended(String attribute, Intents intents) {
        AttributePlan plan = mapping.plan(attribute);
        String name = plan == null ? mapping.key().attribute() : plan.name();
        if (name.equalsIgnoreCase(attribute)) {
            return name;
        }
        return intents.containsKey(attribute) ? attribute : null;
    }

    private static boolean holds(AttributeIntent.Set set, String value) {
        for (ASN1OctetString present : set.values()) {
            if (value.equalsIgnoreCase(present.stringValue())) {
                return true;
            }
        }
        return false;
    }

    private AttributeIntent withRdn(String attribute, AttributeIntent.Set set, String value, boolean stays) {
        if (AttributeFacts.of(attribute, mapping.limits()).single()) {
            return stays
                    ? new AttributeIntent.Keep("it names the entry, whose DN stays")
                    : new AttributeIntent.Set(List.of(LdapValues.octets(value)), set.policy());
        }
        List<ASN1OctetString> values = new ArrayList<>(set.values());
        values.add(LdapValues.octets(value));
        return new AttributeIntent.Set(values, set.policy());
    }

    private @Nullable RDN presentRdn() {
        try {
            return entry == null || mapping.dn() == null ? null : entry.getRDN();
        } catch (LDAPException e) {
            return null;
        }
    }

    /** A value of the DN could not be read. */
    private static final class UnknownName extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownName(String reason) {
            super(reason, null, false, false);
        }
    }
}
