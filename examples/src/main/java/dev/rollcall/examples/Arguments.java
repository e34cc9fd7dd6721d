package dev.rollcall.examples;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words after a command's name: names in order, flags, options with values. Immutable and thread-safe. */
final class Arguments {
    /** What a command takes. */
    record Shape(List<String> names, List<String> optionalNames, Set<String> flags, Set<String> options) {
        Shape {
            names = List.copyOf(names);
            optionalNames = List.copyOf(optionalNames);
            flags = Set.copyOf(flags);
            options = Set.copyOf(options);
        }
    }

    private static final CsvFactory CSV =
            CsvFactory.builder().enable(CsvParser.Feature.TRIM_SPACES).build();

    private final List<String> given;
    private final Set<String> flags;
    private final Map<String, List<String>> options;
    private final List<Problem> problems;

    private Arguments(
            List<String> given, Set<String> flags, Map<String, List<String>> options, List<Problem> problems) {
        this.given = given;
        this.flags = flags;
        this.options = options;
        this.problems = problems;
    }

    static Arguments parse(List<String> words, Shape shape) {
        List<String> given = new ArrayList<>();
        Set<String> flags = new LinkedHashSet<>();
        Map<String, List<String>> options = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>(shape.flags());
        known.addAll(shape.options());
        boolean namesOnly = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals > 0 && word.startsWith("--") ? word.substring(0, equals) : word;
            if (namesOnly || !word.startsWith("-") || word.equals("-")) {
                given.add(word);
            } else if (word.equals("--")) {
                namesOnly = true;
            } else if (shape.flags().contains(word)) {
                flags.add(word);
            } else if (shape.options().contains(name)) {
                if (equals < 0 && (i + 1 == words.size() || words.get(i + 1).startsWith("--"))) {
                    problems.add(Problem.of("missing", name, "takes a value", "give one after it"));
                } else {
                    String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
                    options.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
                }
            } else {
                problems.add(Problem.of("unknown-option", name, "there is no such option", remedy(name, known)));
            }
        }
        for (int i = given.size(); i < shape.names().size(); i++) {
            problems.add(Problem.of("missing", shape.names().get(i), "is required", "give it after the command"));
        }
        for (int i = 0; i < Math.min(given.size(), shape.names().size()); i++) {
            if (given.get(i).isEmpty()) {
                problems.add(Problem.of("missing", shape.names().get(i), "is empty", "give it after the command"));
            }
        }
        int most = shape.names().size() + shape.optionalNames().size();
        for (int i = most; i < given.size(); i++) {
            problems.add(Problem.of("unknown-argument", given.get(i), "is one word too many", "remove it"));
        }
        return new Arguments(given, flags, options, problems);
    }

    private static String remedy(String name, Set<String> known) {
        return Suggestion.nearest(name, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> known.isEmpty() ? "remove it" : "known here: " + String.join(", ", sorted(known)));
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    List<Problem> problems() {
        return problems;
    }

    /** {@return the name at a place; empty if it was not given} */
    String name(int index) {
        return index < given.size() ? given.get(index) : "";
    }

    boolean flag(String name) {
        return flags.contains(name);
    }

    /** {@return the last value of an option} */
    Optional<String> option(String name) {
        List<String> values = options.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    /** {@return every value of an option that may be repeated} */
    List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }

    /**
     * {@return the values of an option that takes several, written as a row of CSV: one that has a comma, or begins with a
     * quote, is between quotes}
     *
     * @throws IllegalArgumentException if they are not CSV; it quotes them
     */
    List<String> csv(String name) {
        List<String> values = new ArrayList<>();
        for (String text : all(name)) {
            try (CsvParser parser = CSV.createParser(text)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.VALUE_STRING && !parser.getText().isBlank()) {
                        values.add(parser.getText().strip());
                    }
                }
            } catch (IOException e) {
                throw new IllegalArgumentException("a quote in '" + text + "' is not closed, or not at an end", e);
            }
        }
        return values;
    }

    /** {@return the values of an option that takes several, separated by commas} */
    List<String> list(String name) {
        List<String> values = new ArrayList<>();
        for (String value : all(name)) {
            for (String part : value.split(",", -1)) {
                if (!part.isBlank()) {
                    values.add(part.strip());
                }
            }
        }
        return values;
    }
}
