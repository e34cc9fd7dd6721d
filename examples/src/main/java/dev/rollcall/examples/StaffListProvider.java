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
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector of one's own in plain Java: users from a text file with a line of column names and one user per line,
 * separated by semicolons. It is found by the name of this class in {@code META-INF/services}, and a configuration says
 * {@code connector: staff-list} with the setting {@code path}.
 */
public final class StaffListProvider implements ConnectorProvider {
    private static final int PAGE = 500;

    /** For {@link java.util.ServiceLoader}. */
    public StaffListProvider() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return ConnectorDescriptor.builder("staff-list")
                .primaryKey("id")
                .setting(Setting.text("path").required().description("name the file"))
                .build();
    }

    @Override
    public Connector create(Settings settings, ConnectorContext context) {
        Path file = Path.of(settings.text("path"));
        return new Connector() {
            @Override
            public AuthorizationResult authorize(AuthorizationRequest request) {
                return AuthorizationResult.notNeeded();
            }

            @Override
            public PageIterator<UserRecord> fetchUsers(UserQuery query) {
                if (!query.isAll()) {
                    throw ConnectorException.unsupported("a staff list is read as a whole");
                }
                return PageIterator.of(token -> page(file, token));
            }

            @Override
            public void close() {}
        };
    }

    /** No state between pages, so that a page can be read again; the token is the line at which it begins. */
    private static Page<UserRecord> page(Path file, @Nullable String token) {
        try {
            List<String> lines = Files.readAllLines(file);
            String[] columns = lines.isEmpty() ? new String[0] : lines.get(0).split(";", -1);
            int from = token == null ? 1 : Integer.parseInt(token);
            int to = Math.min(from + PAGE, lines.size());
            List<UserRecord> users = new ArrayList<>();
            for (int i = from; i < to; i++) {
                String[] cells = lines.get(i).split(";", -1);
                Map<String, String> user = new LinkedHashMap<>();
                for (int c = 0; c < Math.min(columns.length, cells.length); c++) {
                    user.put(columns[c].strip(), cells[c].strip());
                }
                users.add(UserRecord.of(user).from("line " + (i + 1)));
            }
            return Page.of(users, to < lines.size() ? Integer.toString(to) : null);
        } catch (IOException e) {
            Problem problem = Problem.of("staff-list", "path", file + " cannot be read", "");
            throw new ConnectorException(FailureKind.UNAVAILABLE, problem, null, e);
        }
    }
}
