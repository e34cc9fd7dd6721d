package dev.rollcall.connectortestkit;

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
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A connector without HTTP: a file with one id a line, opened with a password that it does not need. */
public class FileProvider implements ConnectorProvider {
    static final int PAGE = 10;

    @Override
    public ConnectorDescriptor descriptor() {
        return ConnectorDescriptor.builder("id-file")
                .primaryKey("id")
                .setting(Setting.text("file").required())
                .setting(Setting.secret("password").required())
                .build();
    }

    @Override
    public Connector create(Settings settings, ConnectorContext context) {
        return new FileConnector(Path.of(settings.text("file")));
    }

    /** The connector; its parts can be broken one by one. */
    static class FileConnector implements Connector {
        private final Path file;
        private volatile boolean closed;

        FileConnector(Path file) {
            this.file = file;
        }

        @Override
        public AuthorizationResult authorize(AuthorizationRequest request) {
            return AuthorizationResult.notNeeded();
        }

        @Override
        public PageIterator<UserRecord> fetchUsers(UserQuery query) {
            if (!query.isAll()) {
                throw ConnectorException.unsupported("the file is read as a whole");
            }
            return PageIterator.of(this::page);
        }

        Page<UserRecord> page(@Nullable String token) {
            if (closed) {
                throw new IllegalStateException("the connector is closed");
            }
            int from = token == null ? 0 : Integer.parseInt(token);
            List<String> ids = lines(from);
            return ids.size() > PAGE
                    ? Page.upTo(records(ids.subList(0, PAGE)), Integer.toString(from + PAGE))
                    : Page.last(records(ids));
        }

        /** One more than a page has, to see whether there is another one. */
        List<String> lines(int from) {
            try (Stream<String> lines = Files.lines(file)) {
                return lines.skip(from).limit(PAGE + 1L).toList();
            } catch (ClosedByInterruptException e) {
                throw new ConnectorException(
                        FailureKind.CANCELLED, Problem.of("interrupted", "", "the read was interrupted", ""));
            } catch (IOException e) {
                throw new ConnectorException(
                        FailureKind.UNAVAILABLE, Problem.of("file", "", "the file " + file + " cannot be read", ""));
            }
        }

        static List<UserRecord> records(List<String> ids) {
            return ids.stream().map(id -> UserRecord.of(Map.of("id", id))).toList();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
