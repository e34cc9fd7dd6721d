package dev.rollcall.mapping.internal.run;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.text.DnText;
import dev.rollcall.mapping.internal.values.AttributeFacts;
import dev.rollcall.mapping.internal.values.LdapValues;
import dev.rollcall.mapping.rule.OnLimit;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Makes the intent of an attribute that has a value. Not thread-safe: for one thread at a time. */
public final class Writing {
    private final Attributes run;
    private final CompiledMapping mapping;
    private final ZoneId zone;

    Writing(Attributes run, CompiledMapping mapping, ZoneId zone) {
        this.run = run;
        this.mapping = mapping;
        this.zone = zone;
    }

    /** The intent to write a text, which most values are. */
    Made written(AttributePlan plan, Value.Text value, String because) {
        if (plan.rule().kind() == AttributeDefinition.Kind.REFERENCE || plan.isBinary() || plan.holdsAddresses()) {
            return make(plan, List.of(value), because);
        }
        return one(plan, value, because);
    }

    /** The intent to write values, of which there is one at least. */
    Made written(AttributePlan plan, List<Value> singles, String because) {
        if (!LdapValues.isSensitive(singles)) {
            return make(plan, singles, because);
        }
        run.markSensitive(plan);
        try {
            Made made = make(plan, singles, because);
            return new Made(made.intent(), LdapValues.hidden(made.value()), because);
        } catch (MappingException told) {
            throw hidden(plan, told);
        }
    }

    /** What is wrong with a sensitive value, without the value. */
    static MappingException hidden(AttributePlan plan, MappingException told) {
        String hidden = plan.name() + " does not take this value, which is not shown";
        return plan.of(told.problem().code(), hidden, told.problem().remedy());
    }

    private Made make(AttributePlan plan, List<Value> singles, String because) {
        if (plan.rule().kind() == AttributeDefinition.Kind.REFERENCE) {
            List<String> keys = new ArrayList<>(singles.size());
            for (Value single : singles) {
                String key = mapping.key().normalize(LdapValues.text(single, plan));
                if (!keys.contains(key)) {
                    keys.add(key);
                }
            }
            return new Made(new AttributeIntent.Reference(keys), Value.absent(), because);
        }
        if (plan.isBinary()) {
            return binary(plan, singles, because);
        }
        if (singles.size() == 1 && !plan.holdsAddresses()) {
            return one(plan, singles.get(0), because);
        }
        List<String> texts = new ArrayList<>(singles.size());
        for (Value single : singles) {
            Fitting.Fit fit = fit(plan, single);
            if (fit.skip()) {
                return run.kept(plan, fit.reason());
            }
            texts.add(fit.text());
        }
        // Together first: of two addresses that differ in case only, the primary one stays.
        texts = Fitting.together(plan, texts);
        if (texts.size() == 1) {
            return made(plan, texts.get(0), Value.of(texts.get(0)), because);
        }
        texts = LdapValues.distinct(texts, AttributeFacts.isCaseExact(plan.name()));
        if (plan.facts().single() && texts.size() > 1) {
            throw plan.of(
                    "several-values",
                    plan.name() + " takes one value, found " + texts.size(),
                    "take one with first or last, or all with join");
        }
        List<ASN1OctetString> octets = new ArrayList<>(texts.size());
        List<Value> values = new ArrayList<>(texts.size());
        for (String text : texts) {
            octets.add(LdapValues.octets(text));
            values.add(Value.of(text));
        }
        return new Made(
                new AttributeIntent.Set(octets, plan.values()),
                values.size() == 1 ? values.get(0) : Value.of(values),
                because);
    }

    private Made one(AttributePlan plan, Value single, String because) {
        String text = writable(plan, single);
        if (!Fitting.fits(plan, text, mapping.limits())) {
            Fitting.Fit fit = Fitting.fit(plan, text, mapping.limits(), zone);
            return fit.skip() ? run.kept(plan, fit.reason()) : made(plan, fit.text(), Value.of(fit.text()), because);
        }
        boolean asIs = single instanceof Value.Text given && given.value().equals(text);
        return made(plan, text, asIs ? single : Value.of(text), because);
    }

    private Fitting.Fit fit(AttributePlan plan, Value single) {
        return Fitting.fit(plan, writable(plan, single), mapping.limits(), zone);
    }

    private static String writable(AttributePlan plan, Value single) {
        String text = LdapValues.text(single, plan);
        return LdapValues.writable(plan.rdn() ? DnText.clean(text) : text, plan);
    }

    private static Made made(AttributePlan plan, String text, Value value, String because) {
        AttributeIntent intent = new AttributeIntent.Set(List.of(LdapValues.octets(text)), plan.values());
        return new Made(intent, value, because);
    }

    private Made binary(AttributePlan plan, List<Value> singles, String because) {
        List<ASN1OctetString> octets = new ArrayList<>(singles.size());
        for (Value single : singles) {
            byte[] bytes = LdapValues.bytes(single, plan);
            if (plan.maxLength() > 0 && bytes.length > plan.maxLength()) {
                if (plan.onLimit() == OnLimit.SKIP) {
                    return run.kept(plan, bytes.length + " bytes are too many");
                }
                // A picture cut off in the middle is no picture: there is nothing to truncate.
                throw plan.of(
                        "too-long",
                        plan.name() + " takes " + plan.maxLength() + " bytes, found " + bytes.length,
                        "send a smaller one, or set onLimit to skip");
            }
            octets.add(new ASN1OctetString(bytes));
        }
        return new Made(
                new AttributeIntent.Set(octets.stream().distinct().toList(), plan.values()),
                singles.size() == 1 ? singles.get(0) : Value.of(singles),
                because);
    }
}
