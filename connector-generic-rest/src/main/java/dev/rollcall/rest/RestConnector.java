package dev.rollcall.rest;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connector to an application with a REST API. Thread-safe. */
public final class RestConnector implements Connector {
    private final RestSettings settings;
    private final Exchange exchange;
    private final EndpointReader reader;
    private volatile boolean closed;

    private RestConnector(RestSettings settings, ConnectorContext context, HttpSettings http, Pause pause) {
        this.settings = settings;
        AuthorizationSettings authorization = settings.authorization();
        this.exchange = new Exchange(
                http.newClient(),
                authorization.authorizer(),
                settings.origins(),
                authorization.plainHttpAllowed(),
                settings.redactor(),
                pause,
                context.clock(),
                context.seed());
        this.reader = new EndpointReader(exchange, context);
    }

    /**
     * {@return a connector}
     *
     * @throws dev.rollcall.connector.ConfigurationException if something is wrong with the settings
     */
    public static RestConnector of(RestSettings settings, ConnectorContext context) {
        return of(settings, context, settings.http());
    }

    /**
     * {@return a connector that connects in its own way}
     *
     * @throws dev.rollcall.connector.ConfigurationException if something is wrong with the settings
     */
    public static RestConnector of(RestSettings settings, ConnectorContext context, HttpSettings http) {
        return of(settings, context, http, Pause.real());
    }

    static RestConnector of(RestSettings settings, ConnectorContext context, HttpSettings http, Pause pause) {
        Objects.requireNonNull(context, "context");
        return new RestConnector(settings.orThrow(), context, http, pause);
    }

    @Override
    public AuthorizationResult authorize(AuthorizationRequest request) {
        return settings.authorization().authorizer().hasCredentials()
                ? AuthorizationResult.granted()
                : AuthorizationResult.notNeeded();
    }

    @Override
    public PageIterator<UserRecord> fetchUsers(UserQuery query) {
        if (closed) {
            throw Exchange.closed("users");
        }
        EndpointDefinition main = settings.endpoints().get(0);
        @Nullable ColumnPath key = settings.primaryKey().orElse(null);
        if (!query.keys().isEmpty()) {
            EndpointDefinition one = main.one();
            if (one == null) {
                throw ConnectorException.unsupported("the endpoint '" + main.name() + "' says no call for one user");
            }
            return new OneByOne(query.keys(), wanted -> reader.all(one, evaluation(Value.of(wanted), null)));
        }
        if (query.changedSince().isPresent()) {
            if (!settings.isDelta()) {
                throw ConnectorException.unsupported("the source is a full one, it cannot tell changes");
            }
            String since =
                    DateTimeFormatter.ISO_INSTANT.format(query.changedSince().get());
            return reader.pages(main, key, evaluation(null, Value.of(since)));
        }
        return reader.pages(main, key, evaluation(null, null));
    }

    private Evaluation evaluation(@Nullable Value key, @Nullable Value lastSuccess) {
        Map<String, Value.Fields> names = new LinkedHashMap<>();
        names.put("settings", settings.own());
        if (key != null) {
            names.put("", Value.of(Map.of("key", key)));
        }
        if (lastSuccess != null) {
            names.put("run", Value.of(Map.of("lastSuccess", lastSuccess)));
        }
        return Evaluation.of(Scope.of(names));
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "RestConnector to " + settings.origins();
    }
}
