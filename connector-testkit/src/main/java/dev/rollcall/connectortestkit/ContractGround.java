package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connectortestkit.ScriptedApplication.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * An application to script, a console to listen to, and what a connector's author brings. Not thread-safe: for one thread
 * at a time.
 */
abstract class ContractGround {
    static final Secret PLANTED = Secret.of("PLANTED-5up3r-53cr3t");

    ScriptedApplication application;
    private ByteArrayOutputStream console;
    private PrintStream realOut;
    private PrintStream realErr;

    /** {@return the provider under test} */
    protected abstract ConnectorProvider provider();

    /**
     * {@return settings that point at an application, with retries that do not wait where that can be set}
     *
     * @param application the origin of the scripted application
     * @param planted the credential to use wherever one is needed
     */
    protected abstract Settings settings(URI application, Secret planted);

    /** {@return the same settings with a timeout of two seconds and no second try; by default as they are} */
    protected Settings impatient(URI application, Secret planted) {
        return settings(application, planted);
    }

    /**
     * {@return what the application answers to one request when all is well, in pages of at most ten users}
     *
     * @param ids the primary keys of all users, in the application's order; numbers as text
     */
    protected abstract ApplicationAnswer users(ApplicationRequest request, List<String> ids);

    /** {@return what the connector is opened with; a subclass may lend threads here} */
    protected ConnectorContext context() {
        return ConnectorContext.defaults();
    }

    /** {@return whether a request is for users, and not, say, for a token; true by default} */
    protected boolean asksForUsers(ApplicationRequest request) {
        return true;
    }

    /** Starts an application and listens to the console. */
    @BeforeEach
    void start_an_application() {
        application = new ScriptedApplication();
        console = new ByteArrayOutputStream();
        realOut = System.out;
        realErr = System.err;
        PrintStream both = new PrintStream(console, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    /** Stops it, and looks for the secret in all that was printed. */
    @AfterEach
    void find_no_secret_in_what_was_logged() {
        System.setOut(realOut);
        System.setErr(realErr);
        application.close();
        assertThat(console.toString(StandardCharsets.UTF_8)).doesNotContain(PLANTED.reveal());
    }

    /** Lets the application answer well, with this many users. */
    void well(int count) {
        users(count, (request, good) -> Reply.good(good));
    }

    /** What becomes of a good answer. */
    @FunctionalInterface
    interface Spoiling {
        Reply reply(ApplicationRequest request, ApplicationAnswer good);
    }

    void users(int count, Spoiling spoiling) {
        List<String> ids = ids(count);
        application.answers(request -> {
            ApplicationAnswer good = users(request, ids);
            return asksForUsers(request) ? spoiling.reply(request, good) : Reply.good(good);
        });
    }

    ConnectorException failure() {
        return failure(settings(application.address(), PLANTED));
    }

    ConnectorException failure(Settings settings) {
        try (Connector connector = provider().create(settings, context())) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> fetch(connector));
            assertThat(failure)
                    .as("a read that is not whole must not end normally")
                    .isNotNull();
            assertThat(failure.problem().message()).isNotBlank();
            return failure;
        }
    }

    Connector open() {
        return provider().create(settings(application.address(), PLANTED), context());
    }

    List<String> fetch() {
        try (Connector connector = open()) {
            return fetch(connector);
        }
    }

    List<String> fetch(Connector connector) {
        return fetch(connector, UserQuery.all());
    }

    List<String> fetch(Connector connector, UserQuery query) {
        try (PageIterator<UserRecord> pages = connector.fetchUsers(query)) {
            return drain(pages);
        }
    }

    List<String> drain(PageIterator<UserRecord> pages) {
        String key = provider().descriptor().primaryKey().orElse("id");
        List<String> ids = new ArrayList<>();
        while (pages.hasNext()) {
            Page<UserRecord> page = pages.next();
            page.items().forEach(record -> ids.add(record.value(key).text().orElse("")));
        }
        return ids;
    }

    static List<String> ids(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }
}
