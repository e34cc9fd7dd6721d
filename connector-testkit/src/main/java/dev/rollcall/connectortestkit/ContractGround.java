package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * What a connector's author brings, and ears for everything that is logged. Not thread-safe: for one thread at a time.
 */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
abstract class ContractGround {
    /** It changes in URLs and JSON, and may stand in a header. */
    static final Secret PLANTED = Secret.of("PLANTED/5up3r+53cr3t");

    private static final SecretSearch SEARCH = new SecretSearch(PLANTED);

    private LogCapture log;

    /** {@return the provider under test} */
    protected abstract ConnectorProvider provider();

    /** {@return what the connector is opened with; a subclass may lend threads here} */
    protected ConnectorContext context() {
        return ConnectorContext.defaults();
    }

    /** Prepares a source with these users, and returns settings for it, with {@link #PLANTED} as the credential. */
    abstract Settings prepared(List<String> ids);

    /** Begins to listen. */
    @BeforeEach
    void listen_to_all_that_is_logged() {
        log = LogCapture.open();
    }

    /** Looks for the secret in all that was printed and logged. */
    @AfterEach
    void find_no_secret_in_what_was_logged() {
        log.close();
        for (LogCapture.Line line : log.lines()) {
            assertNoSecret(line.where(), line.text());
        }
    }

    LogCapture log() {
        return log;
    }

    static void assertNoSecret(String where, String text) {
        assertThat(SEARCH.find(text))
                .as("%s: the credential of the settings must not be there", where)
                .isEmpty();
    }

    Connector open(Settings settings) {
        return provider().create(settings, context());
    }

    PagesRead read(Connector connector) {
        return read(connector, UserQuery.all());
    }

    PagesRead read(Connector connector, UserQuery query) {
        try (PageIterator<UserRecord> pages = connector.fetchUsers(query)) {
            return read(pages);
        }
    }

    PagesRead read(PageIterator<UserRecord> pages) {
        return PagesRead.of(pages, provider().descriptor().primaryKey().orElse("id"));
    }

    boolean can(Capability capability) {
        return provider().descriptor().capabilities().contains(capability);
    }

    static void assertUnsupported(String what, Runnable call) {
        assertThat(failureOf(what, call).kind()).as(what).isEqualTo(FailureKind.UNSUPPORTED);
    }

    /** {@return the failure in which a call must end} */
    static ConnectorException failureOf(String what, Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown).as("%s must end in a ConnectorException", what).isInstanceOf(ConnectorException.class);
        ConnectorException failure = (ConnectorException) thrown;
        assertThat(failure.problem().message()).as("the message of %s", failure).isNotBlank();
        assertNoSecret("the failure of " + what, LogCapture.trace(failure) + " " + failure.problem());
        return failure;
    }

    static List<String> ids(int count) {
        return new ArrayList<>(
                IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
    }
}
