package dev.rollcall.mapping;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.TraceStep;
import dev.rollcall.formats.Truth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    private final String attribute;
    private final String origin;
    private final @Nullable AttributeIntent intent;
    private final @Nullable Problem failure;
    private final boolean sensitive;
    private final List<Considered> alternatives;
    private final List<Evaluated> evaluations;
    private final List<TriedName> names;
    private final List<Explanation> uses;

    Explanation(
            String attribute,
            String origin,
            @Nullable AttributeIntent intent,
            @Nullable Problem failure,
            boolean sensitive,
            List<Considered> alternatives,
            List<Evaluated> evaluations,
            List<TriedName> names,
            List<Explanation> uses) {
        this.attribute = Objects.requireNonNull(attribute, "attribute");
        this.origin = origin;
        this.intent = intent;
        this.failure = failure;
        this.sensitive = sensitive;
        this.alternatives = List.copyOf(alternatives);
        this.evaluations = List.copyOf(evaluations);
        this.names = List.copyOf(names);
        this.uses = List.copyOf(uses);
    }

    /** {@return the attribute, or {@code dn}} */
    public String attribute() {
        return attribute;
    }

    /** {@return where the record was read, such as {@code users page 3}; empty if nobody said} */
    public String origin() {
        return origin;
    }

    /** {@return what is wanted; empty for the DN, and if it could not be made} */
    public Optional<AttributeIntent> intent() {
        return Optional.ofNullable(intent);
    }

    /** {@return why it could not be made, if it could not} */
    public Optional<Problem> failure() {
        return Optional.ofNullable(failure);
    }

    /** {@return the alternatives that were looked at, in order; the last one applied, unless it did not hold} */
    public List<Considered> alternatives() {
        return alternatives;
    }

    /** {@return the formats that were evaluated, in order} */
    public List<Evaluated> evaluations() {
        return evaluations;
    }

    /** {@return the names that were tried, in order} */
    public List<TriedName> names() {
        return names;
    }

    /** {@return how the mapped attributes came to be that this one is made of} */
    public List<Explanation> uses() {
        return uses;
    }

    /** {@return all of it, over several lines} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(text, "");
        return text.toString();
    }

    private void write(StringBuilder text, String indent) {
        text.append(indent).append(attribute).append(": ").append(summary()).append('\n');
        String inner = indent + "  ";
        if (!origin.isEmpty()) {
            text.append(inner).append("the record is from ").append(origin).append('\n');
        }
        for (Considered considered : alternatives) {
            String verdict = switch (considered.truth()) {
                case TRUE -> "applies";
                case FALSE -> "does not apply";
                case UNKNOWN -> "cannot be told";
            };
            text.append(inner).append("when ").append(considered.condition()).append(": ");
            text.append(verdict).append('\n');
        }
        for (Evaluated evaluated : evaluations) {
            text.append(inner).append(evaluated.format()).append('\n');
            evaluated
                    .steps()
                    .forEach(
                            step -> text.append(inner).append("  ").append(step).append('\n'));
            text.append(inner).append("  gives ").append(evaluated.result()).append('\n');
        }
        names.forEach(name -> text.append(inner).append(name).append('\n'));
        uses.forEach(use -> use.write(text, inner));
    }

    private String summary() {
        if (failure != null) {
            return failure.message();
        } else if (intent == null) {
            return "";
        }
        return sensitive ? "[redacted]" : intent.toString();
    }
}
