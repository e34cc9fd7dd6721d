package dev.rollcall.rest.internal.decoding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.settings.Pointer;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Records in JSON lines: an object on each line, with nothing around them. A text that is cut within an object is broken; one
 * that is cut between two lines cannot be told from a shorter list. Not thread-safe: for one thread at a time.
 */
final class JsonLines implements RecordStream {
    private final Call call;
    private final Failures failures;
    private final JsonParser parser;
    private final JsonValues values;

    JsonLines(Call call, Failures failures, InputStream body, String charset, JsonParsers parsers)
            throws AttemptFailed {
        this.call = call;
        this.failures = failures;
        this.parser = JsonValues.parser(call, failures, body, charset, parsers);
        this.values = new JsonValues(call, failures, parser);
    }

    @Override
    public Value.@Nullable Fields next() throws AttemptFailed, IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return null;
            }
            int line = parser.currentTokenLocation().getLineNr();
            if (token == JsonToken.START_OBJECT) {
                return (Value.Fields) values.value(token);
            }
            String message = "expected an object on line " + line + ", was " + JsonValues.name(token);
            String remedy = token == JsonToken.START_ARRAY ? "set response.type: json for a list in brackets" : "";
            throw failures.malformed(call, "no-record", message, remedy);
        } catch (JsonProcessingException e) {
            throw values.broken(e);
        }
    }

    @Override
    public Value around(Pointer pointer) {
        return Value.absent();
    }
}
