package dev.rollcall.examples;

import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.ConfigurationFile;
import dev.rollcall.configuration.ConnectorSettings;
import dev.rollcall.configuration.DataSource;
import dev.rollcall.configuration.Environment;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a command was given, arguments and file together, so that every fault of both is reported at once. */
final class CommandInput {
    private final List<Problem> problems = new ArrayList<>();
    private final Terminal terminal;

    /** Files that must not be overwritten, and what they are. */
    private final Map<Path, String> taken = new LinkedHashMap<>();

    CommandInput(Arguments arguments, Terminal terminal) {
        this.terminal = terminal;
        problems.addAll(arguments.problems());
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    Optional<Configuration> configuration(String file) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            take(Path.of(file), "is the configuration file");
            Configuration configuration = ConfigurationFile.read(Path.of(file), Environment.of(terminal.environment()));
            configuration.files().forEach(each -> take(each, "is a file that the configuration names"));
            configuration.notes().forEach(note -> terminal.complain("note: " + note));
            return Optional.of(configuration);
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        } catch (InvalidPathException e) {
            problems.add(Problem.of("no-such-file", "", "'" + file + "' is no name of a file", ""));
        }
        return Optional.empty();
    }

    Optional<DataSource> dataSource(Configuration configuration, Optional<String> name) {
        var sources = configuration.dataSources();
        if (name.isPresent()) {
            if (!sources.containsKey(name.get())) {
                String message = "there is no data source '" + name.get() + "'";
                String remedy = Suggestion.remedy(name.get(), sources.keySet());
                problems.add(Problem.of("unknown-name", "--data-source", message, remedy));
            }
            return Optional.ofNullable(sources.get(name.get()));
        } else if (sources.size() == 1) {
            return sources.values().stream().findFirst();
        } else if (sources.containsKey("default")) {
            return Optional.ofNullable(sources.get("default"));
        }
        problems.add(
                sources.isEmpty()
                        ? Problem.of("missing", "source", "is required", "say where users come from")
                        : Problem.of(
                                "missing",
                                "--data-source",
                                "the file has several data sources",
                                "name one of " + String.join(", ", sources.keySet())));
        return Optional.empty();
    }

    /** {@return each connector once, with the endpoints of a data source where one uses it} */
    static Map<String, ConnectorSettings> connectors(Configuration configuration) {
        Map<String, ConnectorSettings> each = new LinkedHashMap<>();
        configuration
                .dataSources()
                .forEach((name, source) ->
                        each.putIfAbsent(source.connector().name().orElse(name), source.connector()));
        configuration.connectors().forEach(each::putIfAbsent);
        return each;
    }

    /** {@return the connector of this name, under {@code connectors} or of a data source; without a name, the only one} */
    Optional<ConnectorSettings> connector(Configuration configuration, Optional<String> name) {
        Map<String, ConnectorSettings> all = new LinkedHashMap<>(configuration.connectors());
        configuration.dataSources().forEach((source, it) -> all.putIfAbsent(source, it.connector()));
        Map<String, ConnectorSettings> each = connectors(configuration);
        if (name.isEmpty() && each.size() == 1) {
            return each.values().stream().findFirst();
        } else if (name.isEmpty() && all.containsKey("default")) {
            return Optional.ofNullable(all.get("default"));
        } else if (name.isPresent() && all.containsKey(name.get())) {
            return Optional.ofNullable(all.get(name.get()));
        }
        String word = name.orElse("");
        String none = all.isEmpty() ? "the file has no connector" : "the file has several connectors";
        problems.add(Problem.of(
                "unknown-name",
                "--connector",
                name.isEmpty() ? none : "there is no connector '" + word + "'",
                all.isEmpty() ? "describe it under source" : Suggestion.remedy(word, all.keySet())));
        return Optional.empty();
    }

    /** Adds what {@code --allow} names and is no guardrail, and keys that are none: they must not mean everybody. */
    void limits(Arguments arguments) {
        for (String name : arguments.list("--allow")) {
            if (!GuardrailName.words().contains(name.split(":", 2)[0])) {
                String remedy = Suggestion.remedy(name, GuardrailName.words());
                problems.add(Problem.of("unknown-word", "--allow", "there is no guardrail '" + name + "'", remedy));
            }
        }
        if (arguments.option("--allow").isPresent() && arguments.list("--allow").isEmpty()) {
            problems.add(Problem.of("missing", "--allow", "names no guardrail", "give it one, or leave it out"));
        }
        if (arguments.option("--wait").isPresent() && !arguments.flag("--apply")) {
            problems.add(
                    Problem.of("unused", "--wait", "waits for nothing without --apply", "add --apply, or remove it"));
        }
        ReconcileCommand.wait(arguments, problems::add);
        try {
            if (arguments.option("--keys").isPresent()
                    && arguments.csv("--keys").isEmpty()) {
                problems.add(
                        Problem.of("missing", "--keys", "names nobody", "give it keys, or leave it out for everybody"));
            }
        } catch (IllegalArgumentException notCsv) {
            problems.add(Problem.of(
                    "bad-keys",
                    "--keys",
                    String.valueOf(notCsv.getMessage()),
                    "write keys as in CSV, such as 7,\"Doe, John\"; a quote within quotes is written twice"));
        }
    }

    private void take(Path file, String what) {
        taken.putIfAbsent(identity(file), what);
    }

    /** {@return what a file is that must not be overwritten; a hard link is another name of the same file} */
    private Optional<String> need(Path file) {
        for (Map.Entry<Path, String> each : taken.entrySet()) {
            if (each.getKey().equals(identity(file)) || isSame(each.getKey(), file)) {
                return Optional.of(each.getValue());
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** The path without links, however the file was spelled. */
    private static Path identity(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        try {
            return Files.exists(absolute) || folder == null
                    ? absolute.toRealPath()
                    : folder.toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            return absolute;
        }
    }

    /** {@return a file to write, whose folder is there, and which is nothing that is still needed} */
    Optional<Path> output(Arguments arguments, String option) {
        Optional<String> name = arguments.option(option);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path file = Path.of(name.get());
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && Files.isDirectory(folder) && Files.isWritable(folder) && !Files.isDirectory(file)) {
                // Into a pipe or a device several may be written.
                boolean kept = !Files.exists(file) || Files.isRegularFile(file);
                Optional<String> other = kept ? need(file) : Optional.empty();
                other.ifPresent(what -> problems.add(
                        Problem.of("overwrites", option, "'" + name.get() + "' " + what, "name another file")));
                if (kept) {
                    take(file, "is what " + option + " writes");
                }
                return Optional.of(file);
            }
        } catch (InvalidPathException e) {
            // Told below: nothing can be written there.
        }
        problems.add(
                Problem.of("unwritable", option, "'" + name.get() + "' cannot be written", "name a file in a folder"));
        return Optional.empty();
    }

    /** Goes on only if nothing is wrong. */
    void check() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
