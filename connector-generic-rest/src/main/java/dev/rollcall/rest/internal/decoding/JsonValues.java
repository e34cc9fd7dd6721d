package dev.rollcall.rest.internal.decoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.BodyText;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.ErrorText;
import dev.rollcall.rest.internal.http.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values of JSON where a parser stands, and says what is wrong with a text. Not thread-safe: for one thread at a time. */
final class JsonValues {
    private final Call call;
    private final Failures failures;
    private final JsonParser parser;

    JsonValues(Call call, Failures failures, JsonParser parser) {
        this.call = call;
        this.failures = failures;
        this.parser = parser;
    }

    /** {@return a parser of a body that keeps to the limits} */
    static JsonParser parser(Call call, Failures failures, InputStream body, String charset, JsonParsers parsers)
            throws AttemptFailed {
        try {
            return open(call, failures, body, charset, parsers);
        } catch (JsonProcessingException e) {
            throw broken(call, failures, e);
        } catch (IOException e) {
            throw failures.transport(call, e);
        }
    }

    private static JsonParser open(Call call, Failures failures, InputStream body, String charset, JsonParsers parsers)
            throws AttemptFailed, IOException {
        PushbackInputStream peeked = new PushbackInputStream(body, 1);
        int first = peeked.read();
        if (first >= 0) {
            peeked.unread(first);
        }
        if (first == '<') {
            String words =
                    ErrorText.of("", BodyText.ofJson(peeked.readNBytes(4096))).words();
            throw failures.malformed(
                    call,
                    "not-json",
                    "expected JSON, was " + (words.startsWith("an HTML") ? words : "XML or HTML"),
                    "check the url and the authorization: a page to sign in, or of a proxy, came instead; or say what"
                            + " comes in response.type");
        }
        JsonFactory factory = parsers.factory();
        // The parser recognizes UTF-8, 16 and 32 by itself.
        return charset.isEmpty() || charset.startsWith("utf-")
                ? factory.createParser(peeked)
                : factory.createParser(BodyReader.of(peeked, BodyCharset.named(charset, call, failures)));
    }

    /** {@return the value that begins with a token} */
    Value value(JsonToken token) throws AttemptFailed, IOException {
        return switch (token) {
            case VALUE_STRING -> Value.of(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Num(parser.getText());
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            default -> Value.ofNull();
        };
    }

    private Value object() throws AttemptFailed, IOException {
        Value.Fields.Builder fields = Value.Fields.builder();
        String name = parser.nextFieldName();
        while (name != null) {
            if (!fields.add(name, value(parser.nextToken()))) {
                // Which of the two is meant nobody can tell, and readers that take the last disagree with others.
                throw failures.malformed(
                        call, "duplicate-name", "the name '" + name + "' appears twice in one object", "");
            }
            name = parser.nextFieldName();
        }
        return fields.build();
    }

    private Value array() throws AttemptFailed, IOException {
        List<Value> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(value(token));
            token = parser.nextToken();
        }
        return Value.of(items);
    }

    /** {@return the failure for a text that cannot be parsed} */
    AttemptFailed broken(JsonProcessingException e) {
        return broken(call, failures, e);
    }

    private static AttemptFailed broken(Call call, Failures failures, JsonProcessingException e) {
        String at = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        if (e instanceof StreamConstraintsException) {
            return failures.failed(
                    call, FailureKind.LIMIT_EXCEEDED, "too-large", e.getOriginalMessage() + at, "", false, null);
        }
        return failures.malformed(
                call, "broken-json", "broken JSON" + at + ": " + JsonFaults.reason(e), JsonFaults.remedy(e));
    }

    /** {@return what a token is, for messages} */
    static String name(@Nullable JsonToken token) {
        if (token == null) {
            return "the end of the text";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> token.asString() == null ? token.toString() : "'" + token.asString() + "'";
        };
    }
}
