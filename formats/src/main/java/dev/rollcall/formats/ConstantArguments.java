package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Constants;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The constants among the arguments of a call. Immutable and thread-safe. */
final class ConstantArguments implements Constants {
    private final List<Node> arguments;

    ConstantArguments(List<Node> arguments) {
        this.arguments = arguments;
    }

    @Override
    public int size() {
        return arguments.size();
    }

    @Override
    public Optional<Value> value(int index) {
        return index < arguments.size() ? Optional.ofNullable(constant(arguments.get(index))) : Optional.empty();
    }

    @Override
    public Optional<String> text(int index) {
        return value(index).flatMap(Value::text);
    }

    private static @Nullable Value constant(Node node) {
        return node.constant();
    }
}
