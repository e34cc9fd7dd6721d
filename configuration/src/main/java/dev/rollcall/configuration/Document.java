package dev.rollcall.configuration;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration file as a tree of values, with the line of every node by its path. Not thread-safe: for one thread at
 * a time.
 *
 * <p>A path joins names by dots and indexes in brackets, whatever characters a name holds
 * ({@code source.endpoints[0].url}, {@code targets.crm.mapping.attributes.name.givenName}), which is how problems say
 * where they are.
 */
final class Document {
    /** More than any configuration a person keeps, little enough to answer at once. */
    static final int MAX_BYTES = 4 << 20;

    static final int MAX_DEPTH = 60;
    static final int MAX_NODES = 100_000;

    private final String file;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int nodes;
    private boolean tooLarge;
    private Value.Fields root = Value.Fields.none();

    Document(String file) {
        this.file = file;
    }

    /** {@return the path of a named node} */
    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** {@return the path of an item} */
    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** {@return the name of the file, as problems say it} */
    String file() {
        return file;
    }

    Value.Fields root() {
        return root;
    }

    void root(Value.Fields fields) {
        root = fields;
    }

    /** Notes where a node is. {@return whether there is room for it} */
    boolean place(String path, int line, int depth) {
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            if (!tooLarge) {
                tooLarge = true;
                String what = depth > MAX_DEPTH ? "is nested deeper than " + MAX_DEPTH : "has more than " + MAX_NODES;
                problem("too-large", line, path, "the file " + what + (depth > MAX_DEPTH ? " levels" : " values"), "");
            }
            return false;
        }
        lines.putIfAbsent(path, line);
        return true;
    }

    void problem(String code, int line, String path, String message, String remedy) {
        problems.add(Problem.of(code, path, message, remedy).at(file + ":" + line));
    }

    /** {@return what is wrong with the file as YAML or JSON} */
    List<Problem> problems() {
        return problems;
    }

    /** {@return whether the file says something at exactly this path} */
    boolean has(String path) {
        return lines.containsKey(path);
    }

    /** {@return the line of the node at a path, or of the nearest one around it; 1 if there is none} */
    int line(String path) {
        String at = path;
        while (!at.isEmpty()) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        return 1;
    }

    /** {@return a problem with the file and line of its path} */
    Problem locate(Problem problem) {
        return problem.location().isPresent() ? problem : problem.at(file + ":" + line(problem.path()));
    }
}
