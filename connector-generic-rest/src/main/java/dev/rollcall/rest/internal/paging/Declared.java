package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.settings.Pointer;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads what an answer says of its paging, leniently: numbers and truths may come as text. */
public final class Declared {
    private Declared() {}

    /** {@return the number at a pointer; empty if there is none, or null} */
    public static OptionalLong number(@Nullable Pointer pointer, PageFacts facts, Failures failures)
            throws AttemptFailed {
        Optional<String> text = text(pointer, facts, failures, "a number");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("[0-9]{1,18}(\\.0+)?")) {
            throw wrong(pointer, "a number", "'" + shown(text.get()) + "'", facts, failures);
        }
        return OptionalLong.of(Long.parseLong(text.get().replaceFirst("\\..*", "")));
    }

    /** {@return the truth at a pointer; empty if there is none, or null} */
    static Optional<Boolean> flag(@Nullable Pointer pointer, PageFacts facts, Failures failures) throws AttemptFailed {
        Optional<String> text = text(pointer, facts, failures, "true or false");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.get().toLowerCase(java.util.Locale.ROOT)) {
            case "true", "1", "yes" -> Optional.of(true);
            case "false", "0", "no" -> Optional.of(false);
            default -> throw wrong(pointer, "true or false", "'" + shown(text.get()) + "'", facts, failures);
        };
    }

    /** {@return the text or number at a pointer; empty if there is none, null, blank, false or the word "null"} */
    static Optional<String> token(@Nullable Pointer pointer, PageFacts facts, Failures failures) throws AttemptFailed {
        Optional<String> text = text(pointer, facts, failures, "a text");
        return text.filter(token -> !token.equals("null") && !token.equals("false"));
    }

    private static Optional<String> text(@Nullable Pointer pointer, PageFacts facts, Failures failures, String expected)
            throws AttemptFailed {
        if (pointer == null) {
            return Optional.empty();
        }
        Value value = facts.around().apply(pointer);
        if (value instanceof Value.Fields || value instanceof Value.Items) {
            String was = value instanceof Value.Fields ? "an object" : "an array";
            throw wrong(pointer, expected, was, facts, failures);
        }
        return value.text().map(String::trim).filter(text -> !text.isEmpty());
    }

    private static AttemptFailed wrong(
            @Nullable Pointer pointer, String expected, String was, PageFacts facts, Failures failures) {
        return failures.malformed(
                facts.call(), "paging", "expected " + expected + " at " + pointer + ", was " + was, "check paging");
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
