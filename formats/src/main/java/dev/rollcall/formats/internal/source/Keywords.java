package dev.rollcall.formats.internal.source;

import java.util.Set;

/** The words that the language has for itself, and no function may be called. Immutable and thread-safe. */
public final class Keywords {
    public static final Set<String> ALL =
            Set.of("and", "or", "not", "is", "in", "true", "false", "null", "it", "record", "entry", "settings");

    private Keywords() {}
}
