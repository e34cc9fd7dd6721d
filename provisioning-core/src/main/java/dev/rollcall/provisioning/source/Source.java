package dev.rollcall.provisioning.source;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.Condition;
import dev.rollcall.provisioning.internal.source.RecordCondition;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users of one run: where they come from, which of them are meant, and which of those are active. Immutable and
 * thread-safe, if what it reads from is.
 *
 * <pre>{@code
 * Source.of(pipedrive).scope("record.department != 'Contractors'").active("record.active_flag")
 * }</pre>
 */
public final class Source {
    private final UserSource users;
    private final @Nullable RecordCondition scope;
    private final @Nullable RecordCondition active;
    private final UserQuery query;
    private final boolean delta;

    private Source(
            UserSource users,
            @Nullable RecordCondition scope,
            @Nullable RecordCondition active,
            UserQuery query,
            boolean delta) {
        this.users = Objects.requireNonNull(users, "users");
        this.scope = scope;
        this.active = active;
        this.query = Objects.requireNonNull(query, "query");
        this.delta = delta;
    }

    /** {@return the users of a connector, which stays the caller's to close} */
    public static Source of(Connector connector) {
        return of(UserSource.of(connector));
    }

    /** {@return the users of any source} */
    public static Source of(UserSource users) {
        return new Source(users, null, null, UserQuery.all(), false);
    }

    /** {@return these users} */
    public static Source of(Iterable<UserRecord> records) {
        return of(UserSource.of(records));
    }

    /**
     * This source, where only those for whom a condition holds should have an account.
     *
     * @throws dev.rollcall.connector.ConfigurationException if it is not a condition
     */
    public Source scope(String condition) {
        return scope(Condition.parse(condition));
    }

    /** This source, where only those for whom a condition holds should have an account. */
    public Source scope(Condition condition) {
        return new Source(users, new RecordCondition(condition), active, query, delta);
    }

    /**
     * This source, where the account of those for whom a condition does not hold is to be disabled.
     *
     * @throws dev.rollcall.connector.ConfigurationException if it is not a condition
     */
    public Source active(String condition) {
        return active(Condition.parse(condition));
    }

    /** This source, where the account of those for whom a condition does not hold is to be disabled. */
    public Source active(Condition condition) {
        return new Source(users, scope, new RecordCondition(condition), query, delta);
    }

    /** {@return this source, asked for less than everybody; nobody is missing from such a read} */
    public Source query(UserQuery newQuery) {
        return new Source(users, scope, active, newQuery, delta);
    }

    /** {@return this source, which lists changes only, even if it is asked for everybody} */
    public Source delta() {
        return new Source(users, scope, active, query, true);
    }

    /** The same, with its users read in another way. */
    public Source users(UserSource others) {
        return new Source(others, scope, active, query, delta);
    }

    public UserSource users() {
        return users;
    }

    public Optional<RecordCondition> scope() {
        return Optional.ofNullable(scope);
    }

    public Optional<RecordCondition> active() {
        return Optional.ofNullable(active);
    }

    public UserQuery query() {
        return query;
    }

    public boolean isDelta() {
        return delta;
    }

    @Override
    public String toString() {
        return query + (delta ? " (a delta)" : "");
    }
}
