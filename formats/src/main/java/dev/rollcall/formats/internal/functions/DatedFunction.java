package dev.rollcall.formats.internal.functions;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.Constants;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.IsoMoment;
import java.util.List;
import java.util.stream.Stream;

/**
 * A function of dates whose constant zones and patterns are checked when the format is loaded, and not with each record.
 * Immutable and thread-safe.
 */
record DatedFunction(FormatFunction function) implements FormatFunction {
    /** {@return the functions, each with its constants checked} */
    static List<FormatFunction> all(FormatFunction... functions) {
        return Stream.of(functions).<FormatFunction>map(DatedFunction::new).toList();
    }

    @Override
    public FunctionDeclaration declaration() {
        return function.declaration();
    }

    @Override
    public FormatFunction prepare(Constants constants) {
        List<Parameter> parameters = declaration().parameters();
        for (int i = 0; i < constants.size(); i++) {
            String name = parameters.get(Math.min(i, parameters.size() - 1)).name();
            if (name.equals("zone")) {
                constants.text(i).filter(zone -> !zone.isBlank()).ifPresent(IsoMoment::zone);
            } else if (name.equals("pattern")) {
                constants.text(i).ifPresent(IsoMoment::pattern);
            }
        }
        return this;
    }

    @Override
    public Value apply(Arguments arguments) {
        return function.apply(arguments);
    }

    @Override
    public String toString() {
        return function.toString();
    }
}
