package dev.rollcall.provisioning.source;

import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.Condition;
import dev.rollcall.provisioning.internal.source.RecordCondition;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source with what is asked of it. Immutable and thread-safe, if what it reads from is. */
final class AskedSource implements Source, SourceAccess {
    private final UserSource users;
    private final @Nullable RecordCondition scope;
    private final @Nullable RecordCondition active;
    private final UserQuery query;
    private final boolean delta;

    AskedSource(
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

    @Override
    public Source scope(Condition condition) {
        return new AskedSource(users, new RecordCondition(condition), active, query, delta);
    }

    @Override
    public Source active(Condition condition) {
        return new AskedSource(users, scope, new RecordCondition(condition), query, delta);
    }

    @Override
    public Source query(UserQuery newQuery) {
        return new AskedSource(users, scope, active, newQuery, delta);
    }

    @Override
    public Source delta() {
        return new AskedSource(users, scope, active, query, true);
    }

    @Override
    public PageIterator<UserRecord> fetchUsers(UserQuery asked) {
        return users.fetchUsers(asked);
    }

    @Override
    public Optional<RecordCondition> scope() {
        return Optional.ofNullable(scope);
    }

    @Override
    public Optional<RecordCondition> active() {
        return Optional.ofNullable(active);
    }

    @Override
    public UserQuery query() {
        return query;
    }

    @Override
    public boolean isDelta() {
        return delta;
    }

    @Override
    public String toString() {
        return query + (delta ? " (a delta)" : "");
    }
}
