package dev.rollcall.rest.internal.decoding;

import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.settings.Pointer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of one response, one after another, and what stands around them. Not thread-safe: for one thread at a time. */
public interface RecordStream {
    /**
     * Reads the next record.
     *
     * @return null at the end, when all of the body was read
     * @throws AttemptFailed if the body is not what was agreed
     * @throws IOException if the transport fails
     */
    Value.@Nullable Fields next() throws AttemptFailed, IOException;

    /** {@return what stands at one of the pointers asked for; absent if nothing does; certain only at the end} */
    Value around(Pointer pointer);

    /**
     * Checks that a table names a column; other formats have none to check. To be called after the first record was read.
     *
     * @throws AttemptFailed if there is no such column
     */
    default void requireColumn(String name) throws AttemptFailed {}

    /** {@return what the response says about further pages; certain only at the end} */
    default Announcements announcements() {
        return new Announcements();
    }

    /**
     * {@return where the response reports an error as many applications do: empty for the object in the place of the list,
     * else the path beside the list; certain only at the end}
     */
    default Optional<String> error() {
        return Optional.empty();
    }

    /** {@return the records of a response that has none} */
    static RecordStream empty() {
        return new RecordStream() {
            @Override
            public Value.@Nullable Fields next() {
                return null;
            }

            @Override
            public Value around(Pointer pointer) {
                return Value.absent();
            }
        };
    }
}
