package dev.rollcall.provisioning.internal.source;

import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.util.Optional;

/** What a run asks of its source. Implementations are thread-safe. */
public interface SourceAccess {
    /** Fetches users, page by page. */
    PageIterator<UserRecord> fetchUsers(UserQuery query);

    /** What is to be asked for. */
    UserQuery query();

    /** Whether it lists changes only, even if it is asked for everybody. */
    boolean isDelta();

    /** Who should have an account; everybody, if it does not say. */
    Optional<RecordCondition> scope();

    /** Whose account is not to be disabled; nobody's, if it does not say. */
    Optional<RecordCondition> active();
}
