package dev.rollcall.mapping.internal.lint;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.run.MappedEntry;
import dev.rollcall.mapping.internal.values.AttributeFacts;
import dev.rollcall.mapping.internal.values.LdapValues;
import dev.rollcall.mapping.rule.LintCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Findings about how long values may be. Not thread-safe: for one thread at a time. */
public final class LintLengths {
    private final CompiledMapping mapping;
    private final Map<String, Integer> lengths;
    private final List<LintSample> samples;
    private final LintFindings findings;

    public LintLengths(
            CompiledMapping mapping, Map<String, Integer> lengths, List<LintSample> samples, LintFindings findings) {
        this.mapping = mapping;
        this.lengths = lengths;
        this.samples = samples;
        this.findings = findings;
    }

    public void run() {
        for (String attribute : mapping.ownedAttributes()) {
            Integer most = lengths.get(AttributeFacts.base(attribute));
            AttributePlan plan = mapping.plans().get(attribute.toLowerCase(Locale.ROOT));
            if (most == null) {
                continue;
            }
            if (plan != null && plan.maxLength() > most) {
                add(attribute, most, "the mapping allows " + plan.maxLength());
            }
            for (LintSample sample : samples) {
                MappedEntry entry = sample.entry();
                if (entry != null && entry.attributes().get(attribute) instanceof AttributeIntent.Set set) {
                    int longest = longest(set, plan != null && plan.isBinary());
                    if (longest > most) {
                        add(attribute, most, "a sample gives " + longest);
                        break;
                    }
                }
            }
        }
    }

    private static int longest(AttributeIntent.Set set, boolean binary) {
        IntStream lengths = binary
                ? set.values().stream().mapToInt(ASN1OctetString::getValueLength)
                : set.texts().stream().mapToInt(LdapValues::length);
        return lengths.max().orElse(0);
    }

    private void add(String attribute, int most, String found) {
        findings.add(
                LintCode.LONGER_THAN_SCHEMA,
                mapping.pathOf(attribute),
                "the directory takes a length of " + most + " in " + attribute + ", and " + found,
                "set maxLength to " + most + ", with onLimit");
    }
}
