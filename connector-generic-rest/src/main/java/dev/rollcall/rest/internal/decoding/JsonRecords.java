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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records in JSON, read one by one as the text comes. Not thread-safe: for one thread at a time. */
final class JsonRecords implements RecordStream {
    /** How deep announcements of further pages are looked for. */
    private static final int MOST_DEPTH = 3;

    /** The column that holds the key of a record in an object of records. */
    private static final String KEY_COLUMN = "@key";

    private enum Place {
        AROUND,
        IN_LIST,
        IN_MAP,
        END
    }

    private final Call call;
    private final Failures failures;
    private final Decoding decoding;
    private final Set<String> otherRecords = new HashSet<>();
    private final Set<Pointer> wanted;
    private final Map<String, Value> found = new HashMap<>();
    private final Deque<Value.Fields> ready = new ArrayDeque<>();
    private final Announcements announcements = new Announcements();
    private final JsonParser parser;
    private final JsonValues values;
    private @Nullable String error;
    private String records;
    private Place place = Place.AROUND;
    private boolean rootSeen;
    private boolean listSeen;
    private long count;

    JsonRecords(Call call, Failures failures, InputStream body, String charset, Decoding decoding, Set<Pointer> wanted)
            throws AttemptFailed {
        this.call = call;
        this.failures = failures;
        this.decoding = decoding;
        this.records = decoding.records().toString();
        decoding.otherRecords().forEach(pointer -> otherRecords.add(pointer.toString()));
        this.wanted = wanted;
        this.parser = JsonValues.parser(call, failures, body, charset, decoding.json());
        this.values = new JsonValues(call, failures, parser);
    }

    @Override
    public Value.@Nullable Fields next() throws AttemptFailed, IOException {
        try {
            if (!ready.isEmpty()) {
                return ready.remove();
            }
            if (place == Place.IN_LIST) {
                return element();
            }
            if (place == Place.IN_MAP) {
                return entry();
            }
            return place == Place.END ? null : walk();
        } catch (JsonProcessingException e) {
            throw values.broken(e);
        }
    }

    @Override
    public Value around(Pointer pointer) {
        return found.getOrDefault(pointer.toString(), Value.absent());
    }

    @Override
    public Announcements announcements() {
        return announcements;
    }

