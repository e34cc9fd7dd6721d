package dev.rollcall.formats.internal.values;

import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.internal.source.Limits;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A text that a pattern can look at only so often: a catastrophic one looks at it exponentially often. Not thread-safe:
 * for one thread at a time.
 */
public final class Bounded implements CharSequence {
    private final CharSequence text;
    private int looks;

    private Bounded(CharSequence text) {
        this.text = text;
    }

    public static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw FormatException.of("bad-pattern", "the pattern is no regular expression: " + e.getDescription());
        } catch (StackOverflowError e) {
            throw FormatException.of("bad-pattern", "the pattern nests too deep");
        }
    }

    /** Runs a pattern over a text within the limits. */
    public static <T> T match(Pattern pattern, String text, Function<Matcher, T> body) {
        try {
            return body.apply(pattern.matcher(new Bounded(text)));
        } catch (StackOverflowError e) {
            throw FormatException.of("pattern-too-slow", "the pattern nests too deep for this text", "simplify it");
        }
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
        return text.toString();
    }
}
