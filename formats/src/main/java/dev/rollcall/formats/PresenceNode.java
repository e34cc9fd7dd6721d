package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.internal.source.Source;
import java.util.List;

/** {@code a is present} and its like: the questions that nothing answers too. Immutable and thread-safe. */
final class PresenceNode extends Node {
    static final List<String> WORDS = List.of("present", "absent", "null", "empty", "unknown");

    private final Node operand;
    private final boolean negated;
    private final String word;

    PresenceNode(int at, Source source, Node operand, boolean negated, String word) {
        super(at, source);
        this.operand = operand;
        this.negated = negated;
        this.word = word;
    }

    @Override
    Value evaluate(Frame frame) {
        Value value = operand.evaluate(frame);
        Value result;
        if (value instanceof Value.Unknown && !word.equals("unknown")) {
            result = value;
        } else {
            boolean holds = switch (word) {
                case "present" -> !value.isEmpty();
                case "absent" -> value instanceof Value.Absent;
                case "null" -> value instanceof Value.Absent || value instanceof Value.Null;
                case "empty" -> value.isEmpty();
                default -> value instanceof Value.Unknown;
            };
            result = Value.of(holds != negated);
        }
        return frame.trace == null ? result : traced(frame, "is " + word, List.of(value), result);
    }

    @Override
    List<Node> children() {
        return List.of(operand);
    }

    @Override
    int level() {
        return COMPARISON;
    }

    @Override
    void print(StringBuilder out) {
        operand.print(out, PIPELINE);
        out.append(negated ? " is not " : " is ").append(word);
    }
}
