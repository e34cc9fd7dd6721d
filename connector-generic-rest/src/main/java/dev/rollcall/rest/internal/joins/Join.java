package dev.rollcall.rest.internal.joins;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.endpoint.JoinRule;
import java.util.ArrayList;
import java.util.List;

/** Adds one column to the records of a page, in their order. Not thread-safe: for one thread at a time. Close it. */
interface Join extends AutoCloseable {
    /**
     * {@return the records with the column}
     *
     * @param from the endpoint that told of these persons
     */
    List<UserRecord> add(List<UserRecord> records, String from);

    @Override
    void close();

    /** {@return a join for a list that could not be read: nobody knows what is in the column} */
    static Join unknown(JoinRule rule, String reason) {
        Value unknown = new Value.Unknown(reason);
        return new Join() {
            @Override
            public List<UserRecord> add(List<UserRecord> records, String from) {
                List<UserRecord> added = new ArrayList<>(records.size());
                records.forEach(record -> added.add(record.with(rule.column(), unknown)));
                return added;
            }

            @Override
            public void close() {}
        };
    }

    /** {@return the record with the column, unusable if the rule demands what is not there} */
    static UserRecord with(JoinRule rule, UserRecord record, Value value) {
        UserRecord added = record.with(rule.column(), value);
        if (!rule.required() || added.fault().isPresent()) {
            return added;
        }
        if (value instanceof Value.Unknown unknown) {
            return added.faulty(unknown.reason());
        } else if (value instanceof Value.Absent) {
            return added.faulty(rule.endpoint().name() + ": required, but there is nothing for this record");
        }
        return added;
    }
}
