package dev.rollcall.provisioning.state;

import java.util.Collection;
import java.util.Set;

/**
 * The primary keys that a data source has ever shown in a complete read whose plan was applied, and those of people to whom a
 * run gave an account. An entry whose key is not among them is a
 * stranger, and no leaver. Keys are the form in which they are compared. Implementations are thread-safe, and fail with a
 * {@link dev.rollcall.connector.RollcallException} if they cannot be read or written.
 */
public interface SeenKeys {
    /** {@return whether nothing is known of a data source: no read of it was ever complete} */
    boolean isEmpty(String dataSource);

    /**
     * {@return those of these keys that the data source has shown}
     *
     * @param keys at most a thousand
     */
    Set<String> known(String dataSource, Collection<String> keys);

    /** Adds keys of a complete read, at most a thousand at a time; durable when this returns. */
    void add(String dataSource, Collection<String> keys);

    /** {@return keys that are forgotten with this program, for tests} */
    static SeenKeys memory() {
        return new MemorySeenKeys();
    }
}
