package dev.rollcall.examples;

import java.util.Comparator;
import java.util.List;

/** What the command tells the shell; of several, the first in this order counts. */
enum ExitStatus {
    /** The configuration or the arguments are wrong; nothing was written. */
    INVALID(2),
    /** Memory, or the disk of temporary files, is too small for the run. */
    RESOURCES(8),
    /** The directory could not be reached, or refused. */
    DIRECTORY(6),
    /** The state could not be read or written, or another run is under way. */
    STATE(7),
    /** The source could not be read whole, or wants a person to authorize. */
    SOURCE(4),
    /** A guardrail tripped. */
    GUARDRAIL(3),
    /** Some changes failed, or a file could not be written; with {@code --strict}, or there are conflicts. */
    INCOMPLETE(5),
    /** Done. */
    DONE(0);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** {@return the first of these that counts} */
    static ExitStatus first(List<ExitStatus> all) {
        return all.stream().min(Comparator.naturalOrder()).orElse(DONE);
    }
}
