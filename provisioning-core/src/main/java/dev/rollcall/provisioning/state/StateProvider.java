package dev.rollcall.provisioning.state;

import dev.rollcall.connector.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Opens state in a database for a configuration file, which names no database module itself. It is found by {@link
 * java.util.ServiceLoader}; {@code rollcall-state-jdbc} has one. Implementations are thread-safe.
 *
 * <p>Nothing is opened or created by a call: a store opens its database when it is first used. A store that is {@link
 * AutoCloseable} should be closed by the host when it is no longer needed.
 */
public interface StateProvider {
    /**
     * A database on a server.
     *
     * @param url the JDBC URL, without user and password
     * @param user the user
     * @param password the user's password; empty for none
     * @param schema the schema of the tables
     * @param migrate what to do about missing or older tables: {@code migrate}, {@code validate} or {@code off}
     */
    record Database(String url, String user, Secret password, String schema, String migrate) {
        /** All are required. */
        public Database {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(migrate, "migrate");
        }
    }

    /**
     * {@return state in an embedded database}
     *
     * @param folder the folder of its files, which is created when there is something to keep
     * @param keep how long ended runs are kept
     */
    StateStore inFolder(Path folder, Duration keep);

    /** {@return the files that may be in such a folder, which nothing else may overwrite} */
    List<Path> files(Path folder);

    /**
     * {@return state in a database on a server}
     *
     * @param keep how long ended runs are kept
     * @throws dev.rollcall.connector.ConfigurationException if it cannot be such a database, with paths under {@code
     *     state.database}
     */
    StateStore inDatabase(Database database, Duration keep);
}
