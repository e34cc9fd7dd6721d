package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of one call that are constants, known when a format is loaded. Immutable and thread-safe. */
public final class Constants {
    private final List<Node> arguments;

    Constants(List<Node> arguments) {
        this.arguments = arguments;
    }

    /** {@return how many arguments the call has, constant or not} */
    public int size() {
        return arguments.size();
    }

    /** {@return the argument at this index from 0, if it is there and a constant} */
    public Optional<Value> value(int index) {
        return index < arguments.size() ? Optional.ofNullable(constant(arguments.get(index))) : Optional.empty();
    }

    /** {@return the text of the argument at this index from 0, if it is there, a constant, and a text} */
    public Optional<String> text(int index) {
        return value(index).flatMap(Value::text);
    }

    private static @Nullable Value constant(Node node) {
        return node.constant();
    }
}
