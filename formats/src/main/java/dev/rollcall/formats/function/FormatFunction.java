package dev.rollcall.formats.function;

import dev.rollcall.connector.Value;

/**
 * A function of the format language. Implementations are thread-safe, pure, and do no I/O: the same arguments give the
 * same value; clock, zone and randomness come from the {@link Arguments}.
 *
 * <p>Register one with {@link dev.rollcall.formats.Functions#with Functions.with}, or name its class in
 * {@code META-INF/services/dev.rollcall.formats.function.FormatFunction} for {@link dev.rollcall.formats.Functions#discover Functions.discover}.
 *
 * <pre>{@code
 * public final class StaffNumber implements FormatFunction {
 *     @Override public FunctionDeclaration declaration() {
 *         return FunctionDeclaration.named("staffNumber")
 *                 .documentation("Puts the country before a number of five digits.")
 *                 .parameter(Parameter.of("number", Parameter.Kind.INTEGER))
 *                 .example("staffNumber(42)", "'NZ00042'")
 *                 .build();
 *     }
 *     @Override public Value apply(Arguments arguments) {
 *         return Value.of(String.format(Locale.ROOT, "NZ%05d", arguments.integer(0)));
 *     }
 * }
 * }</pre>
 */
public interface FormatFunction {
    /** {@return name, parameters, documentation and examples; the same at every call} */
    FunctionDeclaration declaration();

    /**
     * Computes the value.
     *
     * @throws FormatException if the arguments make no sense; see {@link FormatException#of}
     */
    Value apply(Arguments arguments);

    /**
     * Called once for each place where a format calls this function, when it is loaded: here a pattern can be compiled,
     * and a constant that makes no sense refused.
     *
     * @param constants the arguments that are constants
     * @return this function, or one made for these constants
     * @throws FormatException if a constant makes no sense; it becomes a problem of the format
     */
    default FormatFunction prepare(Constants constants) {
        return this;
    }
}
