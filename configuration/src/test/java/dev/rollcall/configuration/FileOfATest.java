package dev.rollcall.configuration;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A configuration in the folder of a test, and what is read of it with one connector. */
record FileOfATest(Path folder, Map<String, String> environment, ConnectorProvider provider) {
    Configuration read(String text) {
        try {
            Path file = Files.writeString(folder.resolve("people.yaml"), text);
            return ConfigurationFile.read(file, Environment.of(environment), Connectors.of(provider));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what is wrong with the text, each in one line as users see it} */
    List<String> problems(String text) {
        try {
            read(text);
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }
}
