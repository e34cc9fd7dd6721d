package dev.rollcall.formats.internal.source;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import java.util.ArrayList;
import java.util.List;

/** The text of a format or condition, and the problems found in it. Not thread-safe: for one thread at a time. */
public final class Source {
    private static final int WINDOW = 120;

    public final String text;
    private final boolean secret;
    private final List<Problem> problems = new ArrayList<>();

    public Source(String text, boolean secret) {
        this.text = text;
        this.secret = secret;
    }

    /** {@return whether the text holds a secret, so that nothing may show it} */
    public boolean isSecret() {
        return secret;
    }

    /**
     * Adds a problem at an offset, drawn with the line and a caret. Of a source that holds a secret only the place and the code
     * are shown: messages and remedies quote names and values of the source.
     */
    public void problem(String code, int at, String message, String remedy) {
        if (problems.size() >= Limits.PROBLEMS) {
            return;
        }
        String place = position(at) + ": ";
        problems.add(
                secret
                        ? Problem.of(
                                code, "", place + "not a valid format (" + code + "); it holds a secret", "check it")
                        : Problem.of(code, "", place + message + "\n" + drawing(at), remedy));
    }

    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** {@return line and column, both from 1, the column in characters as a person counts them} */
    public String position(int at) {
        int end = Math.min(at, text.length());
        int lineStart = text.lastIndexOf('\n', end - 1) + 1;
        long line =
                1 + text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        return line + ":" + (text.codePointCount(lineStart, end) + 1);
    }

    private String drawing(int at) {
        int offset = Math.min(at, text.length());
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int end = text.indexOf('\n', offset);
        end = end < 0 ? text.length() : end;
        int from = Math.max(start, offset - WINDOW / 2);
        int to = Math.min(end, Math.max(from + WINDOW, offset));
        String before = text.substring(from, offset).replace('\t', ' ').replace('\r', ' ');
        String line = before + text.substring(offset, to).replace('\t', ' ').replace('\r', ' ');
        return "    " + line + "\n    " + " ".repeat(before.codePointCount(0, before.length())) + "^";
    }
}
