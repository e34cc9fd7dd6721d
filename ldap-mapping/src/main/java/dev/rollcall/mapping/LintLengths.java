package dev.rollcall.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Findings about how long values may be. Not thread-safe: for one thread at a time. */
final class LintLengths {
    private final CompiledMapping mapping;
    private final Map<String, Integer> lengths;
    private final List<Lint.Sample> samples;
    private final Lint.Findings findings;

    LintLengths(
            CompiledMapping mapping, Map<String, Integer> lengths, List<Lint.Sample> samples, Lint.Findings findings) {
        this.mapping = mapping;
        this.lengths = lengths;
        this.samples = samples;
        this.findings = findings;
    }

    void run() {
        for (String attribute : mapping.ownedAttributes()) {
            Integer most = lengths.get(AttributeFacts.base(attribute));
            AttributePlan plan = mapping.plans().get(attribute.toLowerCase(Locale.ROOT));
            if (most == null) {
                continue;
            }
            if (plan != null && plan.rule().maxLength() > most) {
                add(attribute, most, "maxLength allows " + plan.rule().maxLength());
            }
            for (Lint.Sample sample : samples) {
                DesiredEntry entry = sample.entry();
                if (entry != null && entry.attributes().get(attribute) instanceof AttributeIntent.Set set) {
                    int longest = set.texts().stream()
                            .mapToInt(LdapValues::length)
                            .max()
                            .orElse(0);
                    if (longest > most) {
                        add(attribute, most, "a sample gives " + longest);
                        break;
                    }
                }
            }
        }
    }

    private void add(String attribute, int most, String found) {
        findings.add(
                LintCode.LONGER_THAN_SCHEMA,
                Lint.pathOf(mapping, attribute),
                "the directory takes " + most + " characters in " + attribute + ", and " + found,
                "set maxLength to " + most + ", with onLimit");
    }
}
