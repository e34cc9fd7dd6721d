package dev.rollcall.connector;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One user as an application told it: columns by path. Immutable and thread-safe.
 *
 * <p>{@code toString} prints the names of the columns only, since their values are people's data.
 */
public final class UserRecord {
    private final Value.Fields fields;
    private final String origin;
    private final @Nullable String fault;

    private UserRecord(Value.Fields fields, String origin, @Nullable String fault) {
        this.fields = Objects.requireNonNull(fields, "fields");
        this.origin = Objects.requireNonNull(origin, "origin");
        this.fault = fault;
    }

    /** {@return a record with these columns} */
    public static UserRecord of(Value.Fields fields) {
        return new UserRecord(fields, "", null);
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
        return new UserRecord(fields, newOrigin, fault);
    }

    /** {@return where this record was read; empty if nobody said} */
    public String origin() {
        return origin;
    }

    /**
     * {@return this record, which must not be used, since a part of it that is required could not be read}
     *
     * <p>It keeps its key, so that its entry is left alone and not taken for missing.
     *
     * @param reason for the report
     */
    public UserRecord faulty(String reason) {
        return new UserRecord(fields, origin, Objects.requireNonNull(reason, "reason"));
    }

    /** {@return why this record must not be used; empty if it may} */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** {@return all columns} */
    public Value.Fields fields() {
        return fields;
    }

    /**
     * {@return a 64-bit hash of all columns, whatever the origin of the record; unlike {@link #hashCode} it practically never
     * collides for two different records}
     */
    public long fingerprint() {
        return Fingerprint.of(fields);
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
        return new UserRecord(fields.with(column, value), origin, fault);
    }

    /** Two records are equal if their columns and their faults are, wherever they were read. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserRecord that && fields.equals(that.fields) && Objects.equals(fault, that.fault);
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
