package dev.rollcall.examples;

import dev.rollcall.configuration.Configuration;
import java.util.function.Supplier;

/** The state of a configuration while a command uses it. Stateless, and thus thread-safe. */
final class OpenState {
    private OpenState() {}

    /** Runs a command, and closes the connections of a database that it needed. */
    static ExitStatus during(Configuration configuration, Supplier<ExitStatus> command) {
        try {
            return command.get();
        } finally {
            if (configuration.state().orElse(null) instanceof AutoCloseable open) {
                close(open);
            }
        }
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception failed) {
            throw new IllegalStateException("the state cannot be closed", failed);
        }
    }
}
