package dev.rollcall.examples;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.connector.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report as a page for people: the same fields in the same order, a table for each. It reads the JSON one change at a
 * time, however many there are. Not thread-safe: for one thread at a time.
 */
final class HtmlReport {
    private static final String STYLE = "body{font:15px sans-serif;margin:2em}table{border-collapse:collapse}"
            + "th,td{border:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top}th{background:#eee}";

    private final XMLStreamWriter html;

    private HtmlReport(XMLStreamWriter html) {
        this.html = html;
    }

    /** Writes the page to a file for the present user alone; {@code report} writes the JSON. */
    static void write(Path file, Consumer<OutputStream> report) {
        try {
            Path json = Files.createTempFile("report", ".json"); // private, as temporary files are
            try {
                try (OutputStream out = Files.newOutputStream(json)) {
                    report.accept(out);
                }
                AtomicFile.write(file, page -> page(json, page));
            } finally {
                json.toFile().delete();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void page(Path json, OutputStream page) throws IOException {
        try (JsonParser parser = JsonMapper.builder().build().createParser(json.toFile())) {
            XMLStreamWriter html = XMLOutputFactory.newInstance().createXMLStreamWriter(page, "UTF-8");
            new HtmlReport(html).page(parser);
            html.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void page(JsonParser json) throws IOException, XMLStreamException {
        html.writeDTD("<!DOCTYPE html>");
        html.writeStartElement("html");
        html.writeAttribute("lang", "en");
        html.writeStartElement("head");
        html.writeEmptyElement("meta");
        html.writeAttribute("charset", "utf-8");
        text("title", "Rollcall report");
        text("style", STYLE);
        html.writeEndElement();
        html.writeStartElement("body");
        text("h1", "Rollcall report");
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            text("h2", json.currentName());
            if (json.nextToken() == JsonToken.START_ARRAY) {
                rows(json);
            } else {
                JsonNode node = json.readValueAsTree();
                value(node);
            }
        }
        html.writeEndDocument();
    }

    /** A table for as long as rows have the same fields, which changes of several kinds have not. */
    private void rows(JsonParser json) throws IOException, XMLStreamException {
        List<String> columns = List.of();
        boolean isEmpty = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            isEmpty = false;
            JsonNode row = json.readValueAsTree();
            if (!row.isObject()) {
                html.writeStartElement("div");
                value(row);
                html.writeEndElement();
                continue;
            }
            List<String> fields = new ArrayList<>();
            row.fieldNames().forEachRemaining(fields::add);
            if (!fields.equals(columns)) {
                if (!columns.isEmpty()) {
                    html.writeEndElement();
                }
                columns = fields;
                html.writeStartElement("table");
                head(columns);
            }
            cells(row);
        }
        if (isEmpty) {
            text("p", "none");
        } else if (!columns.isEmpty()) {
            html.writeEndElement();
        }
    }

    private void head(List<String> columns) throws XMLStreamException {
        html.writeStartElement("tr");
        for (String column : columns) {
            text("th", column);
        }
        html.writeEndElement();
    }

    private void cells(JsonNode row) throws XMLStreamException {
        html.writeStartElement("tr");
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            html.writeStartElement("td");
            value(field.getValue());
            html.writeEndElement();
        }
        html.writeEndElement();
    }

    private void value(JsonNode node) throws XMLStreamException {
        if (node.isObject() || (node.isArray() && node.path(0).isObject())) {
            html.writeStartElement("table");
            if (node.isObject()) {
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    html.writeStartElement("tr");
                    text("th", field.getKey());
                    html.writeStartElement("td");
                    value(field.getValue());
                    html.writeEndElement();
                    html.writeEndElement();
                }
            } else {
                List<String> columns = new ArrayList<>();
                node.get(0).fieldNames().forEachRemaining(columns::add);
                head(columns);
                for (JsonNode row : node) {
                    cells(row);
                }
            }
            html.writeEndElement();
        } else if (node.isArray()) {
            for (JsonNode one : node) {
                html.writeStartElement("div");
                value(one);
                html.writeEndElement();
            }
        } else if (!node.isNull()) {
            html.writeCharacters(printable(node.asText()));
        }
    }

    private void text(String element, String text) throws XMLStreamException {
        html.writeStartElement(element);
        html.writeCharacters(printable(text));
        html.writeEndElement();
    }

    /** No page may have control characters, and a name may turn the direction of what follows it. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\t\\n\\r]]|[\\u202A-\\u202E\\u2066-\\u2069]", "\uFFFD");
    }
}
