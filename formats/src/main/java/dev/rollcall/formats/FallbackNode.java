package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.internal.source.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code a ?? b}: b where a has no value; what is unknown stays unknown. Immutable and thread-safe. */
final class FallbackNode extends Node {
    private final Node first;
    private final Node second;

    FallbackNode(int at, Source source, Node first, Node second) {
        super(at, source);
        this.first = first;
        this.second = second;
    }

    @Override
    Value evaluate(Frame frame) {
        Value value = first.evaluate(frame);
        if (!value.isEmpty() || value instanceof Value.Unknown) {
            return frame.trace == null ? value : traced(frame, "??", List.of(value), value);
        }
        Value other = second.evaluate(frame);
        return frame.trace == null ? other : traced(frame, "??", List.of(value, other), other);
    }

    @Override
    @Nullable
    Value constant() {
        Value value = first.constant();
        return value == null ? null : value.isEmpty() ? second.constant() : value;
    }

    @Override
    boolean fallsBack() {
        return second.constant() != null || second.fallsBack();
    }

    @Override
    List<Node> children() {
        return List.of(first, second);
    }

    @Override
    int level() {
        return PIPELINE;
    }

    @Override
    void print(StringBuilder out) {
        first.print(out, PIPELINE);
        out.append(" ?? ");
        second.print(out, PRIMARY);
    }
}
