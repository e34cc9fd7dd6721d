package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import java.util.List;
import java.util.Objects;

/**
 * One step of an evaluation: what was evaluated, from which values, to which value. Immutable and thread-safe.
 *
 * <p>Sensitive values print as {@code [secret]}; what stands inside {@code redact(...)} makes no steps.
 *
 * @param position line and column in the source, such as {@code 1:23}
 * @param expression what was evaluated, as it is written
 * @param what the name, the function or the operator: {@code record.email}, {@code lower}, {@code ??}
 * @param inputs the values of the arguments that were evaluated, in order
 * @param result the value
 */
public record TraceStep(String position, String expression, String what, List<Value> inputs, Value result) {
    /** All parts are required. */
    public TraceStep {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(expression, "expression");
        Objects.requireNonNull(what, "what");
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(result, "result");
    }

    /** {@return {@code lower('ADA') = 'ada'}, as a person reads it} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what);
        if (!inputs.isEmpty()) {
            text.append('(');
            for (int i = 0; i < inputs.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(inputs.get(i));
            }
            text.append(')');
        }
        return text.append(" = ").append(result).toString();
    }
}
