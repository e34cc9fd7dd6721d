package dev.rollcall.provisioning.internal.state;

import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.state.SeenKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that a read showed, kept until its plan is carried out: a plan that is only looked at, of a wrong source perhaps, must
 * not make anybody known. Not thread-safe: for one thread at a time.
 */
public final class ShownKeys implements AutoCloseable {
    private static final int BATCH = 1_000;

    private final Spool keys;

    private ShownKeys(Spool keys) {
        this.keys = keys;
    }

    public static ShownKeys of(Collection<String> shown, SpoolBudget memory) {
        Spool keys = new Spool(memory);
        shown.forEach(key -> keys.append(key.getBytes(StandardCharsets.UTF_16BE)));
        return new ShownKeys(keys);
    }

    /** None, of a plan without a complete read. */
    public static ShownKeys none() {
        return new ShownKeys(new Spool(new SpoolBudget(0)));
    }

    /** Adds these, and others, to those that a data source has ever shown. */
    public void addTo(SeenKeys seen, String dataSource, Stream<String> others) {
        Stream<String> shown = keys.items().map(bytes -> new String(bytes, StandardCharsets.UTF_16BE));
        try (Stream<String> all = Stream.concat(shown, others)) {
            List<String> batch = new ArrayList<>(BATCH);
            for (Iterator<String> each = all.iterator(); each.hasNext(); ) {
                batch.add(each.next());
                if (batch.size() == BATCH) {
                    seen.add(dataSource, batch);
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                seen.add(dataSource, batch);
            }
        }
    }

    @Override
    public void close() {
        keys.close();
    }
}
