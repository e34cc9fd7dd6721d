package dev.rollcall.configuration;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Functions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads a configuration file. Whatever is wrong with it is reported at once, with file and line; nothing is contacted.
 * Thread-safe.
 */
public final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * Reads a file with the connectors and the functions that the class loader of the current thread finds.
     *
     * @throws ConfigurationException with every problem, each with file and line
     * @throws IllegalArgumentException if a connector or a function cannot be loaded, or two have one name
     */
    public static Configuration read(Path file, Environment environment) {
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        return read(file, environment, Connectors.discover(classes), Functions.discover(classes));
    }

    /**
     * Reads a file, in which formats and conditions call the standard functions.
     *
     * @param file YAML or JSON; paths of files in it are relative to it
     * @param environment where {@code ${env.NAME}} is looked up
     * @param connectors those that the file may name
     * @throws ConfigurationException with every problem, each with file and line
     */
    public static Configuration read(Path file, Environment environment, Connectors connectors) {
        return read(file, environment, connectors, Functions.standard());
    }

    /**
     * Reads a file.
     *
     * @param file YAML or JSON; paths of files in it are relative to it
     * @param environment where {@code ${env.NAME}} is looked up
     * @param connectors those that the file may name
     * @param functions those that mappings, {@code scope} and {@code active} may call; {@code lookup} knows the
     *     {@code tables} of the file
     * @throws ConfigurationException with every problem, each with file and line
     */
    public static Configuration read(Path file, Environment environment, Connectors connectors, Functions functions) {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(functions, "functions");
        Document document = DocumentReader.read(file);
        if (!document.problems().isEmpty()) {
            throw new ConfigurationException(document.problems());
        }
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file.toAbsolutePath());
        Findings findings = new Findings(document);
        List<Problem> missing = new ArrayList<>();
        Value.Fields root = References.resolve(document.root(), folder, environment, missing, findings::file);
        findings.hide(root);
        missing.forEach(findings::add);
        Configuration configuration = new ConfigurationReader(
                        new Block(root, "", ConfigurationReader.KEYS, findings), folder, connectors, functions)
                .read();
        if (!findings.isEmpty()) {
            throw new ConfigurationException(findings.problems());
        }
        return configuration;
    }
}
