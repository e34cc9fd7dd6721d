package dev.rollcall.rest.internal.joins;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a side list by key: as bytes in memory up to a size, in a file beyond it. Not thread-safe: for one thread
 * at a time. Close it, and the file is gone.
 */
final class SideList implements AutoCloseable {
    /** What a list may take of the memory before its rows go to a file; the keys stay in memory. */
    static final long MEMORY_BYTES = 16 << 20;

    private static final int BUFFER = 64 << 10;

    private final String name;
    private final long memoryBytes;
    private final Map<String, long[]> places = new HashMap<>();
    private final List<byte[]> kept = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long keptBytes;
    private @Nullable RowFile file;

    /**
     * A list without rows.
     *
     * @param name of the endpoint, for messages
     */
    SideList(String name, long memoryBytes) {
        this.name = name;
        this.memoryBytes = memoryBytes;
    }

    /**
     * Adds a row; several may have one key.
     *
     * @throws ConnectorException if there is no room for it
     */
    void add(String key, Value.Fields row) {
        byte[] bytes = ValueCodec.encode(row);
        long place;
        if (keptBytes + bytes.length <= memoryBytes) {
            kept.add(bytes);
            keptBytes += bytes.length;
            place = -kept.size();
        } else {
            place = spool(bytes);
        }
        long[] before = places.get(key);
        if (before == null) {
            places.put(key, new long[] {place});
        } else {
            long[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = place;
            places.put(key, more);
        }
    }

    /**
     * {@return the rows with a key, in their order}
     *
     * @throws ConnectorException if they cannot be read back
     */
    List<Value> rows(String key) {
        long[] found = places.get(key);
        if (found == null) {
            return List.of();
        }
        List<Value> rows = new ArrayList<>(found.length);
        for (long place : found) {
            rows.add(ValueCodec.decode(place < 0 ? kept.get((int) -place - 1) : readBack(place)));
        }
        return rows;
    }

    /** {@return how many bytes are in the file} */
    long spooledBytes() {
        return written() + buffer.position();
    }

    private long spool(byte[] bytes) {
        try {
            long place = spooledBytes();
            if (buffer.remaining() < 4 + bytes.length) {
                flush();
            }
            if (buffer.remaining() < 4 + bytes.length) {
                ByteBuffer large = ByteBuffer.allocate(4 + bytes.length);
                file().append(large.putInt(bytes.length).put(bytes).array(), large.position());
            } else {
                buffer.putInt(bytes.length).put(bytes);
            }
            return place;
        } catch (IOException e) {
            throw failed("cannot be put aside", e);
        }
    }

    private long written() {
        return file == null ? 0 : file.size();
    }

    private void flush() throws IOException {
        file().append(buffer.array(), buffer.position());
        buffer.clear();
    }

    private byte[] readBack(long place) {
        try {
            if (buffer.position() > 0) {
                flush();
            }
            int length = ByteBuffer.wrap(file().read(place, 4)).getInt();
            return file().read(place + 4, length);
        } catch (IOException e) {
            throw failed("cannot be read back", e);
        }
    }

    private RowFile file() throws IOException {
        RowFile present = file;
        if (present == null) {
            present = RowFile.create();
            file = present;
        }
        return present;
    }

    private ConnectorException failed(String what, IOException cause) {
        String message = name + ": a list of more than " + memoryBytes + " bytes " + what + " in a file";
        Problem problem = Problem.of("spool", "", message, "make room in the directory for temporary files");
        return new ConnectorException(FailureKind.LIMIT_EXCEEDED, problem, null, cause);
    }

    @Override
    public void close() {
        places.clear();
        kept.clear();
        RowFile spooled = file;
        if (spooled != null) {
            file = null;
            try {
                spooled.close();
            } catch (IOException e) {
                // It was a copy, and goes away with the process.
            }
        }
    }
}
