package dev.rollcall.formats.internal.source;

import dev.rollcall.connector.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves over the text of a format or condition, and reads words, texts and numbers. Not thread-safe: for one thread at a time. */
public final class Lexer {
    private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "=", "<", ">");

    final Source source;
    private final String text;
    private int at;

    public Lexer(Source source) {
        this.source = source;
        this.text = source.text;
    }

    /** Unwinds to the end of the macro; the problem is reported already. */
    public static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Abandoned() {
            super("abandoned", null, false, false);
        }
    }

    /** Where the next character stands. */
    public int at() {
        return at;
    }

    /** Goes back to where it was before. */
    public void back(int earlier) {
        at = earlier;
    }

    public boolean ended() {
        return at >= text.length();
    }

    /** The text from an offset to here. */
    String since(int start) {
        return text.substring(start, at);
    }

    /** The next character; NUL at the end. */
    public char peek() {
        return peek(0);
    }

    /** The character so many after the next; NUL behind the end. */
    public char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    public boolean sees(String expected) {
        return text.startsWith(expected, at);
    }

    /** Moves over a text if it comes next. */
    public boolean take(String expected) {
        if (!sees(expected)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    /** Moves over white space. */
    public void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** Moves over white space and a text that must follow. */
    public void expect(String expected) {
        space();
        if (!take(expected)) {
            throw unexpected("expected '" + expected + "'");
        }
    }

    /** Moves over white space and a word, if it comes next and is no part of a longer name. */
    public boolean keyword(String word) {
        space();
        char after = peek(word.length());
        if (!sees(word) || isNamePart(after) || after == '.') {
            return false;
        }
        at += word.length();
        return true;
    }

    /** The literal text up to the next macro, or to the end. */
    public String literal() {
        int start = at;
        int macro = text.indexOf("${", at);
        at = macro < 0 ? text.length() : macro;
        return since(start);
    }

    /** Moves behind a macro with a mistake in it, so that the problems of the next one are found too. */
    public void skipMacro() {
        while (at < text.length() && !sees("${")) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                int end = text.indexOf(c, at + 1);
                at = end < 0 ? at : end;
            }
            at++;
            if (c == '}') {
                return;
            }
        }
    }

    /** A comparison, if one comes next. */
    @Nullable
    public String operator() {
        if (sees("<>")) {
            throw fail("'<>' is no operator", "write !=");
        }
        for (String operator : OPERATORS) {
            if (take(operator)) {
                return operator.equals("=") ? "==" : operator;
            }
        }
        return null;
    }

    /** The name of a function, or a word of the language; empty if there is none. */
    public String word() {
        int start = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '_') {
            at++;
        }
        return since(start);
    }

    /** One name of a path; empty if there is none. */
    public String segment() {
        int start = at;
        while (isNamePart(peek())) {
            at++;
        }
        return since(start);
    }

    /** Moves over dots, names and brackets to the end of a path. */
    public void path() {
        while (true) {
            int start = at;
            if (take(".")) {
                if (segment().isEmpty()) {
                    throw unexpected("expected a column name");
                }
            } else if (take("[")) {
                if (isQuote(peek())) {
                    string();
                } else {
                    digits();
                }
                if (!take("]")) {
                    throw failAt(start, "expected an index or a quoted name in brackets", "");
                }
            } else {
                return;
            }
        }
    }

    /** Whether a name in brackets and quotes comes next. */
    public boolean seesQuotedName() {
        return peek() == '[' && isQuote(peek(1));
    }

    public boolean seesText() {
        return isQuote(peek());
    }

    public boolean seesNumber() {
        return isDigit(peek()) || (peek() == '-' && isDigit(peek(1)));
    }

    public Value number() {
        int start = at++;
        digits();
        if (peek() == '.' && isDigit(peek(1))) {
            at++;
            digits();
        }
        if (isNamePart(peek())) {
            throw fail("a number ends here", "write a text in quotes");
        }
        String number = since(start);
        if (number.matches("-?0[0-9].*")) {
            throw failAt(start, "a number has no zeros in front", "write a text in quotes");
        }
        return new Value.Num(number);
    }

    private void digits() {
        while (isDigit(peek())) {
            at++;
        }
    }

    /** A text in quotes; a quote inside is doubled. */
    public String string() {
        int start = at;
        char quote = text.charAt(at++);
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                if (peek() != quote) {
                    return out.toString();
                }
                at++;
            }
            out.append(c);
        }
        at = start + 1;
        throw failAt(start, "the text is not closed", "add a " + quote + ", a quote inside is doubled");
    }

    public Abandoned unexpected(String expected) {
        return fail(expected + (ended() ? ", found the end" : ""), "");
    }

    public Abandoned fail(String message, String remedy) {
        return failAt(at, message, remedy);
    }

    public Abandoned failAt(int offset, String message, String remedy) {
        source.problem("format-syntax", offset, message, remedy);
        return new Abandoned();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ':' || c == '@';
    }
}
