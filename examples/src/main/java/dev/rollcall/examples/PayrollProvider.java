package dev.rollcall.examples;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector in plain Java: the employees of a payroll database, by JDBC. The database's driver goes onto the class
 * path. Thread-safe.
 */
public final class PayrollProvider implements ConnectorProvider {
    private static final int PAGE = 500;

    /** For {@link java.util.ServiceLoader}. */
    public PayrollProvider() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return ConnectorDescriptor.builder("payroll")
                .primaryKey("id")
                .active("record.left_on is null")
                .setting(Setting.text("url").required().description("the JDBC address, such as jdbc:h2:./payroll"))
                .setting(Setting.text("user").required().description("the account that may read"))
                .setting(Setting.secret("password").required().description("refer to it: ${env.PAYROLL_PASSWORD}"))
                .build();
    }

    @Override
    public Connector create(Settings settings, ConnectorContext context) {
        String url = settings.text("url");
        String user = settings.text("user");
        Secret password = settings.secret("password");
        return new Connector() {
            private volatile boolean closed;

            @Override
            public AuthorizationResult authorize(AuthorizationRequest request) {
                return AuthorizationResult.notNeeded();
            }

            @Override
            public PageIterator<UserRecord> fetchUsers(UserQuery query) {
                if (!query.isAll()) {
                    throw ConnectorException.unsupported("the payroll is read as a whole");
                }
                return PageIterator.of(last -> {
                    if (closed) {
                        throw new IllegalStateException("the connector is closed");
                    }
                    return page(url, user, password, last);
                });
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    /** A page begins after the last id of the one before, so that it can be read again and nobody is passed over. */
    private static Page<UserRecord> page(String url, String user, Secret password, @Nullable String last) {
        String sql = "select * from employees where id > ? order by id fetch first " + PAGE + " rows only";
        try (var connection = DriverManager.getConnection(url, user, password.reveal());
                var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, last == null ? Long.MIN_VALUE : Long.parseLong(last));
            List<UserRecord> users = new ArrayList<>();
            String end = "";
            try (var rows = statement.executeQuery()) {
                var columns = rows.getMetaData();
                while (rows.next()) {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), rows.getObject(i));
                    }
                    users.add(UserRecord.of(row));
                    end = rows.getString("id");
                }
            }
            return users.size() == PAGE ? Page.upTo(users, end) : Page.last(users);
        } catch (SQLException e) {
            // The driver's own message may hold the address, and that a password.
            String message = "the payroll cannot be read, SQL state " + e.getSQLState();
            throw new ConnectorException(FailureKind.UNAVAILABLE, Problem.of("payroll", "", message, ""));
        }
    }
}
