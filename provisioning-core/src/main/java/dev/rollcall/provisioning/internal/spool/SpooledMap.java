package dev.rollcall.provisioning.internal.spool;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts by text, in a spool; in memory there are some thirty bytes for each. The last value that was put counts. Not
 * thread-safe: for one thread at a time.
 */
public final class SpooledMap implements AutoCloseable {
    private final Spool spool;
    private final HashIndex index = new HashIndex();
    private final Positions positions = new Positions();

    public SpooledMap(SpoolBudget memory) {
        this.spool = new Spool(memory);
    }

    public void put(String key, String value) {
        set(key, value);
    }

    public void remove(String key) {
        if (contains(key)) {
            set(key, null);
        }
    }

    public Optional<String> get(String key) {
        String[] value = new String[1];
        index.each(key, number -> {
            ItemReader item = new ItemReader(spool.read(positions.get(number)));
            if (item.text().equals(key)) {
                value[0] = item.textOrNull();
            }
        });
        return Optional.ofNullable(value[0]);
    }

    public boolean contains(String key) {
        return get(key).isPresent();
    }

    /** Whether nothing was ever put. */
    public boolean isEmpty() {
        return positions.size() == 0;
    }

    private void set(String key, @Nullable String value) {
        index.put(key, positions.size());
        positions.add(spool.append(new ItemWriter().text(key).text(value).item()));
    }

    @Override
    public void close() {
        spool.close();
    }
}
