package dev.rollcall.mapping.internal.compile;

import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.definition.Problems;
import dev.rollcall.mapping.internal.values.AttributeFacts;
import dev.rollcall.mapping.rule.NameScope;

/** Finds settings of one attribute's rule that make no sense together. Not thread-safe: for one thread at a time. */
public final class RuleCheck {
    private final String path;
    private final String attribute;
    private final AttributeDefinition rule;
    private final AttributeFacts facts;
    private final Problems problems;

    RuleCheck(String path, String attribute, AttributeDefinition rule, AttributeFacts facts, Problems problems) {
        this.path = path;
        this.attribute = attribute;
        this.rule = rule;
        this.facts = facts;
        this.problems = problems;
    }

    void run() {
        boolean unique = rule.kind() == AttributeDefinition.Kind.UNIQUE;
        if (!unique) {
            onlyForUnique(
                    "counter",
                    rule.counterStart().isPresent()
                            || rule.counterWidth() != 1
                            || !rule.counterText().equals(AttributeDefinition.CounterText.NONE));
            onlyForUnique("scope", rule.scope() != NameScope.DIRECTORY);
            onlyForUnique("shareCounter", !rule.shareCounter().isEmpty());
            onlyForUnique("alsoIn", !rule.alsoIn().isEmpty());
        }
        rule.counterStart().ifPresent(start -> range("counter.start", start, 0, 999_999));
        range("counter.width", rule.counterWidth(), 1, 9);
        counterText();
        range("maxLength", rule.maxLength(), 0, 1_000_000);
        boolean merge = rule.values().isPresent() && rule.values().get().isMerge();
        if (merge && (unique || rule.kind() == AttributeDefinition.Kind.REFERENCE || facts.single())) {
            conflict("values", attribute + " takes one value, so there is nothing to merge", "leave values out");
        }
        if (rule.isBinary()
                && (unique
                        || rule.kind() == AttributeDefinition.Kind.REFERENCE
                        || rule.sanitizer().isPresent())) {
            conflict("binary", "bytes are no name and no reference", "leave binary out");
        }
        if (rule.kind() == AttributeDefinition.Kind.FORMATS && rule.formats().size() > 1 && facts.single()) {
            conflict("format", attribute + " takes one value, and has several formats", "join them into one");
        }
        if (rule.kind() == AttributeDefinition.Kind.ALTERNATIVES) {
            alternatives();
        }
    }

    private void alternatives() {
        for (int i = 0; i < rule.formats().size() - 1; i++) {
            if (rule.formats().get(i).condition().isEmpty()) {
                problems.add(
                        "unreachable",
                        path + "[" + (i + 1) + "]",
                        "an alternative before this one always applies",
                        "give that one a when, or put it last");
                return;
            }
        }
    }

    /** A name with a counter is not made fit again, so its text must be fit as it is. */
    private void counterText() {
        String text = rule.counterText().around("");
        String name = "a" + rule.counterText().around("2") + "a";
        boolean forbidden =
                text.codePoints().anyMatch(c -> c < 0x20 || facts.forbidden().indexOf(c) >= 0);
        boolean changed = rule.sanitizer().isPresent()
                && !rule.sanitizer().get().apply(name).equalsIgnoreCase(name);
        if (forbidden || changed) {
            conflict(
                    "counter",
                    attribute + " does not take '" + rule.counterText().before() + "' before and '"
                            + rule.counterText().after() + "' after the counter",
                    "use characters that the name may contain");
        }
    }

    private void onlyForUnique(String key, boolean given) {
        if (given) {
            conflict(key, "this is for unique names", "leave it out, or make the attribute unique");
        }
    }

    private void range(String key, int value, int least, int most) {
        if (value < least || value > most) {
            conflict(key, value + " is not between " + least + " and " + most, "");
        }
    }

    private void conflict(String key, String message, String remedy) {
        problems.add("bad-rule", path + "." + key, message, remedy);
    }
}
