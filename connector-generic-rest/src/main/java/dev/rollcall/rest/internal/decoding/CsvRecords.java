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
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.http.ResponseLimits;
import dev.rollcall.rest.internal.settings.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
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
    private List<String> columns = List.of();
    /** Where the line begins that was read last. */
    private int number;

    CsvRecords(Call call, Failures failures, InputStream body, String charset, Decoding decoding) throws AttemptFailed {
        this.call = call;
        this.failures = failures;
        ResponseLimits limits = decoding.limits();
        CsvFactory factory = CsvFactory.builder()
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(limits.maxTextLength())
                        .build())
                .build();
        try {
            this.parser = factory.createParser(reader(body, charset));
            parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(decoding.separator()));
        } catch (IOException e) {
            throw failures.transport(call, e);
        }
    }

    private Reader reader(InputStream body, String charset) throws AttemptFailed {
        try {
            Charset known = Charset.forName(charset.isEmpty() || charset.equals("us-ascii") ? "utf-8" : charset);
            return new InputStreamReader(new ByteOrderMark(body), known.newDecoder());
        } catch (IllegalArgumentException e) {
            throw failures.malformed(call, "charset", "the charset '" + charset + "' is not known", "");
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
            String at =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
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
        if (values.size() != count && !separated) {
            String message = "broken CSV: line " + number + " has " + values.size() + " values, but there are " + count
                    + " columns";
            throw failures.malformed(call, "broken-csv", message, "");
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
        number = parser.currentLocation().getLineNr();
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
            number = parser.currentLocation().getLineNr();
        }
        return null;
    }

    @Override
    public Value around(Pointer pointer) {
        return Value.absent();
    }
}
