package dev.rollcall.formats;

import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;

/** How many arguments a function takes, and which parameter each is for. Stateless, and thus thread-safe. */
final class Signature {
    private Signature() {}

    static boolean takes(FunctionDeclaration declaration, int arguments) {
        int required = 0;
        boolean repeated = false;
        for (Parameter parameter : declaration.parameters()) {
            required += parameter.isOptional() ? 0 : 1;
            repeated = parameter.isRepeated();
        }
        return arguments >= required
                && (repeated || arguments <= declaration.parameters().size());
    }

    /** The parameter of an argument, by its index. */
    static Parameter parameter(FunctionDeclaration declaration, int index) {
        return declaration
                .parameters()
                .get(Math.min(index, declaration.parameters().size() - 1));
    }
}
