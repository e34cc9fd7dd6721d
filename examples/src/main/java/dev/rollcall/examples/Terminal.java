package dev.rollcall.examples;

import dev.rollcall.connector.Problem;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Where a command writes and what it finds around it. Immutable; the streams decide about threads.
 *
 * @param out results
 * @param err what went wrong, and progress
 * @param environment the variables that a configuration may refer to
 * @param isTerminal whether a person watches, so that progress is shown
 */
record Terminal(PrintStream out, PrintStream err, Map<String, String> environment, boolean isTerminal) {
    Terminal {
        environment = Map.copyOf(environment);
    }

    /** Prints one line: what a value has of line breaks cannot begin another one. */
    void print(String line) {
        out.println(printable(oneLine(line)));
    }

    /** Prints a text of ours, as many lines as it has. */
    void printText(String text) {
        out.println(printable(text));
    }

    void complain(List<Problem> problems) {
        for (Problem problem : problems) {
            err.println(printable(problem.toString()));
        }
    }

    void complain(String line) {
        err.println(printable(oneLine(line)));
    }

    private static String oneLine(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }

    /** What came from an application or a directory must not move the cursor or color the screen. */
    static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().map(c -> c != '\n' && isControl(c) ? 0xFFFD : c).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** Some terminals and editors begin a new line at the separators of lines and paragraphs too. */
    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || switch (Character.getType(c)) {
                    case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                };
    }
}
