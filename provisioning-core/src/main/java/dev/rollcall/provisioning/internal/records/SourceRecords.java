package dev.rollcall.provisioning.internal.records;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.PageLimits;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.internal.source.RecordCodec;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import dev.rollcall.provisioning.internal.spool.KeyOrder;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.source.SourceReading;
import dev.rollcall.provisioning.source.UnknownColumn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one run, spooled as their pages came, and told in the order of their keys. In memory there is the key
 * of each. Not thread-safe: for one thread at a time.
 */
public final class SourceRecords implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(SourceRecords.class);

    /**
     * The proof that everybody was asked for and every page was read. Only this class makes one, at the end of such a
     * read, and whatever rests on somebody's absence asks for it. Immutable and thread-safe.
     */
    public static final class CompleteRead {
        private CompleteRead() {}
    }

    private final Spool spool;
    private final RecordCodec codec = new RecordCodec();
    private final List<String> keys = new ArrayList<>();
    private final List<String> keyless = new ArrayList<>();
    private final SortedMap<String, UnknownColumn> unknown = new TreeMap<>();
    private long[] positions = new long[64];
    private int records;
    private int[] order = new int[0];
    private @Nullable CompleteRead complete;
    private @Nullable String reason;
    private @Nullable String unreadKey;
    private @Nullable ConnectorException failure;

    private SourceRecords(long memory) {
        this.spool = new Spool(memory);
    }

    /**
     * Reads a source to its end. A page that cannot be read ends the reading, which is then not complete.
     *
     * @param selection who is wanted
     */
    public static SourceRecords read(SourceAccess source, KeyRule key, Selection selection, Clock clock, long memory) {
        SourceRecords read = new SourceRecords(memory);
        try {
            read.fetch(source, key, selection, clock);
            read.sort();
            return read;
        } catch (RuntimeException failed) {
            read.close();
            throw failed;
        }
    }

    private void fetch(SourceAccess source, KeyRule key, Selection selection, Clock clock) {
        try {
            if (!selection.isEverybody()) {
                reason = "only some keys were asked for";
                if (selection.keys().isEmpty() || fetchByKeys(source, key, selection, clock)) {
                    return;
                }
            }
            fetchPages(source, source.query(), key, selection, clock);
            if (!selection.isEverybody()) {
                return;
            } else if (source.isDelta()) {
                reason = "the source lists changes only";
            } else if (!source.query().isAll()) {
                reason = "not everybody was asked for";
            } else if (unreadKey != null) {
                reason = unreadKey;
            } else {
                complete = new CompleteRead();
            }
        } catch (ConnectorException failed) {
            if (failed.kind() == FailureKind.CANCELLED) {
                throw failed;
            }
            failure = failed;
            reason = failed.problem().toString();
            logger.atWarn().addKeyValue("records", records).log("the source could not be read whole");
        }
    }

    /** Whether the source can be asked for single users. */
    private boolean fetchByKeys(SourceAccess source, KeyRule key, Selection selection, Clock clock) {
        try {
            fetchPages(source, UserQuery.byKeys(selection.spelled()), key, selection, clock);
            return true;
        } catch (ConnectorException failed) {
            if (failed.kind() == FailureKind.UNSUPPORTED && records == 0) {
                return false;
            }
            throw failed;
        }
    }

    private void fetchPages(SourceAccess source, UserQuery query, KeyRule key, Selection selection, Clock clock) {
        try (PageIterator<UserRecord> pages =
                PageIterator.guarded(source.fetchUsers(query), PageLimits.defaults(), clock)) {
            while (pages.hasNext()) {
                for (UserRecord record : pages.next().items()) {
                    add(record, key, selection);
                }
            }
        }
    }

    private void add(UserRecord record, KeyRule rule, Selection selection) {
        Optional<String> key = rule.of(record);
        if (!selection.isEverybody() && (key.isEmpty() || !selection.includes(key.get()))) {
            return;
        }
        records++;
        if (key.isEmpty()) {
            keyless.add(record.origin());
            // Whose it is cannot be known: an entry that seems to be nobody's may be this person's.
            if (unreadKey == null && (rule.isUnknown(record) || record.fault().isPresent())) {
                unreadKey = "the key of a record could not be read" + at(record.origin());
            }
            return;
        }
        record.fields().asMap().forEach(this::noteUnknown);
        int number = keys.size();
        keys.add(key.get());
        if (number == positions.length) {
            positions = Arrays.copyOf(positions, number * 2);
        }
        positions[number] = spool.append(codec.encode(record));
    }

    private void noteUnknown(String column, Value value) {
        if (value instanceof Value.Unknown why) {
            UnknownColumn before = unknown.getOrDefault(column, new UnknownColumn(column, why.reason(), 0));
            unknown.put(column, new UnknownColumn(column, before.reason(), before.records() + 1));
        }
    }

    private static String at(String origin) {
        return origin.isEmpty() ? "" : " (" + origin + ")";
    }

    /** By key alone: which of two with the same key comes first does not matter, as neither is used. */
    private void sort() {
        Integer[] sorted = new Integer[keys.size()];
        Arrays.setAll(sorted, i -> i);
        Arrays.sort(sorted, (one, other) -> KeyOrder.INSTANCE.compare(keys.get(one), keys.get(other)));
        order = Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
        Collections.sort(keyless);
    }

    /** How many records were read, those without key included. */
    public int size() {
        return records;
    }

    /** Where the records without key were read. */
    public List<String> keyless() {
        return keyless;
    }

    /** Tells the number of every record with a key, in the order of the keys. */
    public void eachInOrder(IntConsumer each) {
        for (int number : order) {
            each.accept(number);
        }
    }

    /** The keys of all records that have one. */
    public List<String> keys() {
        return Collections.unmodifiableList(keys);
    }

    public String key(int number) {
        return keys.get(number);
    }

    public UserRecord record(int number) {
        return codec.decode(spool.read(positions[number]));
    }

    /** The number of a record with this key; negative if there is none. */
    public int find(String key) {
        int low = 0;
        int high = order.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = KeyOrder.INSTANCE.compare(keys.get(order[middle]), key);
            if (compared == 0) {
                return order[middle];
            } else if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The keys that several records have. */
    public Set<String> duplicates() {
        Set<String> duplicates = new HashSet<>();
        for (int i = 1; i < order.length; i++) {
            if (keys.get(order[i]).equals(keys.get(order[i - 1]))) {
                duplicates.add(keys.get(order[i]));
            }
        }
        return duplicates;
    }

    public Optional<CompleteRead> complete() {
        return Optional.ofNullable(complete);
    }

    /** Why the source could not be read to its end. */
    public Optional<ConnectorException> failure() {
        return Optional.ofNullable(failure);
    }

    public SourceReading reading() {
        String why = reason;
        SourceReading read = why == null
                ? SourceReading.whole(records)
                : failure != null ? SourceReading.cutShort(records, why) : SourceReading.part(records, why);
        return read.unknown(unknown.values());
    }

    @Override
    public void close() {
        spool.close();
    }
}
