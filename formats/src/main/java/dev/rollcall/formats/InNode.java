package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.internal.source.Source;
import dev.rollcall.formats.internal.values.Comparison;
import dev.rollcall.formats.internal.values.Values;
import java.util.ArrayList;
import java.util.List;

/** {@code a in ('x', 'y')}: whether a value equals one of several. Immutable and thread-safe. */
final class InNode extends Node {
    private final Node operand;
    private final boolean negated;
    private final List<Node> members;

    InNode(int at, Source source, Node operand, boolean negated, List<Node> members) {
        super(at, source);
        this.operand = operand;
        this.negated = negated;
        this.members = List.copyOf(members);
    }

    @Override
    Value evaluate(Frame frame) {
        Value value = operand.evaluate(frame);
        List<Value> inputs = new ArrayList<>();
        inputs.add(value);
        Value result = Values.isNothing(value) ? value : search(frame, value, inputs);
        return frame.trace == null ? result : traced(frame, negated ? "not in" : "in", inputs, result);
    }

    /** As {@code or} does: found is true, even if another member has no value. */
    private Value search(Frame frame, Value value, List<Value> inputs) {
        Value nothing = null;
        try {
            for (Node member : members) {
                Value candidates = member.evaluate(frame);
                inputs.add(candidates);
                if (Values.isNothing(candidates)) {
                    nothing = Values.worse(nothing, candidates);
                    continue;
                }
                for (Value candidate : Values.list(candidates)) {
                    if (!Values.isNothing(candidate) && Comparison.equal(value, candidate)) {
                        return Value.of(!negated);
                    }
                }
            }
        } catch (FormatException e) {
            throw e.in("in", position());
        }
        return nothing != null ? nothing : Value.of(negated);
    }

    @Override
    List<Node> children() {
        List<Node> all = new ArrayList<>();
        all.add(operand);
        all.addAll(members);
        return all;
    }

    @Override
    int level() {
        return COMPARISON;
    }

    @Override
    void print(StringBuilder out) {
        operand.print(out, PIPELINE);
        out.append(negated ? " not in (" : " in (");
        for (int i = 0; i < members.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            members.get(i).print(out, OR);
        }
        out.append(')');
    }
}
