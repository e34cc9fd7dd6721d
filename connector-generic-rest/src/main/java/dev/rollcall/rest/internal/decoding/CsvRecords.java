package dev.rollcall.rest.internal.decoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.ErrorText;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.http.ResponseLimits;
import dev.rollcall.rest.internal.settings.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records in CSV: the first line names the columns, every other line has a value for each. Not thread-safe: for one
 * thread at a time.
 */
final class CsvRecords implements RecordStream {
    private static final int MAX_VALUES = 100_000;

    private final Call call;
    private final Failures failures;
    private final CsvParser parser;
    private final char separator;
    /** Lines before the header. */
    private final int skipped;

    private final boolean shortLinesAreEmpty;
    private List<String> columns = List.of();
    /** Where the line begins that was read last. */
    private int number;

    CsvRecords(Call call, Failures failures, InputStream body, String header, Decoding decoding) throws AttemptFailed {
        this.call = call;
        this.failures = failures;
        this.shortLinesAreEmpty = decoding.csv().shortLinesAreEmpty();
        ResponseLimits limits = decoding.limits();
        CsvFactory factory = CsvFactory.builder()
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(limits.maxTextLength())
                        .build())
                .build();
        try {
            String charset = decoding.charset().isEmpty() ? header : decoding.charset();
            BodyReader reader = BodyReader.of(body, BodyCharset.named(charset, call, failures));
            CsvStart start = CsvStart.of(reader, decoding.csv());
            this.skipped = start.lines();
            this.separator = start.separator();
            this.parser = factory.createParser(start.rest());
            parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
        } catch (IOException e) {
            throw failures.transport(call, e);
        }
    }

    @Override
    public Value.@Nullable Fields next() throws AttemptFailed, IOException {
        try {
            if (columns.isEmpty()) {
                columns = header();
            }
            List<String> values = line();
            return values == null ? null : record(values);
        } catch (StreamConstraintsException e) {
            throw failures.failed(
                    call, FailureKind.LIMIT_EXCEEDED, "too-large", e.getOriginalMessage(), "", false, null);
        } catch (JsonProcessingException e) {
            String at = e.getLocation() == null
                    ? ""
                    : " at line " + (skipped + e.getLocation().getLineNr());
            throw failures.malformed(call, "broken-csv", "broken CSV" + at + ": " + e.getOriginalMessage(), "");
        }
    }

    private List<String> header() throws AttemptFailed, IOException {
        List<String> names = line();
        if (names == null) {
            throw failures.malformed(call, "broken-csv", "broken CSV: no line names the columns", "");
        }
        names.replaceAll(String::strip);
        // Some programs write a separator after the last column too.
        if (names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        HashSet<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw failures.malformed(call, "duplicate-name", "two columns are called '" + name + "'", "");
            }
        }
        return names;
    }

    private Value.Fields record(List<String> values) throws AttemptFailed {
        int count = columns.size();
        boolean separated = values.size() == count + 1 && values.get(count).isEmpty();
        // A line that lost some of its columns is a text that was cut, not a person without them.
        if (values.size() < count && shortLinesAreEmpty) {
            while (values.size() < count) {
                values.add("");
            }
        } else if (values.size() != count && !separated) {
            String message = "broken CSV: line " + number + " has " + values.size() + " values, but there are " + count
                    + " columns";
            throw failures.malformed(call, "broken-csv", message, otherSeparator());
        }
        if (count > 1
                && values.subList(0, count).stream().map(String::strip).toList().equals(columns)) {
            String message = "broken CSV: line " + number + " names the columns again";
            throw failures.malformed(call, "broken-csv", message, "several files seem to stand one after the other");
        }
        LinkedHashMap<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            fields.put(columns.get(i), Value.of(values.get(i)));
        }
        return Value.of(fields);
    }

    /** The values of the next line that is not empty; null at the end. */
    private @Nullable List<String> line() throws AttemptFailed, IOException {
        // Jackson could leave out empty lines, but would take blanks at the start of others away with them.
        number = skipped + parser.currentLocation().getLineNr();
        while (parser.nextToken() != null) {
            List<String> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (values.size() == MAX_VALUES) {
                    String message = "line " + number + " has more than " + MAX_VALUES + " values";
                    throw failures.failed(call, FailureKind.LIMIT_EXCEEDED, "too-large", message, "", false, null);
                }
                values.add(parser.getText());
            }
            if (values.size() > 1 || (values.size() == 1 && !values.get(0).isBlank())) {
                return values;
            }
            number = skipped + parser.currentLocation().getLineNr();
        }
        return null;
    }

    @Override
    public void requireColumn(String name) throws AttemptFailed {
        if (!columns.isEmpty() && !columns.contains(name)) {
            String message = "the table has no column '" + name + "', which is the key; its columns are '"
                    + ErrorText.shortened(String.join("', '", columns)) + "'";
            String other = otherSeparator();
            throw failures.malformed(
                    call,
                    "no-key-column",
                    message,
                    other.isEmpty() ? "check primaryKey and response.separator" : other);
        }
    }

    /** {@return what to do if the columns seem to be separated by something else; empty if they do not} */
    private String otherSeparator() {
        char seems = CsvStart.separatorOf(String.join(String.valueOf(separator), columns));
        return seems == separator
                ? ""
                : "the columns seem to be separated by " + CsvStart.name(seems) + ": set response.separator";
    }

    @Override
    public Value around(Pointer pointer) {
        return Value.absent();
    }
}
