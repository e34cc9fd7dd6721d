package dev.rollcall.mapping.internal.definition;

import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.NameScope;
import dev.rollcall.mapping.rule.OnLimit;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.mapping.rule.Sanitizer;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.util.List;
import java.util.Optional;

/**
 * How one attribute is made, as its rule says. Immutable and thread-safe.
 *
 * @param apply when the attribute is written
 * @param maxLength in characters; 0 for none
 * @param counterWidth the least number of digits of a counter
 * @param counterText what stands around a counter
 */
public record AttributeDefinition(
        Kind kind,
        List<FormatChoice> formats,
        Optional<OnNothing> onAbsent,
        Optional<OnNothing> onNull,
        Optional<OnNothing> onEmpty,
        Apply apply,
        Optional<ValuesPolicy> values,
        int maxLength,
        Optional<OnLimit> onLimit,
        boolean isBinary,
        Optional<Sanitizer> sanitizer,
        Optional<Integer> counterStart,
        int counterWidth,
        CounterText counterText,
        NameScope scope,
        List<String> shareCounter,
        List<String> alsoIn) {
    /** The sorts of rules. */
    public enum Kind {
        FORMATS,
        ALTERNATIVES,
        UNIQUE,
        REFERENCE
    }

    /**
     * One of the formats of an attribute.
     *
     * @param condition when it applies; empty for always
     */
    public record FormatChoice(Optional<String> condition, String format) {}

    /** What stands around a counter: {@code " ("} and {@code ")"} in {@code John Smith (2)}. */
    public record CounterText(String before, String after) {
        public static final CounterText NONE = new CounterText("", "");

        /** {@return a counter with its text} */
        public String around(String counter) {
            return before + counter + after;
        }
    }

    /** {@return the same rule, each attribute that it names by its first name} */
    AttributeDefinition named(AttributeNames first) {
        return shareCounter.isEmpty() && alsoIn.isEmpty()
                ? this
                : new AttributeDefinition(
                        kind,
                        formats,
                        onAbsent,
                        onNull,
                        onEmpty,
                        apply,
                        values,
                        maxLength,
                        onLimit,
                        isBinary,
                        sanitizer,
                        counterStart,
                        counterWidth,
                        counterText,
                        scope,
                        shareCounter.stream().map(first::first).toList(),
                        alsoIn.stream().map(first::first).toList());
    }

    /** {@return the value of one format, and otherwise what is usual} */
    public static AttributeDefinition of(String format, Apply apply) {
        return new AttributeDefinition(
                Kind.FORMATS,
                List.of(new FormatChoice(Optional.empty(), format)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                apply,
                Optional.empty(),
                0,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                1,
                CounterText.NONE,
                NameScope.DIRECTORY,
                List.of(),
                List.of());
    }
}
