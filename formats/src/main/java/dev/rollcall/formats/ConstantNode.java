package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.internal.source.Source;

/** A text, a number, true, false or null. Immutable and thread-safe. */
final class ConstantNode extends Node {
    private final Value value;

    ConstantNode(int at, Source source, Value value) {
        super(at, source);
        this.value = value;
    }

    @Override
    Value evaluate(Frame frame) {
        return value;
    }

    @Override
    Value constant() {
        return value;
    }

    @Override
    int level() {
        return PRIMARY;
    }

    @Override
    void print(StringBuilder out) {
        out.append(value);
    }
}
