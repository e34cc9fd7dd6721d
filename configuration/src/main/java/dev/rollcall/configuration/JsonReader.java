package dev.rollcall.configuration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads JSON with the line of every value; a key given twice is a problem. */
final class JsonReader {
    /** What the parser says about settings of its own, which no user can set. */
    private static final Pattern PARSER_SETTING =
            Pattern.compile(":? enable [`'].*|\\? \\(not recognized.*", Pattern.DOTALL);

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Document.MAX_DEPTH + 10)
                    .maxStringLength(Document.MAX_BYTES)
                    .build())
            .build();

    private final Document document;
    private final JsonParser parser;

    private JsonReader(Document document, JsonParser parser) {
        this.document = document;
        this.parser = parser;
    }

    static void read(String text, Document document) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            new JsonReader(document, parser).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                document.problem("empty-file", 1, "", "the file is empty", "");
            } else if (first != JsonToken.START_OBJECT) {
                document.problem("wrong-type", line(), "", "a configuration is an object", "");
            } else {
                Value.Fields root = fields("", 0);
                if (parser.nextToken() != null) {
                    document.problem("syntax", line(), "", "something follows the end of the object", "remove it");
                }
                document.root(root);
            }
        } catch (StreamReadException | StreamConstraintsException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String reason = PARSER_SETTING.matcher(e.getOriginalMessage()).replaceFirst("");
            document.problem("syntax", line, "", "this is no JSON: " + reason, "");
        }
    }

    private Value value(String path, int depth) throws IOException {
        boolean room = document.place(path, line(), depth);
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields(path, depth);
            case START_ARRAY -> items(path, depth);
            case VALUE_STRING -> Value.of(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> room ? new Value.Num(parser.getText()) : Value.ofNull();
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            default -> Value.ofNull();
        };
    }

    private Value items(String path, int depth) throws IOException {
        List<Value> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(Document.item(path, items.size()), depth + 1));
        }
        return Value.of(items);
    }

    private Value.Fields fields(String path, int depth) throws IOException {
        Map<String, Value> fields = new LinkedHashMap<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String childPath = Document.child(path, name);
            int line = line();
            Integer before = seen.putIfAbsent(name, line);
            document.place(childPath, line, depth + 1);
            parser.nextToken();
            Value value = value(childPath, depth + 1);
            if (before != null) {
                String remedy = "it stands in line " + before + " already; keep one";
                document.problem("duplicate-key", line, childPath, "the key is a duplicate", remedy);
            } else {
                fields.put(name, value);
            }
        }
        return Value.of(fields);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
