package dev.rollcall.state.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Where connections to the database come from. Implementations are for one thread at a time: {@link StateDatabase} sees to it. */
interface DatabaseSource {
    /** Something that is done with a database. */
    @FunctionalInterface
    interface Step {
        /** Does it. */
        void run() throws SQLException, IOException;
    }

    /** The database as messages name it, without a password. */
    String place();

    /** Whether there is a database; reading what is not there finds nothing and must not create it. */
    boolean isThere();

    /** The connections; creates the database if its kind can be created. Called again after a failure. */
    DataSource connections() throws SQLException, IOException;

    /** The schema to create if it is missing; empty if the connections have one. */
    default Optional<String> schema() {
        return Optional.empty();
    }

    /** Prepares the tables while no other process does so, where the database itself does not see to that. */
    default void alone(Step step) throws SQLException, IOException {
        step.run();
    }

    /** Closes connections that this made. */
    default void close() {}
}
