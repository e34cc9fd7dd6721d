package dev.rollcall.state.jdbc;

import java.util.Objects;
import javax.sql.DataSource;

/** A host's own connections, taken as they are and left open. Immutable and thread-safe. */
final class HostDataSource implements DatabaseSource {
    private final DataSource given;

    HostDataSource(DataSource given) {
        this.given = Objects.requireNonNull(given, "dataSource");
    }

    @Override
    public String place() {
        return "the application's DataSource";
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public DataSource connections() {
        return given;
    }
}
