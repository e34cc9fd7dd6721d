package dev.rollcall.configuration;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what {@code ${env.NAME}} and {@code ${file.PATH}} refer to, in the blocks where credentials belong. Other
 * macros stay as they are. Not thread-safe: for one thread at a time.
 */
final class References {
    /** Codes of problems of a reference that leads to nothing. */
    static final Set<String> UNRESOLVED = Set.of("missing-variable", "missing-file");

    /** Blocks in which everything may refer. */
    private static final Set<String> OPEN =
            Set.of("source", "connectors", "directory", "endpoints", "state", "webhooks");

    /** What belongs to a source within a data source or a target; the rest of those sees people's data. */
    private static final Set<String> SOURCE_PARTS = Set.of("settings", "authorization", "endpoints");

    private static final Pattern REFERENCE = Pattern.compile("\\s*(env|file)\\s*\\.(.*)", Pattern.DOTALL);

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Path folder;
    private final Environment environment;
    private final List<Problem> problems;
    private final Consumer<Path> files;

    private References(Path folder, Environment environment, List<Problem> problems, Consumer<Path> files) {
        this.folder = folder;
        this.environment = environment;
        this.problems = problems;
        this.files = files;
    }

    /**
     * Resolves the references of a whole configuration.
     *
     * @param folder what relative file paths start at
     * @param problems takes what is missing, with the path of the key
     * @param files takes the files that hold secrets
     */
    static Value.Fields resolve(
            Value.Fields root, Path folder, Environment environment, List<Problem> problems, Consumer<Path> files) {
        References references = new References(folder, environment, problems, files);
        Map<String, Value> resolved = new LinkedHashMap<>();
        root.asMap().forEach((key, value) -> {
            if (OPEN.contains(key)) {
                resolved.put(key, references.walk(value, key));
            } else if (key.equals("dataSources") || key.equals("targets")) {
                resolved.put(key, references.sourceParts(value, key, 0));
            } else {
                references.refuse(value, key);
                resolved.put(key, value);
            }
        });
        return Value.of(resolved);
    }

    /** Two levels of names down ({@code dataSources.NAME.settings}), the parts of a source may refer. */
    private Value sourceParts(Value value, String path, int level) {
        if (!(value instanceof Value.Fields fields)) {
            return value;
        }
        Map<String, Value> resolved = new LinkedHashMap<>();
        fields.asMap().forEach((key, child) -> {
            String childPath = Document.child(path, key);
            if (level == 0) {
                resolved.put(key, sourceParts(child, childPath, 1));
            } else if (SOURCE_PARTS.contains(key)) {
                resolved.put(key, walk(child, childPath));
            } else {
                refuse(child, childPath);
                resolved.put(key, child);
            }
        });
        return Value.of(resolved);
    }

    private Value walk(Value value, String path) {
        if (value instanceof Value.Text text) {
            return text(text, path);
        } else if (value instanceof Value.Items items) {
            List<Value> resolved = new ArrayList<>();
            for (Value item : items.items()) {
                resolved.add(walk(item, Document.item(path, resolved.size())));
            }
            return Value.of(resolved);
        } else if (value instanceof Value.Fields fields) {
            Map<String, Value> resolved = new LinkedHashMap<>();
            fields.asMap().forEach((key, child) -> resolved.put(key, walk(child, Document.child(path, key))));
            return Value.of(resolved);
        }
        return value;
    }

    private Value text(Value.Text text, String path) {
        String source = text.value();
        StringBuilder secret = new StringBuilder();
        StringBuilder format = new StringBuilder();
        List<Secret> credentials = new ArrayList<>();
        int at = 0;
        for (Macro macro : macros(source)) {
            Matcher reference = REFERENCE.matcher(macro.expression());
            if (!reference.matches()) {
                continue;
            }
            String literal = source.substring(at, macro.start());
            String value =
                    lookUp(reference.group(1), reference.group(2).strip(), path).orElse("");
            credentials.add(Secret.of(value));
            secret.append(literal).append(value);
            format.append(literal).append(Value.Sensitive.macro(value));
            at = macro.end();
        }
        if (credentials.isEmpty()) {
            return text;
        }
        String rest = source.substring(at);
        return new Value.Sensitive(
                Secret.of(secret.append(rest).toString()),
                Secret.of(format.append(rest).toString()),
                credentials);
    }

