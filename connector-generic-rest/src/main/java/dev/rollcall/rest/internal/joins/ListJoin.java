package dev.rollcall.rest.internal.joins;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.rest.internal.endpoint.JoinRule;
import dev.rollcall.rest.internal.endpoint.RecordScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds the rows of a list, found by the primary key or by another column. Not thread-safe: for one thread at a time. */
final class ListJoin implements Join {
    private static final Logger logger = LoggerFactory.getLogger(ListJoin.class);

    private static final int MOST_READINGS = 3;
    private static final String CONTRADICTS_ITSELF = "contradictory-list";

    private final JoinRule rule;
    private final SideList rows;
    private final @Nullable ColumnPath primaryKey;
    private final Evaluation evaluation;

    private ListJoin(JoinRule rule, SideList rows, @Nullable ColumnPath primaryKey, Evaluation evaluation) {
        this.rule = rule;
        this.rows = rows;
        this.primaryKey = primaryKey;
        this.evaluation = evaluation;
    }

    /**
     * Reads the list. Where that fails, the column is unknown for everybody.
     *
     * @param pages reads the list, again while it contradicts itself
     * @throws ConnectorException if it fails and the list is required, or nobody wants it any more
     */
    static Join read(
            JoinRule rule,
            Supplier<PageIterator<UserRecord>> pages,
            @Nullable ColumnPath primaryKey,
            Evaluation evaluation,
            long memoryBytes) {
        String name = rule.endpoint().name();
        for (int reading = 1; ; reading++) {
            try {
                return readOnce(rule, pages.get(), primaryKey, evaluation, memoryBytes);
            } catch (ConnectorException e) {
                boolean again =
                        ListReading.isContradiction(e) || e.problem().code().equals(CONTRADICTS_ITSELF);
                if (again && reading < MOST_READINGS) {
                    continue;
                }
                if (rule.required() || e.kind() == FailureKind.CANCELLED) {
                    throw e;
                }
                logger.atWarn()
                        .addKeyValue("endpoint", name)
                        .addKeyValue("kind", e.kind())
                        .log("a side list could not be read, its columns are unknown");
                return Join.unknown(rule, e.problem().message());
            }
        }
    }

    private static ListJoin readOnce(
            JoinRule rule,
            PageIterator<UserRecord> list,
            @Nullable ColumnPath primaryKey,
            Evaluation evaluation,
            long memoryBytes) {
        String name = rule.endpoint().name();
        ColumnPath key = Objects.requireNonNull(rule.key(), "a list is joined by a key");
        SideList rows = new SideList(name, memoryBytes);
        ListReading reading = new ListReading();
        boolean read = false;
        long keyless = 0;
        try (list) {
            while (list.hasNext()) {
                Page<UserRecord> page = list.next();
                reading.page(page);
                for (UserRecord row : page.items()) {
                    Optional<String> text = row.value(key).text().filter(found -> !found.isBlank());
                    reading.record(text.orElse(null), row.fingerprint());
                    keyless += text.isEmpty() ? 1 : 0;
                    text.ifPresent(found -> rows.add(found, row.fields()));
                }
            }
            reading.end();
            if (!reading.doubts().isEmpty()) {
                Problem doubt = reading.doubts().get(0);
                throw new ConnectorException(
                        FailureKind.MALFORMED_RESPONSE,
                        Problem.of(CONTRADICTS_ITSELF, "", name + ": " + doubt.message(), doubt.remedy()));
            }
            read = true;
        } finally {
            if (!read) {
                rows.close();
            }
        }
        if (keyless > 0) {
            logger.atWarn()
                    .addKeyValue("endpoint", name)
                    .addKeyValue("rows", keyless)
                    .log("rows without a key belong to nobody");
        }
        return new ListJoin(rule, rows, primaryKey, evaluation);
    }

    @Override
    public List<UserRecord> add(List<UserRecord> records, String from) {
        List<UserRecord> added = new ArrayList<>(records.size());
        for (UserRecord record : records) {
            added.add(Join.with(rule, record, found(wanted(record))));
        }
        return added;
    }

    private Value wanted(UserRecord record) {
        if (rule.lookup() != null) {
            return rule.wanted(RecordScope.in(evaluation, record));
        }
        return primaryKey == null ? Value.absent() : record.value(primaryKey);
    }

    /** Several keys find several rows; what is not known finds nothing that is known. */
    private Value found(Value wanted) {
        if (wanted instanceof Value.Unknown || wanted instanceof Value.Null || wanted instanceof Value.Absent) {
            return wanted;
        }
        if (wanted instanceof Value.Items items) {
            List<Value> all = new ArrayList<>();
            for (Value item : items.items()) {
                item.text().ifPresent(key -> all.addAll(rows.rows(key)));
            }
            return Value.of(all);
        }
        Optional<String> key = wanted.text();
        if (key.isEmpty()) {
            return new Value.Unknown(rule.endpoint().name() + ": what is looked up is no single value");
        }
        List<Value> found = rows.rows(key.get());
        if (found.size() > 1 && !rule.many()) {
            return new Value.Unknown(rule.endpoint().name() + ": " + found.size() + " rows have the key " + key.get()
                    + "; if that is right, set many: true");
        }
        return rule.shaped(found);
    }

    @Override
    public void close() {
        rows.close();
    }
}
