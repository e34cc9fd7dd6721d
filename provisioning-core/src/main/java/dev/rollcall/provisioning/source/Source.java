package dev.rollcall.provisioning.source;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.Condition;

/**
 * The users of one run: where they come from, which of them are meant, and which of those are active. Immutable and
 * thread-safe, if what it reads from is.
 *
 * <pre>{@code
 * Source.of(pipedrive).scope("record.department != 'Contractors'").active("record.active_flag")
 * }</pre>
 */
public sealed interface Source permits AskedSource {
    /** {@return the users of a connector, which stays the caller's to close} */
    static Source of(Connector connector) {
        return of(UserSource.of(connector));
    }

    /** {@return the users of any source} */
    static Source of(UserSource users) {
        return new AskedSource(users, null, null, UserQuery.all(), false);
    }

    /** {@return these users} */
    static Source of(Iterable<UserRecord> records) {
        return of(UserSource.of(records));
    }

    /**
     * This source, where only those for whom a condition holds should have an account.
     *
     * @throws dev.rollcall.connector.ConfigurationException if it is not a condition
     */
    default Source scope(String condition) {
        return scope(Condition.parse(condition));
    }

    /** This source, where only those for whom a condition holds should have an account. */
    Source scope(Condition condition);

    /**
     * This source, where the account of those for whom a condition does not hold is to be disabled.
     *
     * @throws dev.rollcall.connector.ConfigurationException if it is not a condition
     */
    default Source active(String condition) {
        return active(Condition.parse(condition));
    }

    /** This source, where the account of those for whom a condition does not hold is to be disabled. */
    Source active(Condition condition);

    /** {@return this source, asked for less than everybody; nobody is missing from such a read} */
    Source query(UserQuery newQuery);

    /** {@return this source, which lists changes only, even if it is asked for everybody} */
    Source delta();
}
