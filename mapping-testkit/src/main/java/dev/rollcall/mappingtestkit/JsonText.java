package dev.rollcall.mappingtestkit;

import dev.rollcall.connector.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads JSON in which texts may stand in single quotes, as they do in Java sources. Numbers keep the text they have.
 * Not thread-safe: for one thread at a time.
 */
final class JsonText {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /**
     * Reads one value.
     *
     * @throws IllegalArgumentException if the text is no JSON, with line and column
     */
    static Value parse(String text) {
        JsonText reader = new JsonText(text);
        Value value = reader.value();
        reader.blanks();
        if (reader.at < text.length()) {
            throw reader.wrong("expected the end");
        }
        return value;
    }

    private Value value() {
        blanks();
        if (at == text.length()) {
            throw wrong("expected a value");
        }
        char c = text.charAt(at);
        if (c == '{') {
            return object();
        } else if (c == '[') {
            return list();
        } else if (c == '"' || c == '\'') {
            return Value.of(string());
        } else if (word("null")) {
            return Value.ofNull();
        } else if (word("true")) {
            return Value.of(true);
        } else if (word("false")) {
            return Value.of(false);
        }
        return number();
    }

    private Value object() {
        Map<String, Value> fields = new LinkedHashMap<>();
        at++;
        while (!ends('}', fields.isEmpty())) {
            blanks();
            if (at == text.length() || "'\"".indexOf(text.charAt(at)) < 0) {
                throw wrong("expected a name in quotes");
            }
            String name = string();
            blanks();
            if (at == text.length() || text.charAt(at) != ':') {
                throw wrong("expected ':'");
            }
            at++;
            if (fields.put(name, value()) != null) {
                throw wrong("the name '" + name + "' is a duplicate");
            }
        }
        return Value.of(fields);
    }

    private Value list() {
        List<Value> items = new ArrayList<>();
        at++;
        while (!ends(']', items.isEmpty())) {
            items.add(value());
        }
        return Value.of(items);
    }

    private boolean ends(char end, boolean first) {
        blanks();
        if (at == text.length()) {
            throw wrong("expected '" + end + "'");
        } else if (text.charAt(at) == end) {
            at++;
            return true;
        } else if (!first) {
            if (text.charAt(at) != ',') {
                throw wrong("expected ',' or '" + end + "'");
            }
            at++;
        }
        return false;
    }

    private String string() {
        char quote = text.charAt(at++);
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        if (at == text.length()) {
            throw wrong("expected " + quote);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        if (at == text.length()) {
            throw wrong("expected a character after '\\'");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            case '"', '\'', '\\', '/' -> c;
            default -> throw wrong("'\\" + c + "' means nothing");
        };
    }

    private char unicode() {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw wrong("expected four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private Value number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String literal = text.substring(start, at);
        if (!NUMBER.matcher(literal).matches()) {
            at = start;
            throw wrong("expected a value");
        }
        return new Value.Num(literal);
    }

    private boolean word(String word) {
        if (text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String what) {
        String before = text.substring(0, Math.min(at, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return new IllegalArgumentException("no JSON, at line " + line + ", column " + column + ": " + what);
    }
}
