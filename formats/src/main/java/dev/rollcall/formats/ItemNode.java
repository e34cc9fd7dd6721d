package dev.rollcall.formats;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.internal.source.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code it}, or something in it: the item that a function visits. Immutable and thread-safe. */
final class ItemNode extends Node {
    private final @Nullable ColumnPath path;

    ItemNode(int at, Source source, @Nullable ColumnPath path) {
        super(at, source);
        this.path = path;
    }

    @Override
    Value evaluate(Frame frame) {
        Value item = frame.item == null ? Value.absent() : frame.item;
        Value value = path == null ? item : path.in(item);
        return frame.trace == null ? value : traced(frame, printed(), List.of(), value);
    }

    @Override
    int level() {
        return PRIMARY;
    }

    @Override
    void print(StringBuilder out) {
        out.append(path == null ? "it" : Name.of("it", path).toString());
    }
}
