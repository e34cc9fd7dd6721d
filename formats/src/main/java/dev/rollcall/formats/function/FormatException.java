package dev.rollcall.formats.function;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RollcallException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A format or condition that was sound when it was loaded failed on the values of one record: a list where one value
 * is needed, a text that is no date, an output over the limit. {@code problem().code()} says which kind.
 */
public final class FormatException extends RollcallException {
    private static final long serialVersionUID = 1L;

    private final boolean placed;

    private FormatException(Problem problem, boolean placed, @Nullable Throwable cause) {
        super(problem, null, cause);
        this.placed = placed;
    }

    /**
     * A failure, for a function to throw; the caller of the function adds its name and position.
     *
     * @param code a stable kebab-case word such as {@code bad-date}
     * @param message what is wrong, in one sentence without a full stop
     */
    public static FormatException of(String code, String message) {
        return of(code, message, "");
    }

    /**
     * A failure with a remedy.
     *
     * @param code a stable kebab-case word such as {@code bad-date}
     * @param message what is wrong, in one sentence without a full stop
     * @param remedy what to do, in one sentence without a full stop
     */
    public static FormatException of(String code, String message, String remedy) {
        return new FormatException(Problem.of(code, "", message, remedy), false, null);
    }

    /**
     * A failure that another exception caused.
     *
     * @param code a stable kebab-case word such as {@code bad-date}
     * @param message what is wrong, in one sentence without a full stop; nothing of the cause's own message, which may
     *     quote a sensitive value
     * @param remedy what to do, in one sentence without a full stop
     */
    public static FormatException of(String code, String message, String remedy, Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        return new FormatException(Problem.of(code, "", message, remedy), false, cause);
    }

    /**
     * {@return this failure with its place in front of the message; unchanged if it has a place already}
     *
     * @param what the function or operator; may be empty
     * @param position line and column in the source, such as {@code 1:23}
     */
    public FormatException in(String what, String position) {
        if (placed) {
            return this;
        }
        String where = what.isEmpty() ? position : position + ": " + what;
        return new FormatException(
                Problem.of(
                        problem().code(),
                        "",
                        where + ": " + problem().message(),
                        problem().remedy()),
                true,
                getCause() == null ? this : getCause());
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
