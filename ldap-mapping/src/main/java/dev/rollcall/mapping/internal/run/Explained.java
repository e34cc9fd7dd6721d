package dev.rollcall.mapping.internal.run;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.TraceStep;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.TriedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one attribute of one record came to be what it is. Immutable and thread-safe.
 *
 * @param uses the same of the mapped attributes that it is made of
 */
public record Explained(
        String attribute,
        String origin,
        @Nullable AttributeIntent intent,
        @Nullable Problem failure,
        boolean sensitive,
        List<Considered> alternatives,
        List<Evaluated> evaluations,
        List<TriedName> names,
        List<Explained> uses) {
    /** An alternative that was looked at. */
    public record Considered(String condition, String format, Truth truth) {}

    /** A format that was evaluated. */
    public record Evaluated(String path, String format, List<TraceStep> steps, Value result) {
        public Evaluated {
            steps = List.copyOf(steps);
        }
    }

    public Explained {
        alternatives = List.copyOf(alternatives);
        evaluations = List.copyOf(evaluations);
        names = List.copyOf(names);
        uses = List.copyOf(uses);
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
