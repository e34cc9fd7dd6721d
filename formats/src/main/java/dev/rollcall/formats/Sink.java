package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.internal.values.Values;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A place where the text of a format lands: a URL, a header, JSON. It encodes what macros give, so that no value changes
 * the structure around it. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Sink {
    /** {@return an encoder for one text} */
    Encoder open();

    /** Sees one text from its beginning to its end, literal parts and values in order. For one thread at a time. */
    interface Encoder {
        /** Takes literal text of the format, which is written as it is. */
        void literal(String text, StringBuilder out);

        /**
         * Takes what a macro gave.
         *
         * @param value a text, a number, true or false, for JSON also a list or an object; null or empty only where
         *     the macro says itself that nothing is an answer
         * @throws dev.rollcall.formats.function.FormatException if the value cannot be written at this place
         */
        void value(Value value, StringBuilder out);
    }

    /** {@return a sink that encodes the text of each value alike, wherever it stands} */
    static Sink of(UnaryOperator<String> encoding) {
        Objects.requireNonNull(encoding, "encoding");
        Encoder encoder = new Encoder() {
            @Override
            public void literal(String text, StringBuilder out) {
                out.append(text);
            }

            @Override
            public void value(Value value, StringBuilder out) {
                out.append(encoding.apply(Values.isNothing(value) ? "" : Values.text(value)));
            }
        };
        return () -> encoder;
    }
}
