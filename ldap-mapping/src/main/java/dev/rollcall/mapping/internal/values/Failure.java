package dev.rollcall.mapping.internal.values;

import dev.rollcall.connector.Problem;
import dev.rollcall.mapping.entry.MappingException;

/** Makes the exception for the attribute that is being made. */
@FunctionalInterface
public interface Failure {
    MappingException of(String code, String message, String remedy);

    /** {@return failures of an attribute whose rule stands at a path} */
    static Failure at(String attribute, String path) {
        return (code, message, remedy) -> new MappingException(attribute, Problem.of(code, path, message, remedy));
    }
}
