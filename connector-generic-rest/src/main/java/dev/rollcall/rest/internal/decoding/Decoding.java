package dev.rollcall.rest.internal.decoding;

import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.http.Response;
import dev.rollcall.rest.internal.http.ResponseLimits;
import dev.rollcall.rest.internal.settings.Pointer;
import java.util.List;
import java.util.Set;

/**
 * How the body of a response becomes records. Immutable and thread-safe.
 *
 * @param type json, json-lines, xml, csv, or auto: by the content type, JSON if that says nothing
 * @param charset of the body; empty: as the response says, and for JSON UTF-8 whatever it says
 * @param csv what is agreed about CSV
 * @param records where the list is, a JSON Pointer, or the path of elements in XML
 * @param otherRecords where else an array may be the list, in JSON
 * @param each what of each element of the list is the record
 * @param nothing texts that an application writes where it has no value
 * @param emptyWhenNull whether null in place of the list is an empty list
 * @param emptyWhenAbsent whether nothing in place of the list is an empty list
 * @param orWhole whether an object of JSON that has nothing there is the record itself
 * @param limits of the response
 * @param json makes the parsers of JSON that keep to the limits
 */
public record Decoding(
        Type type,
        String charset,
        CsvFormat csv,
        Pointer records,
        List<Pointer> otherRecords,
        Each each,
        Set<String> nothing,
        boolean emptyWhenNull,
        boolean emptyWhenAbsent,
        boolean orWhole,
        ResponseLimits limits,
        JsonParsers json) {

    private static final Set<String> CSV_TYPES =
            Set.of("text/csv", "application/csv", "text/x-csv", "application/x-csv", "text/comma-separated-values");

    private static final Set<String> JSON_LINES_TYPES =
            Set.of("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines");

    /** What a body can be. */
    public enum Type {
        AUTO,
        JSON,
        JSON_LINES,
        XML,
        CSV
    }

    public static Decoding defaults() {
        ResponseLimits limits = ResponseLimits.defaults();
        return new Decoding(
                Type.AUTO,
                "",
                CsvFormat.standard(),
                Pointer.root(),
                List.of(),
                Each.ELEMENT,
                Set.of(),
                false,
                false,
                false,
                limits,
                JsonParsers.within(limits));
    }

    /** {@return the same for the answer about one user, which may come without what is around a list} */
    public Decoding orWholeObject() {
        return new Decoding(
                type,
                charset,
                csv,
                records,
                otherRecords,
                each,
                nothing,
                emptyWhenNull,
                emptyWhenAbsent,
                true,
                limits,
                json);
    }

    /** {@return a record in which the words for nothing are null, in nested objects and lists too} */
    public Value.Fields cleaned(Value.Fields record) {
        return nothing.isEmpty() ? record : (Value.Fields) cleaned((Value) record);
    }

    private Value cleaned(Value value) {
        if (value instanceof Value.Fields fields) {
            Value.Fields.Builder clean = Value.Fields.builder();
            fields.asMap().forEach((name, each) -> clean.add(name, cleaned(each)));
            return clean.build();
        } else if (value instanceof Value.Items items) {
            return Value.of(items.items().stream().map(this::cleaned).toList());
        }
        return value.text().filter(nothing::contains).isPresent() ? Value.ofNull() : value;
    }

    /**
     * Opens the records of a response.
     *
     * @param wanted pointers to values around the records that will be asked for
     */
    public RecordStream open(Call call, Response response, Set<Pointer> wanted, Failures failures)
            throws AttemptFailed {
        if (response.body().isEmpty()) {
            throw failures.malformed(call, "empty-body", "status " + response.status() + " with an empty body", "");
        }
        return switch (type == Type.AUTO ? detected(response.mediaType()) : type) {
            case XML -> new XmlRecords(call, failures, response.body(), response.charset(), this, wanted);
            case CSV -> new CsvRecords(call, failures, response.body(), response.charset(), this);
            case JSON_LINES -> new JsonLines(call, failures, response.body(), charset, json);
            default -> new JsonRecords(call, failures, response.body(), charset, this, wanted);
        };
    }

    private static Type detected(String mediaType) {
        if (mediaType.endsWith("/xml") || mediaType.endsWith("+xml")) {
            return mediaType.contains("xhtml") ? Type.JSON : Type.XML;
        }
        if (CSV_TYPES.contains(mediaType)) {
            return Type.CSV;
        }
        return JSON_LINES_TYPES.contains(mediaType) ? Type.JSON_LINES : Type.JSON;
    }
}
