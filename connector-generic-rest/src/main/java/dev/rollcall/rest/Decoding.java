package dev.rollcall.rest;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Set;

/**
 * How the body of a response becomes records. Immutable and thread-safe.
 *
 * @param type json, xml, csv, or auto: by the content type, JSON if that says nothing
 * @param charset of the body; empty: as the response says
 * @param separator between the columns of CSV
 * @param records where the list is, a JSON Pointer, or the path of elements in XML
 * @param otherRecords where else an array may be the list, in JSON
 * @param emptyWhenNull whether null in place of the list is an empty list
 * @param emptyWhenAbsent whether nothing in place of the list is an empty list
 * @param orWhole whether an object of JSON that has nothing there is the record itself
 * @param limits of the response
 */
record Decoding(
        Type type,
        String charset,
        char separator,
        JsonPointer records,
        List<JsonPointer> otherRecords,
        boolean emptyWhenNull,
        boolean emptyWhenAbsent,
        boolean orWhole,
        ResponseLimits limits) {

    /** What a body can be. */
    enum Type {
        AUTO,
        JSON,
        XML,
        CSV
    }

    static Decoding defaults() {
        return new Decoding(
                Type.AUTO, "", ',', JsonPointer.empty(), List.of(), false, false, false, ResponseLimits.defaults());
    }

    /** {@return the same for the answer about one user, which may come without what is around a list} */
    Decoding orWholeObject() {
        return new Decoding(
                type, charset, separator, records, otherRecords, emptyWhenNull, emptyWhenAbsent, true, limits);
    }

    /**
     * Opens the records of a response.
     *
     * @param wanted pointers to values around the records that will be asked for
     */
    RecordStream open(Call call, Response response, Set<JsonPointer> wanted, Failures failures) throws AttemptFailed {
        if (response.body().isEmpty()) {
            throw failures.malformed(call, "empty-body", "status " + response.status() + " with an empty body", "");
        }
        String declared = charset.isEmpty() ? response.charset() : charset;
        return switch (type == Type.AUTO ? detected(response.mediaType()) : type) {
            case XML -> new XmlRecords(call, failures, response.body(), declared, this, wanted);
            case CSV -> new CsvRecords(call, failures, response.body(), declared, this);
            default -> new JsonRecords(call, failures, response.body(), declared, this, wanted);
        };
    }

    private static Type detected(String mediaType) {
        if (mediaType.endsWith("/xml") || mediaType.endsWith("+xml")) {
            return mediaType.contains("xhtml") ? Type.JSON : Type.XML;
        }
        return mediaType.equals("text/csv") ? Type.CSV : Type.JSON;
    }
}
