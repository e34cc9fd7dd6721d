package dev.rollcall.rest;

import com.fasterxml.jackson.core.JsonPointer;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records in CSV: the first line names the columns, every other line has a value for each. Not thread-safe: for one
 * thread at a time.
 */
final class CsvRecords implements RecordStream {
    private final Call call;
    private final Failures failures;
    private final CsvParser parser;

    CsvRecords(Call call, Failures failures, InputStream body, String charset, Decoding decoding) throws AttemptFailed {
        this.call = call;
        this.failures = failures;
        ResponseLimits limits = decoding.limits();
        CsvFactory factory = CsvFactory.builder()
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(limits.maxTextLength())
                        .build())
                // A line that lost some of its columns is a text that was cut, not a person without them.
                .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .build();
        try {
            this.parser = factory.createParser(reader(body, charset));
            parser.setSchema(CsvSchema.emptySchema().withHeader().withColumnSeparator(decoding.separator()));
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
            JsonToken token = parser.nextToken();
            if (token == null) {
                return null;
            }
            LinkedHashMap<String, Value> fields = new LinkedHashMap<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                if (fields.put(name, Value.of(parser.getText())) != null) {
                    throw failures.malformed(call, "duplicate-name", "two columns are called '" + name + "'", "");
                }
            }
            return Value.of(fields);
        } catch (StreamConstraintsException e) {
            throw failures.failed(
                    call, FailureKind.LIMIT_EXCEEDED, "too-large", e.getOriginalMessage(), "", false, null);
        } catch (JsonProcessingException e) {
            String at =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw failures.malformed(call, "broken-csv", "broken CSV" + at + ": " + e.getOriginalMessage(), "");
        }
    }

    @Override
    public Value around(JsonPointer pointer) {
        return Value.absent();
    }
}
