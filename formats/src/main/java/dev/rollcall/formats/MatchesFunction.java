package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code matches}: whether a whole text matches a pattern, in bounded time. Immutable and thread-safe. */
final class MatchesFunction implements FormatFunction {
    private final @Nullable Pattern compiled;

    MatchesFunction() {
        this(null);
    }

    private MatchesFunction(@Nullable Pattern compiled) {
        this.compiled = compiled;
    }

    @Override
    public FunctionDeclaration declaration() {
        return FunctionDeclaration.named("matches")
                .group("Texts")
                .documentation(
                        "Says whether the whole text matches a regular expression of java.util.regex; also written"
                                + " a matches b. An expression that takes too long is an error.")
                .parameter(Parameter.of("text", Parameter.Kind.TEXT))
                .parameter(Parameter.of("pattern", Parameter.Kind.TEXT))
                .example("matches('A-42', '[A-Z]-[0-9]+')", "true")
                .build();
    }

    @Override
    public FormatFunction prepare(Constants constants) {
        return constants
                .text(1)
                .<FormatFunction>map(pattern -> new MatchesFunction(compile(pattern)))
                .orElse(this);
    }

    @Override
    public Value apply(Arguments arguments) {
        Pattern pattern = compiled == null ? compile(arguments.text(1)) : compiled;
        try {
            return Value.of(pattern.matcher(new Bounded(arguments.text(0))).matches());
        } catch (StackOverflowError e) {
            throw FormatException.of("pattern-too-slow", "the pattern nests too deep for this text", "simplify it");
        }
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw FormatException.of("bad-pattern", "the pattern is no regular expression: " + e.getDescription());
        }
    }

    /** A text that can be looked at only so often: a catastrophic pattern looks at it exponentially often. */
    private static final class Bounded implements CharSequence {
        private final String text;
        private int looks;

        Bounded(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > Limits.PATTERN_STEPS) {
                throw FormatException.of("pattern-too-slow", "the pattern takes too long on this text", "simplify it");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
