package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.internal.source.Source;
import java.util.List;

/** A name, looked up in the scope. Immutable and thread-safe. */
final class NameNode extends Node {
    private final Name name;

    NameNode(int at, Source source, Name name) {
        super(at, source);
        this.name = name;
    }

    Name name() {
        return name;
    }

    @Override
    Value evaluate(Frame frame) {
        Value value = frame.scope.get(name);
        return frame.trace == null ? value : traced(frame, name.toString(), List.of(), value);
    }

    @Override
    int level() {
        return PRIMARY;
    }

    @Override
    void print(StringBuilder out) {
        out.append(name);
    }
}