    private Optional<String> lookUp(String kind, String name, String path) {
        return kind.equals("env") ? variable(name, path) : file(name, path);
    }

    private Optional<String> variable(String name, String path) {
        if (!VARIABLE.matcher(name).matches()) {
            problems.add(Problem.of(
                    "bad-reference",
                    path,
                    "a reference is ${env.NAME} and nothing more",
                    "functions and fallbacks do not apply to it"));
            return Optional.empty();
        }
        Optional<String> value = environment.variable(name);
        if (value.isEmpty() || value.get().isEmpty()) {
            String state = value.isEmpty() ? "is not set" : "is set, but empty";
            problems.add(Problem.of(
                    "missing-variable",
                    path,
                    "the environment variable " + name + " " + state,
                    "set it, or correct the name"));
        }
        return value;
    }

    private Optional<String> file(String name, String path) {
        try {
            Path file = folder.resolve(Path.of(name));
            files.accept(file);
            String text = DocumentReader.secret(file);
            if (!text.isBlank()) {
                return Optional.of(text);
            }
            problems.add(Problem.of("missing-file", path, "the file " + name + " is empty", "put the secret in it"));
        } catch (IOException e) {
            String why = e.getMessage() == null || e.getMessage().contains(folder.toString())
                    ? e.getClass().getSimpleName()
                    : e.getMessage();
            problems.add(Problem.of(
                    "missing-file",
                    path,
                    "the file " + name + " cannot be read: " + why,
                    "its path is relative to the configuration file"));
        } catch (InvalidPathException e) {
            problems.add(Problem.of("bad-reference", path, "'" + name + "' is no path of a file", ""));
        }
        return Optional.empty();
    }

    /** Where people's data is mapped, a credential has no business, and the format's own message would not say why. */
    private void refuse(Value value, String path) {
        if (value instanceof Value.Text text) {
            for (Macro macro : macros(text.value())) {
                if (REFERENCE.matcher(macro.expression()).matches()) {
                    problems.add(Problem.of(
                            "misplaced-reference",
                            path,
                            "env. and file. are unknown names here",
                            "they belong under source, connectors, directory, endpoints, state and webhooks"));
                    return;
                }
            }
        } else if (value instanceof Value.Items items) {
            for (int i = 0; i < items.items().size(); i++) {
                refuse(items.items().get(i), Document.item(path, i));
            }
        } else if (value instanceof Value.Fields fields) {
            fields.asMap().forEach((key, child) -> refuse(child, Document.child(path, key)));
        }
    }

    /** One {@code ${expression}} in a text. */
    private record Macro(int start, int end, String expression) {}

    /** Finds the macros of a text; one that never ends is left to the reader of the format. */
    private static List<Macro> macros(String text) {
        List<Macro> macros = new ArrayList<>();
        int start = text.indexOf("${");
        while (start >= 0) {
            int end = start + 2;
            char quote = '\0';
            while (end < text.length() && (quote != '\0' || text.charAt(end) != '}')) {
                char c = text.charAt(end);
                if (quote == '\0' && (c == '\'' || c == '"')) {
                    quote = c;
                } else if (c == quote) {
                    quote = '\0';
                }
                end++;
            }
            if (end >= text.length()) {
                return macros;
            }
            macros.add(new Macro(start, end + 1, text.substring(start + 2, end)));
            start = text.indexOf("${", end + 1);
        }
        return macros;
    }
}
