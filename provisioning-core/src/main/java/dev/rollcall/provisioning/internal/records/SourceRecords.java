package dev.rollcall.provisioning.internal.records;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.internal.records.WholenessJudge.CompleteRead;
import dev.rollcall.provisioning.internal.source.RecordCodec;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import dev.rollcall.provisioning.internal.spool.KeyOrder;
import dev.rollcall.provisioning.internal.spool.NumberSort;
import dev.rollcall.provisioning.internal.spool.PackedTexts;
import dev.rollcall.provisioning.internal.spool.Positions;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.source.SourceReading;
import dev.rollcall.provisioning.source.UnknownColumn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one run, spooled as their pages came, and told in the order of their keys. In memory there is the key
 * of each. Not thread-safe: for one thread at a time.
 */
public final class SourceRecords implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(SourceRecords.class);
    private static final int MOST_COLUMNS = 20;

    private final SourceAccess source;
    private final KeyRule key;
    private final Selection selection;
    private final Set<String> columns;
    private final UnaryOperator<String> comparable;
    private final SpoolBudget memory;
    private final WholenessJudge<UserRecord> judge;
    private Spool spool;
    private final RecordCodec codec = new RecordCodec();
    private PackedTexts keys = new PackedTexts();
    private final List<String> keyless = new ArrayList<>();
    private final List<Long> keylessAt = new ArrayList<>();
    private final SortedMap<String, UnknownColumn> unknown = new TreeMap<>();
    private Positions positions = new Positions();
    private int records;
    private int[] order = new int[0];
    private final SortedSet<String> columnsSeen = new TreeSet<>();
    private boolean keyColumnSeen;
    private @Nullable CompleteRead complete;
    private @Nullable String reason;
    private @Nullable String unreadKey;
    private @Nullable ConnectorException failure;

    private SourceRecords(
            SourceAccess source,
            KeyRule key,
            Set<ColumnPath> columns,
            Selection selection,
            UnaryOperator<String> comparable,
            Clock clock,
            SpoolBudget memory) {
        this.comparable = comparable;
        this.source = source;
        this.key = key;
        this.selection = selection;
        this.columns = new HashSet<>(Set.of(key.column().column()));
        columns.forEach(column -> this.columns.add(column.column()));
        List.of(source.scope(), source.active())
                .forEach(condition -> condition.ifPresent(found -> this.columns.addAll(found.columns())));
        this.memory = memory;
        this.judge = new WholenessJudge<>(clock);
        this.spool = new Spool(memory);
    }

    /**
     * Reads a source to its end, again while it contradicts itself. A page that cannot be read ends the reading, which is
     * then not complete.
     *
     * @param columns that the mapping reads; a record without any of them is no user
     * @param selection who is wanted
     * @param comparable the form in which a key is compared with those of entries or accounts
     */
    public static SourceRecords read(
            SourceAccess source,
            KeyRule key,
            Set<ColumnPath> columns,
            Selection selection,
            UnaryOperator<String> comparable,
            Clock clock,
            SpoolBudget memory) {
        SourceRecords read = new SourceRecords(source, key, columns, selection, comparable, clock, memory);
        try {
            read.fetch();
            read.sort();
            return read;
        } catch (RuntimeException | Error failed) {
            read.close();
            throw failed;
        }
    }

    private void fetch() {
        try {
            if (!selection.isEverybody()) {
                reason = "only some keys were asked for";
                if (selection.keys().isEmpty() || fetchByKeys()) {
                    return;
                }
            }
            fetchPages(source.query());
            if (!selection.isEverybody()) {
                return;
            }
            if (unreadKey != null) {
                judge.withhold(unreadKey);
            }
            complete = judge.proof(source.query(), source.isDelta()).orElse(null);
            reason = judge.withheld().orElse(null);
        } catch (ConnectorException failed) {
            fail(failed);
        }
    }

    /** Notes that the source could not be read completely. */
    void fail(ConnectorException failed) {
        if (failed.kind() == FailureKind.CANCELLED) {
            throw failed;
        }
        failure = failed;
        complete = null;
        reason = failed.problem().toString();
        logger.atWarn().addKeyValue("records", records).log("the source could not be read whole");
    }

    /** Whether the source can be asked for single users. */
    private boolean fetchByKeys() {
        try {
            fetchPages(UserQuery.byKeys(selection.spelled()));
            return true;
        } catch (ConnectorException failed) {
            if (failed.kind() == FailureKind.UNSUPPORTED && records == 0) {
                return false;
            }
            throw failed;
        }
    }

    private void fetchPages(UserQuery query) {
        judge.read(() -> source.fetchUsers(query), new WholenessJudge.Taker<>() {
            @Override
            public void begin() {
                forget();
            }

            @Override
            public void take(Page<UserRecord> page, ListReading reading) {
                page.items().forEach(record -> add(record, reading));
            }

            @Override
            public void end(ListReading reading) {
                checkKeyColumn();
            }
        });
    }

    private void forget() {
        if (records > 0) {
            spool.close();
            spool = new Spool(memory);
        }
        records = 0;
        positions = new Positions();
        keys = new PackedTexts();
        keyless.clear();
        keylessAt.clear();
        unknown.clear();
        unreadKey = null;
        keyColumnSeen = false;
        columnsSeen.clear();
    }

    private void add(UserRecord record, ListReading reading) {
        Optional<String> found = key.of(record);
        byte[] encoded = codec.encode(record);
        reading.record(found.map(comparable).orElse(null), record.fingerprint());
        look(record, reading);
        if (!selection.isEverybody() && (found.isEmpty() || !selection.includes(found.get()))) {
            return;
        }
        records++;
        if (found.isEmpty()) {
            keyless.add(record.origin());
            keylessAt.add(spool.append(codec.encode(record)));
            // Whose it is cannot be known: an entry that seems to be nobody's may be this person's.
            if (unreadKey == null && (key.isUnknown(record) || record.fault().isPresent())) {
                unreadKey = "the key of a record could not be read" + at(record.origin());
            }
            return;
        }
        record.fields().asMap().forEach(this::noteUnknown);
        keys.add(found.get());
        positions.add(spool.append(encoded));
    }

    /** Whether this is a user at all: an application may put an error in the place of a record, or of the list. */
    private void look(UserRecord record, ListReading reading) {
        Map<String, Value> fields = record.fields().asMap();
        if (hasAny(fields)) {
            keyColumnSeen |= !(record.value(key.column()) instanceof Value.Absent);
        } else if (record.fault().isEmpty()) {
            reading.doubt(Problem.of(
                    "no-user",
                    "",
                    "a record" + at(record.origin()) + " has none of the columns that the mapping reads; it has "
                            + shown(fields.keySet()),
                    "check records; if the application reports errors like this, declare them under errors"));
        }
        if (!keyColumnSeen && columnsSeen.size() < MOST_COLUMNS) {
            columnsSeen.addAll(fields.keySet());
        }
    }

    private boolean hasAny(Map<String, Value> fields) {
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            if (columns.contains(field.getKey()) && !(field.getValue() instanceof Value.Null)) {
                return true;
            }
        }
        return false;
    }

    /** A table without the key column is not the list that was configured, however short it is. */
    private void checkKeyColumn() {
        if (!keyColumnSeen && !columnsSeen.isEmpty() && keys.size() == 0) {
            throw new ConnectorException(
                    FailureKind.MALFORMED_RESPONSE,
                    Problem.of(
                            "no-key-column",
                            "",
                            "no record has the key column '" + key.column() + "'; the columns are "
                                    + shown(columnsSeen),
                            "check primaryKey and mapping.key, records, and the separator of a CSV file"));
        }
    }

    private static String shown(Collection<String> names) {
        return names.isEmpty()
                ? "no columns"
                : names.stream()
                        .limit(MOST_COLUMNS)
                        .map(name -> "'" + (name.length() > 200 ? name.substring(0, 200) + "…" : name) + "'")
                        .collect(Collectors.joining(", "));
    }

    /**
     * Confirms who is missing.
     *
     * @param absent entries that no record has the key of
     * @param keysOf the normalized keys of an entry
     * @param isUser whether a record that is found by key is somebody who should have an account
     * @return those that are missing; empty with a {@link #failure} if that cannot be decided
     */
    public List<Integer> missing(
            CompleteRead proof,
            List<Integer> absent,
            Function<Integer, List<String>> keysOf,
            Predicate<UserRecord> isUser) {
        try {
            return judge.missing(
                    proof, absent, new AbsentUsers(source, key, comparable, keysOf, isUser, this::lastKey));
        } catch (ConnectorException failed) {
            fail(failed);
            return List.of();
        }
    }

    /** The key that came last: one that is not on the first page, which some applications give whatever they are asked. */
    private Optional<String> lastKey() {
        return keys.size() == 0 ? Optional.empty() : Optional.of(keys.get(keys.size() - 1));
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
        order = NumberSort.sorted(
                keys.size(), (one, other) -> KeyOrder.INSTANCE.compare(keys.get(one), keys.get(other)));
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

    /** Tells every record without key, in the order in which they were read. */
    public void eachKeyless(Consumer<UserRecord> each) {
        keylessAt.forEach(position -> each.accept(codec.decode(spool.read(position))));
    }

    /** Tells the number of every record with a key, in the order of the keys. */
    public void eachInOrder(IntConsumer each) {
        for (int number : order) {
            each.accept(number);
        }
    }

    /** The keys of all records that have one. */
    public List<String> keys() {
        return keys.list();
    }

    public String key(int number) {
        return keys.get(number);
    }

    public UserRecord record(int number) {
        return codec.decode(spool.read(positions.get(number)));
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
        String why = reason == null ? "" : reason;
        SourceReading read = complete != null
                ? SourceReading.whole(records)
                : failure != null ? SourceReading.cutShort(records, why) : SourceReading.part(records, why);
        return read.unknown(unknown.values()).readings(Math.max(1, judge.readings()), judge.reasons());
    }

    /** Gives the memory back as well: a plan, which lives on, can be reached from where these records were. */
    @Override
    public void close() {
        keys = new PackedTexts();
        positions = new Positions();
        order = new int[0];
        spool.close();
    }
}
