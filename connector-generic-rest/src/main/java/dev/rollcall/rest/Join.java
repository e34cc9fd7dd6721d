package dev.rollcall.rest;

import dev.rollcall.connector.Value;
import java.util.Arrays;

/**
 * What an endpoint after the first adds to the records. Immutable and thread-safe.
 *
 * <pre>{@code
 * Join.list(roles).key("id").lookup("record.role_id").as("role")
 * Join.perUser(details).as("details")
 * }</pre>
 */
public final class Join {
    private final Value.Fields keys;
    private final boolean calls;

    private Join(Value.Fields keys, boolean calls) {
        this.keys = keys;
        this.calls = calls;
    }

    /** {@return a list whose rows are found by a column} */
    public static Join list(Endpoint endpoint) {
        return new Join(endpoint.keys(), false);
    }

    /** {@return one call for each user of the first endpoint; <code>${record.NAME}</code> are the user's columns} */
    public static Join perUser(Endpoint endpoint) {
        return new Join(endpoint.keys(), true);
    }

    /** {@return one call for each user of these endpoints} */
    public static Join perUser(Endpoint endpoint, String... lists) {
        return new Join(
                endpoint.keys()
                        .with(
                                "for",
                                Value.of(Arrays.stream(lists).map(Value::of).toList())),
                false);
    }

    /** {@return a list of more users} */
    public static Join union(Endpoint endpoint) {
        return new Join(endpoint.keys().with("union", Value.of(true)), false);
    }

    /** {@return this join by a column of its rows; the primary key by default} */
    public Join key(String column) {
        return with("key", Value.of(column));
    }

    /** {@return this join by the value of a condition or format on the record; its primary key by default} */
    public Join lookup(String expression) {
        return with("lookup", Value.of(expression));
    }

    /** {@return this join with the column where the row goes; the endpoint's name by default} */
    public Join as(String column) {
        return with("as", Value.of(column));
    }

    /** {@return this join, without whose row a record must not be used} */
    public Join required() {
        return with("required", Value.of(true));
    }

    /** {@return this join, of which a record may have several rows: the column is always a list} */
    public Join many() {
        return with("many", Value.of(true));
    }

    /** {@return this join with the number of calls at the same time; 4 by default} */
    public Join concurrency(int callsAtOnce) {
        return with("concurrency", Value.of(callsAtOnce));
    }

    private Join with(String key, Value value) {
        return new Join(keys.with(key, value), calls);
    }

    /** {@return the endpoint's block, called for the users of {@code first} unless it names others} */
    Value.Fields keys(String first) {
        return calls ? keys.with("for", Value.of(first)) : keys;
    }

    @Override
    public String toString() {
        return "Join of " + keys.get("name").text().orElse("");
    }
}
