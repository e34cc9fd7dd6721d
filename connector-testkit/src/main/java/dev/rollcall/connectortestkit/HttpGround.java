package dev.rollcall.connectortestkit;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connectortestkit.ScriptedApplication.Reply;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An application on loopback to script, and how a connector is pointed at it. Not thread-safe: for one thread at a time. */
abstract class HttpGround extends UserListContract {
    ScriptedApplication application;

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

    /** {@return whether a request is for users, and not, say, for a token; true by default} */
    protected boolean asksForUsers(ApplicationRequest request) {
        return true;
    }

    @Override
    protected final Settings source(List<String> ids, Secret planted) {
        application.answers(request -> Reply.good(users(request, ids)));
        return settings(application.address(), planted);
    }

    @Override
    final boolean areSocketsOurs() {
        return false;
    }

    /** Starts an application. */
    @BeforeEach
    void start_an_application() {
        application = new ScriptedApplication();
    }

    /** Stops it. */
    @AfterEach
    void stop_the_application() {
        application.close();
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
        try (Connector connector = open(settings)) {
            return failureOf("a read that is not whole", () -> read(connector));
        }
    }

    Connector open() {
        return open(settings(application.address(), PLANTED));
    }

    PagesRead read() {
        try (Connector connector = open()) {
            return read(connector);
        }
    }
}
