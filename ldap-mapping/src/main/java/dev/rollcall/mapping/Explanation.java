package dev.rollcall.mapping;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.TraceStep;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.TriedName;
import dev.rollcall.mapping.internal.run.Explained;
import java.util.List;
import java.util.Optional;

/**
 * How one attribute of one user came to be what it is: where the record was read, which alternative applied and why,
 * each function with the values between, which names were tried and who holds them. Immutable and thread-safe.
 *
 * <p>{@code toString} tells all of it to a person. Sensitive values are not told.
 */
public final class Explanation {
    /**
     * An alternative that was looked at.
     *
     * @param condition when it applies; {@code always} for one without a condition
     * @param truth whether it did
     */
    public record Considered(String condition, String format, Truth truth) {}

    /**
     * A format that was evaluated.
     *
     * @param path where in the mapping it stands
     * @param format its source
     * @param steps each name and function with the values between, innermost first
     * @param result what it gave
     */
    public record Evaluated(String path, String format, List<TraceStep> steps, Value result) {
        /** The steps are copied. */
        public Evaluated {
            steps = List.copyOf(steps);
        }
    }

    private final Explained explained;

    Explanation(Explained explained) {
        this.explained = explained;
    }

    /** {@return the attribute, or {@code dn}} */
    public String attribute() {
        return explained.attribute();
    }

    /** {@return where the record was read, such as {@code users page 3}; empty if nobody said} */
    public String origin() {
        return explained.origin();
    }

    /** {@return what is wanted; empty for the DN, and if it could not be made} */
    public Optional<AttributeIntent> intent() {
        return Optional.ofNullable(explained.intent());
    }

    /** {@return why it could not be made, if it could not} */
    public Optional<Problem> failure() {
        return Optional.ofNullable(explained.failure());
    }

    /** {@return the alternatives that were looked at, in order; the last one applied, unless it did not hold} */
    public List<Considered> alternatives() {
        return explained.alternatives().stream()
                .map(each -> new Considered(each.condition(), each.format(), each.truth()))
                .toList();
    }

    /** {@return the formats that were evaluated, in order} */
    public List<Evaluated> evaluations() {
        return explained.evaluations().stream()
                .map(each -> new Evaluated(each.path(), each.format(), each.steps(), each.result()))
                .toList();
    }

    /** {@return the names that were tried, in order} */
    public List<TriedName> names() {
        return explained.names();
    }

    /** {@return how the mapped attributes came to be that this one is made of} */
    public List<Explanation> uses() {
        return explained.uses().stream().map(Explanation::new).toList();
    }

    /** {@return all of it, over several lines} */
    @Override
    public String toString() {
        return explained.toString();
    }
}
