package dev.rollcall.formats;

import java.util.Set;

/** The words that the language has for itself, and no function may be called. Immutable and thread-safe. */
final class Keywords {
    static final Set<String> ALL =
            Set.of("and", "or", "not", "is", "in", "true", "false", "null", "it", "record", "entry", "settings");

    private Keywords() {}
}
