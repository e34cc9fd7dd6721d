package dev.rollcall.rest;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Value;
import java.time.Duration;
import java.util.Locale;

/**
 * When a response is a failure whatever its status says, or a failure of another kind than its status says. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * ErrorCondition.when("response.body.success == false").message("/error")
 * }</pre>
 */
public final class ErrorCondition {
    private final Value.Fields keys;

    private ErrorCondition(Value.Fields keys) {
        this.keys = keys;
    }

    /**
     * {@return a failure of the kind REJECTED}
     *
     * @param condition on {@code response.status}, {@code response.headers.NAME} and {@code response.body.NAME}
     */
    public static ErrorCondition when(String condition) {
        return new ErrorCondition(Value.Fields.none().with("when", Value.of(condition)));
    }

    /** {@return this failure as one of another kind} */
    public ErrorCondition kind(FailureKind kind) {
        return with("kind", Value.of(kind.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    /** {@return this failure, where the response has the application's message} */
    public ErrorCondition message(String pointer) {
        return with("message", Value.of(pointer));
    }

    /** {@return this failure, with the wait before the call is repeated, whatever the headers say} */
    public ErrorCondition retryAfter(Duration wait) {
        return with("retryAfter", Value.of(wait.toString()));
    }

    private ErrorCondition with(String key, Value value) {
        return new ErrorCondition(keys.with(key, value));
    }

    Value.Fields keys() {
        return keys;
    }

    @Override
    public String toString() {
        return "ErrorCondition" + keys;
    }
}
