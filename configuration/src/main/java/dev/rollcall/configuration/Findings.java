package dev.rollcall.configuration;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers what is wrong with a file, so that it can be told all at once. Not thread-safe: for one thread at a time. */
final class Findings {
    /** Shorter ones are left: taking every {@code a} out of a message would only say that the secret is {@code a}. */
    private static final int SHORTEST_HIDDEN = 4;

    private final Document document;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Problem> notes = new LinkedHashSet<>();
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<String> secrets = new ArrayList<>();

    Findings(Document document) {
        this.document = document;
    }

    Document document() {
        return document;
    }

    void add(Problem problem) {
        problems.add(shown(problem));
    }

    /** What references lead to is quoted by no problem, wherever in the file it stands. */
    void hide(Value value) {
        if (value instanceof Value.Sensitive sensitive) {
            sensitive.credentials().stream()
                    .map(Secret::reveal)
                    .filter(secret -> secret.length() >= SHORTEST_HIDDEN)
                    .forEach(secrets::add);
            secrets.sort(Comparator.comparingInt(String::length).reversed());
        } else if (value instanceof Value.Fields fields) {
            fields.asMap().values().forEach(this::hide);
        } else if (value instanceof Value.Items items) {
            items.items().forEach(this::hide);
        }
    }

    /** {@return a problem with its place in the file, in which no secret of the file is quoted} */
    Problem shown(Problem problem) {
        Problem located = document.locate(problem);
        Problem hidden =
                Problem.of(located.code(), located.path(), hidden(located.message()), hidden(located.remedy()));
        return located.location().map(hidden::at).orElse(hidden);
    }

    private String hidden(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "[secret]");
        }
        return hidden;
    }

    void add(String code, String path, String message, String remedy) {
        add(Problem.of(code, path, message, remedy));
    }

    /** Something that is understood and changes nothing yet. */
    void note(String code, String path, String message, String remedy) {
        notes.add(shown(Problem.of(code, path, message, remedy)));
    }

    /** The file says that this one is read or written, which nothing else may write over. */
    void file(Path file) {
        files.add(file);
    }

    Set<Path> files() {
        return Set.copyOf(files);
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** {@return every problem, in the order of the lines} */
    List<Problem> problems() {
        List<Problem> sorted = sorted(problems);
        // What is needed and refers to nothing is one mistake: that nothing is there follows from it.
        Set<String> unresolved = sorted.stream()
                .filter(problem -> References.UNRESOLVED.contains(problem.code()))
                .map(Problem::path)
                .collect(Collectors.toSet());
        sorted.removeIf(problem -> problem.code().equals("missing") && unresolved.contains(problem.path()));
        return sorted;
    }

    /** {@return every note, in the order of the lines} */
    List<Problem> notes() {
        return sorted(notes);
    }

    private List<Problem> sorted(Set<Problem> set) {
        List<Problem> sorted = new ArrayList<>(set);
        sorted.sort(Comparator.comparingInt(this::line));
        return sorted;
    }

    private int line(Problem problem) {
        String location = problem.location().orElse("");
        String line = location.substring(location.lastIndexOf(':') + 1);
        return line.matches("[0-9]+") ? Integer.parseInt(line) : 0;
    }
}
