package dev.rollcall.configuration;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads a configuration file. Whatever is wrong with it is told at once, with file and line; nothing is contacted.
 * Thread-safe.
 */
public final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * Reads a file with the connectors that the class loader of the current thread finds.
     *
     * @throws ConfigurationException with every problem, each with file and line
     */
    public static Configuration read(Path file, Environment environment) {
        return read(
                file, environment, Connectors.discover(Thread.currentThread().getContextClassLoader()));
    }

    /**
     * Reads a file.
     *
     * @param file YAML or JSON; paths of files in it are relative to it
     * @param environment where {@code ${env.NAME}} is looked up
     * @param connectors those that the file may name
     * @throws ConfigurationException with every problem, each with file and line
     */
    public static Configuration read(Path file, Environment environment, Connectors connectors) {
        Objects.requireNonNull(environment, "environment");
        Document document = DocumentReader.read(file);
        if (!document.problems().isEmpty()) {
            throw new ConfigurationException(document.problems());
        }
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file.toAbsolutePath());
        Findings findings = new Findings(document);
        List<Problem> missing = new ArrayList<>();
        Value.Fields root = References.resolve(document.root(), folder, environment, missing);
        missing.forEach(findings::add);
        Configuration configuration = new ConfigurationReader(new Block(root, "", findings), folder, connectors).read();
        if (!findings.isEmpty()) {
            throw new ConfigurationException(findings.problems());
        }
        return configuration;
    }
}
