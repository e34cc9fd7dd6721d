/**
 * State in a database: the journal of runs, the keys ever seen, leases and normalised values in SQLite, in PostgreSQL, or in
 * a host's {@code DataSource}.
 *
 * <p>Begin with {@link dev.rollcall.state.jdbc.JdbcState}. The ports are in {@code dev.rollcall.provisioning}; nothing there
 * knows a database.
 */
@NullMarked
package dev.rollcall.state.jdbc;

import org.jspecify.annotations.NullMarked;
