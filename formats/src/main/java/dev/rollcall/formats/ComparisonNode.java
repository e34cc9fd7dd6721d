package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.internal.source.Source;
import dev.rollcall.formats.internal.values.Comparison;
import dev.rollcall.formats.internal.values.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code a == b} and its like. Exact and case-sensitive; a number and a text that is one compare as numbers, true and
 * false compare with texts that say so; with no value on a side there is no answer. Immutable and thread-safe.
 */
final class ComparisonNode extends Node {
    private final String operator;
    private final Node left;
    private final Node right;

    ComparisonNode(int at, Source source, String operator, Node left, Node right) {
        super(at, source);
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    @Override
    Value evaluate(Frame frame) {
        Value a = left.evaluate(frame);
        Value b = right.evaluate(frame);
        Value result;
        if (Values.isNothing(a) || Values.isNothing(b)) {
            result = Values.isNothing(a) ? Values.isNothing(b) ? Values.worse(a, b) : a : b;
        } else {
            try {
                result = Value.of(holds(a, b));
            } catch (FormatException e) {
                throw e.in(operator, position());
            }
        }
        return frame.trace == null ? result : traced(frame, operator, List.of(a, b), result);
    }

    private boolean holds(Value a, Value b) {
        return switch (operator) {
            case "==" -> Comparison.equal(a, b);
            case "!=" -> !Comparison.equal(a, b);
            case "<" -> Comparison.compare(a, b) < 0;
            case "<=" -> Comparison.compare(a, b) <= 0;
            case ">" -> Comparison.compare(a, b) > 0;
            default -> Comparison.compare(a, b) >= 0;
        };
    }

    @Override
    List<Node> children() {
        return List.of(left, right);
    }

    @Override
    @Nullable
    Value constant() {
        return null;
    }

    @Override
    int level() {
        return COMPARISON;
    }

    @Override
    void print(StringBuilder out) {
        left.print(out, PIPELINE);
        out.append(' ').append(operator).append(' ');
        right.print(out, PIPELINE);
    }
}
