package dev.rollcall.state.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A schema of a PostgreSQL database. Not thread-safe: for one thread at a time. */
final class PostgresqlServer implements DatabaseSource {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final int CONNECTIONS = 4;
    private static final long CONNECT_MILLIS = 10_000;

    private final String url;
    private final String user;
    private final Secret password;
    private final String schema;
    private @Nullable HikariDataSource pool;

    PostgresqlServer(String url, String user, Secret password, String schema) {
        this.url = checked(url);
        this.user = Objects.requireNonNull(user, "user");
        this.password = Objects.requireNonNull(password, "password");
        this.schema = Objects.requireNonNull(schema, "schema");
        if (schema.isBlank()) {
            throw problem("schema", "must be the name of a schema; was empty", "leave it out for rollcall");
        }
    }

    /** A password in a URL ends up in log lines and messages. */
    private static String checked(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith(PREFIX)) {
            String given = lower.startsWith("jdbc:") || lower.contains("@") ? "" : "; was '" + withoutQuery(url) + "'";
            throw problem(
                    "url",
                    "must be the JDBC URL of a PostgreSQL database" + given,
                    "write jdbc:postgresql://HOST:5432/DATABASE, or use state.folder for SQLite");
        }
        if (lower.contains("password=") || withoutQuery(url).contains("@")) {
            throw problem("url", "contains a user or password", "set user and password beside it");
        }
        return url;
    }

    private static ConfigurationException problem(String key, String message, String remedy) {
        return new ConfigurationException(
                List.of(Problem.of("bad-database", "state.database." + key, message, remedy)));
    }

    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    @Override
    public String place() {
        return withoutQuery(url) + " (schema " + schema + ", user " + user + ")";
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public DataSource connections() {
        if (pool != null) {
            return pool;
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("rollcall-state");
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password.reveal());
        config.setSchema(schema);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.addDataSourceProperty("ApplicationName", "rollcall");
        config.addDataSourceProperty("connectTimeout", "10");
        config.addDataSourceProperty("socketTimeout", "300");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        // Else messages quote whole rows, with the values of people.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        pool = new HikariDataSource(config);
        return pool;
    }

    @Override
    public Optional<String> schema() {
        return Optional.of(schema);
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }
}
