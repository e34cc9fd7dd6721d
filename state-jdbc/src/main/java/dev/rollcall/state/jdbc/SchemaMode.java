package dev.rollcall.state.jdbc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What to do about the tables when a database is used for the first time by this process. */
public enum SchemaMode {
    /** Creates missing tables and upgrades older ones. The default. */
    MIGRATE,
    /** Changes nothing; fails if the tables are missing, older, newer, or were changed by hand. */
    VALIDATE,
    /**
     * Neither changes nor checks the tables. They were created with the plain SQL scripts in the jar, under {@code
     * dev/rollcall/state/jdbc/}.
     */
    OFF;

    /** {@return the word for it in a configuration file: {@code migrate}, {@code validate} or {@code off}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the mode with this word} */
    public static Optional<SchemaMode> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
