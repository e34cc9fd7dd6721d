package dev.rollcall.state.jdbc;

import dev.rollcall.provisioning.state.StateProvider;
import dev.rollcall.provisioning.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Opens SQLite in a folder, and PostgreSQL on a server, for a configuration file. Immutable and thread-safe. */
public final class JdbcStateProvider implements StateProvider {
    /** For {@link java.util.ServiceLoader}. */
    public JdbcStateProvider() {}

    @Override
    public StateStore inFolder(Path folder, Duration keep) {
        return JdbcState.sqlite(folder).keep(keep).build();
    }

    @Override
    public List<Path> files(Path folder) {
        return SqliteFolder.files(folder);
    }

    @Override
    public StateStore inDatabase(Database database, Duration keep) {
        SchemaMode mode = SchemaMode.of(database.migrate())
                .orElseThrow(() -> new IllegalArgumentException(
                        "migrate: must be migrate, validate or off; was '" + database.migrate() + "'"));
        return JdbcState.postgresql(database.url(), database.user(), database.password(), database.schema())
                .schemaMode(mode)
                .keep(keep)
                .build();
    }
}
