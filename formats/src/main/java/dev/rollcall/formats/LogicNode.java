package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.formats.internal.source.Source;
import dev.rollcall.formats.internal.values.Values;
import java.util.List;

/** {@code and}, {@code or}, {@code not} over true, false and no answer. Immutable and thread-safe. */
final class LogicNode extends Node {
    private final int level;
    private final List<Node> operands;

    /** An operator: {@link #OR} or {@link #AND} of two or more, {@link #NOT} of one. */
    LogicNode(int at, Source source, int level, List<Node> operands) {
        super(at, source);
        this.level = level;
        this.operands = List.copyOf(operands);
    }

    @Override
    Value evaluate(Frame frame) {
        Truth decisive = Truth.of(level == OR);
        Value nothing = null;
        for (Node operand : operands) {
            Value value = operand.evaluate(frame);
            Truth truth;
            try {
                truth = Values.truth(value);
            } catch (FormatException e) {
                throw e.in("", operand.position());
            }
            if (truth == Truth.UNKNOWN) {
                nothing = Values.worse(nothing, value);
            } else if (level == NOT) {
                return told(frame, Value.of(truth == Truth.FALSE));
            } else if (truth == decisive) {
                return told(frame, Value.of(level == OR));
            }
        }
        return told(frame, nothing != null ? nothing : Value.of(level == AND));
    }

    private Value told(Frame frame, Value result) {
        return frame.trace == null ? result : traced(frame, word(), List.of(), result);
    }

    private String word() {
        return level == OR ? "or" : level == AND ? "and" : "not";
    }

    @Override
    List<Node> children() {
        return operands;
    }

    @Override
    int level() {
        return level;
    }

    @Override
    void print(StringBuilder out) {
        if (level == NOT) {
            out.append("not ");
            operands.get(0).print(out, NOT);
            return;
        }
        for (int i = 0; i < operands.size(); i++) {
            out.append(i == 0 ? "" : " " + word() + " ");
            operands.get(i).print(out, level + 1);
        }
    }
}
