package dev.rollcall.formats.function;

import dev.rollcall.connector.Value;
import java.util.Optional;

/** The arguments of one call that are constants, known when a format is loaded. Immutable and thread-safe. */
public interface Constants {
    /** {@return how many arguments the call has, constant or not} */
    int size();

    /** {@return the argument at this index from 0, if it is there and a constant} */
    Optional<Value> value(int index);

    /** {@return the text of the argument at this index from 0, if it is there, a constant, and a text} */
    Optional<String> text(int index);
}
