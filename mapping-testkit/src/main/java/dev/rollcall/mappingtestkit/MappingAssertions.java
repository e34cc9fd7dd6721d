package dev.rollcall.mappingtestkit;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where tests of mappings begin; meant to be imported statically, beside AssertJ's own assertions. Thread-safe.
 */
public final class MappingAssertions {
    private MappingAssertions() {}

    /** {@return assertions about a mapping, on a fixed day, with a fixed seed and with every name free} */
    public static MappingAssert assertThat(Mapping mapping) {
        return new MappingAssert(mapping, Situation.fixed());
    }

    /**
     * A record from JSON, in which texts may stand in single quotes: {@code json("{'id': 8, 'name': 'Ada'}")}.
     *
     * @throws IllegalArgumentException if it is no JSON object, with line and column
     */
    public static UserRecord json(String text) {
        return record(JsonText.parse(text), "the text");
    }

    /**
     * A record from a file that holds one JSON object.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static UserRecord recordIn(Path file) {
        return record(parse(file), file.toString());
    }

    /**
     * The records of a file that holds a JSON array of objects.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static List<UserRecord> recordsIn(Path file) {
        Value value = parse(file);
        if (!(value instanceof Value.Items items)) {
            throw new IllegalArgumentException(file + " holds no array");
        }
        List<UserRecord> records = new ArrayList<>();
        for (Value item : items.items()) {
            records.add(record(item, file + ", item " + records.size()));
        }
        return List.copyOf(records);
    }

    private static Value parse(Path file) {
        try {
            return JsonText.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.toAbsolutePath(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static UserRecord record(Value value, String where) {
        if (!(value instanceof Value.Fields fields)) {
            throw new IllegalArgumentException(where + " is no JSON object");
        }
        return UserRecord.of(fields);
    }
}
