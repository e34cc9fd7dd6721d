package dev.rollcall.examples;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import java.util.List;

/** Not built yet. */
final class Demonstration {
    private Demonstration() {}

    static ExitStatus run(List<String> words, Terminal terminal) {
        if (!words.contains("later")) {
            throw new ConfigurationException(
                    List.of(Problem.of("not-built-yet", "demonstration", "not built yet", "")));
        }
        return ExitStatus.DONE;
    }
}