    @Override
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    private static int depth(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    /** Goes through what is around the list, up to its first element, or to the end of the text. */
    private Value.@Nullable Fields walk() throws AttemptFailed, IOException {
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return end();
            }
            if (!token.isScalarValue() && !token.isStructStart()) {
                continue;
            }
            String path = parser.getParsingContext().pathAsPointer().toString();
            if (path.isEmpty() && rootSeen) {
                throw failures.malformed(call, "trailing-text", "there is more text after the end of the JSON", "");
            }
            rootSeen = true;
            if (decoding.orWhole() && path.isEmpty() && token == JsonToken.START_OBJECT && !records.isEmpty()) {
                if (inWhole((Value.Fields) value(token))) {
                    return ready.remove();
                }
            } else if (path.equals(records) || (otherRecords.contains(path) && token == JsonToken.START_ARRAY)) {
                Value.@Nullable Fields record = list(path, token);
                if (record != null) {
                    return record;
                }
            } else if (isWanted(path)) {
                Value value = value(token);
                beside(path, value);
                keep(path, value);
            } else if (isErrorWord(path)) {
                beside(path, value(token));
            } else if (token.isScalarValue()) {
                announcements.see(path, records, value(token));
            } else if (!leadsSomewhere(path) && (token == JsonToken.START_ARRAY || depth(path) > MOST_DEPTH)) {
                parser.skipChildren();
            }
        }
    }

    private boolean isErrorWord(String path) {
        return Announcements.isAround(path, records) && ErrorObjects.isWord(name(path)) && !leadsSomewhere(path);
    }

    /** What a value beside the list says about further pages, or of a failure. */
    private void beside(String path, Value value) {
        announcements.see(path, records, value);
        if (error == null && Announcements.isAround(path, records) && ErrorObjects.isErrorBeside(name(path), value)) {
            error = path;
        }
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@return whether the whole answer has a record, which then is {@link #ready}: where one is expected, or it is one} */
    private boolean inWhole(Value.Fields whole) throws AttemptFailed {
        keepWithin("", whole);
        Value there = decoding.records().in(whole);
        listSeen = true;
        if (there instanceof Value.Absent) {
            there = decoding.emptyWhenAbsent() ? Value.of(List.of()) : whole;
        } else if (there instanceof Value.Null && decoding.emptyWhenNull()) {
            there = Value.of(List.of());
        }
        for (Value one : there instanceof Value.Items items ? items.items() : List.of(there)) {
            if (!(one instanceof Value.Fields record)) {
                throw failures.malformed(call, "no-record", "expected an object at " + where(records), wrongPlace());
            }
            ready.add(record);
        }
        return !ready.isEmpty();
    }

    /** {@return the first record; null if there is none} */
    private Value.@Nullable Fields list(String path, JsonToken token) throws AttemptFailed, IOException {
        if (listSeen) {
            String message = path.equals(records)
                    ? "'" + path + "' appears twice"
                    : "there are two lists, at " + where(records) + " and at " + where(path);
            throw failures.malformed(call, "duplicate-name", message, "");
        }
        listSeen = true;
        records = path;
        if (token == JsonToken.START_ARRAY) {
            place = Place.IN_LIST;
            return element();
        }
        if (token == JsonToken.START_OBJECT && decoding.each().values()) {
            place = Place.IN_MAP;
            return entry();
        }
        if (token == JsonToken.START_OBJECT) {
            Value.Fields record = (Value.Fields) value(token);
            keepWithin(records, record);
            error = ErrorObjects.isError(record) ? "" : error;
            count++;
            return record;
        }
        if (token == JsonToken.VALUE_NULL && decoding.emptyWhenNull()) {
            return null;
        }
        String was = token == JsonToken.VALUE_NULL ? "null" : JsonValues.name(token);
        throw failures.malformed(
                call, "no-list", "expected an array at " + where(records) + ", was " + was, wrongPlace());
    }

    private Value.@Nullable Fields element() throws AttemptFailed, IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT) {
            Value.Fields element = (Value.Fields) value(token);
            announcements.seeElement(records + "/" + count, element);
            count++;
            return record(element, records + "/" + (count - 1));
        }
        if (token == JsonToken.END_ARRAY) {
            place = Place.AROUND;
            return walk();
        }
        String message = "expected an object at " + records + "/" + count + ", was " + JsonValues.name(token);
        throw failures.malformed(call, "no-record", message, wrongPlace());
    }

    /** {@return the value of the next key of an object of records, with the key as a column; null at its end} */
    private Value.@Nullable Fields entry() throws AttemptFailed, IOException {
        String key = parser.nextFieldName();
        if (key == null) {
            place = Place.AROUND;
            return walk();
        }
        JsonToken token = parser.nextToken();
        if (token != JsonToken.START_OBJECT) {
            String message = "expected an object at " + records + "/" + key + ", was " + JsonValues.name(token);
            throw failures.malformed(call, "no-record", message, wrongPlace());
        }
        count++;
        return record((Value.Fields) value(token), records + "/" + key).with(KEY_COLUMN, Value.of(key));
    }

    /** {@return the record that an element holds} */
    private Value.Fields record(Value.Fields element, String at) throws AttemptFailed {
        Pointer within = decoding.each().within();
        Value found = within.toString().isEmpty() ? element : within.in(element);
        if (found instanceof Value.Fields record) {
            return record;
        }
        String was = found instanceof Value.Absent ? "nothing is there" : "it is no object";
        throw failures.malformed(
                call, "no-record", "expected an object at " + at + within + ", " + was, "check records.each");
    }

    private Value.@Nullable Fields end() throws AttemptFailed {
        place = Place.END;
        if (!listSeen && !decoding.emptyWhenAbsent()) {
            String message = found.isEmpty() && records.isEmpty()
                    ? "the body is empty"
                    : "expected an array at " + where(records) + ", there is none";
            throw failures.malformed(call, "no-list", message, wrongPlace());
        }
        return null;
    }

    private void keep(String path, Value value) throws AttemptFailed {
        if (found.put(path, value) != null) {
            throw failures.malformed(call, "duplicate-name", "'" + path + "' appears twice", "");
        }
        keepWithin(path, value);
    }

    private void keepWithin(String path, Value value) {
        for (Pointer pointer : wanted) {
            String deeper = pointer.toString();
            if (deeper.startsWith(path + "/")) {
                found.put(deeper, Pointer.of(deeper.substring(path.length())).in(value));
            }
        }
    }

    private boolean isWanted(String path) {
        for (Pointer pointer : wanted) {
            if (pointer.toString().equals(path) && !records.startsWith(path + "/")) {
                return true;
            }
        }
        return false;
    }

    private boolean leadsSomewhere(String path) {
        String prefix = path + "/";
        if (records.startsWith(prefix) || otherRecords.stream().anyMatch(other -> other.startsWith(prefix))) {
            return true;
        }
        for (Pointer pointer : wanted) {
            if (pointer.toString().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private Value value(JsonToken token) throws AttemptFailed, IOException {
        return values.value(token);
    }

    private static String where(String pointer) {
        return pointer.isEmpty() ? "the root" : pointer;
    }

    private static String wrongPlace() {
        return "check records, the JSON Pointer to the list";
    }
}
