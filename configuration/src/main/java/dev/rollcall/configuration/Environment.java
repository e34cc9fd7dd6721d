package dev.rollcall.configuration;

import java.util.Map;
import java.util.Optional;

/**
 * Where {@code ${env.NAME}} is looked up: a library reads no process environment behind its host's back.
 * Implementations are thread-safe.
 */
@FunctionalInterface
public interface Environment {
    /** {@return the value of a variable, if it is set} */
    Optional<String> variable(String name);

    /** {@return these variables; for a command, those of {@code System.getenv()}} */
    static Environment of(Map<String, String> variables) {
        Map<String, String> copy = Map.copyOf(variables);
        return name -> Optional.ofNullable(copy.get(name));
    }
}
