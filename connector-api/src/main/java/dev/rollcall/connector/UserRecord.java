package dev.rollcall.connector;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One user as an application told it: columns by path. Immutable and thread-safe.
 *
 * <p>{@code toString} prints the names of the columns only, since their values are people's data.
 */
public final class UserRecord {
    private final Value.Fields fields;
    private final String origin;

    private UserRecord(Value.Fields fields, String origin) {
        this.fields = Objects.requireNonNull(fields, "fields");
        this.origin = Objects.requireNonNull(origin, "origin");
    }

    /** {@return a record with these columns} */
    public static UserRecord of(Value.Fields fields) {
        return new UserRecord(fields, "");
    }

    /**
     * A record from plain Java values.
     *
     * @param columns as {@link Value#from} takes them
     */
    public static UserRecord of(Map<String, ?> columns) {
        return of((Value.Fields) Value.from(columns));
    }

    /** {@return this record, with where it was read, such as {@code users page 3}, for explanations} */
    public UserRecord from(String newOrigin) {
        return new UserRecord(fields, newOrigin);
    }

    /** {@return where this record was read; empty if nobody said} */
    public String origin() {
        return origin;
    }

    /** {@return all columns} */
    public Value.Fields fields() {
        return fields;
    }

    /** {@return the value at a path; {@link Value#absent()} if there is none} */
    public Value value(ColumnPath path) {
        return path.in(fields);
    }

    /**
     * Reads the value at a path.
     *
     * @throws IllegalArgumentException if {@code path} is not one
     */
    public Value value(String path) {
        return value(ColumnPath.parse(path));
    }

    /** {@return a copy in which one top-level column has another value} */
    public UserRecord with(String column, Value value) {
        return new UserRecord(fields.with(column, value), origin);
    }

    /** Two records are equal if their columns are, wherever they were read. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserRecord that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return "UserRecord" + fields.asMap().keySet();
    }
}
