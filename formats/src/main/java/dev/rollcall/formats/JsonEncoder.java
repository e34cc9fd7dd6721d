package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.internal.values.Values;
import java.util.Locale;
import java.util.regex.Pattern;

/** Knows from the text before a macro whether it stands inside a JSON string (RFC 8259). Not thread-safe: for one thread at a time. */
final class JsonEncoder implements Sink.Encoder {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private boolean inString;
    private boolean escaping;

    @Override
    public void literal(String text, StringBuilder out) {
        out.append(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inString && c == '\\') {
                i++;
                escaping = i == text.length();
            } else if (c == '"') {
                inString = !inString;
            }
        }
    }

    @Override
    public void value(Value value, StringBuilder out) {
        if (escaping) {
            throw FormatException.of("bad-place", "a backslash stands before the macro", "double it");
        }
        if (!inString) {
            json(value, out);
        } else if (!Values.isNothing(value)) {
            content(Values.text(value), out);
        }
    }

    private static void json(Value value, StringBuilder out) {
        if (value instanceof Value.Items items) {
            out.append('[');
            for (int i = 0; i < items.items().size(); i++) {
                out.append(i == 0 ? "" : ",");
                json(items.items().get(i), out);
            }
            out.append(']');
        } else if (value instanceof Value.Fields fields) {
            out.append('{');
            String separator = "";
            for (var field : fields.asMap().entrySet()) {
                out.append(separator).append('"');
                content(field.getKey(), out);
                out.append("\":");
                json(field.getValue(), out);
                separator = ",";
            }
            out.append('}');
        } else if (Values.isNothing(value)) {
            out.append("null");
        } else if (value instanceof Value.Bool bool) {
            out.append(bool.value());
        } else if (value instanceof Value.Num num
                && NUMBER.matcher(num.literal()).matches()) {
            out.append(num.literal());
        } else {
            out.append('"');
            content(Values.text(value), out);
            out.append('"');
        }
    }

    private static void content(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    // Lone surrogates, and the two line separators that JavaScript minds, go escaped too.
                    boolean lone = Character.isSurrogate(c)
                            && !(Character.isHighSurrogate(c)
                                    && i + 1 < text.length()
                                    && Character.isLowSurrogate(text.charAt(i + 1)))
                            && !(Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
                    if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029 || lone) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }
}
