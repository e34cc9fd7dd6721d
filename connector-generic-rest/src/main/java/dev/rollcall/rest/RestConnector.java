package dev.rollcall.rest;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.PageLimits;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import dev.rollcall.rest.internal.endpoint.EndpointDefinition;
import dev.rollcall.rest.internal.endpoint.EndpointFetcher;
import dev.rollcall.rest.internal.endpoint.OneByOne;
import dev.rollcall.rest.internal.endpoint.RecordScope;
import dev.rollcall.rest.internal.http.Authorizer;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.Exchange;
import dev.rollcall.rest.internal.http.FileTransport;
import dev.rollcall.rest.internal.http.HttpTransport;
import dev.rollcall.rest.internal.http.JdkTransport;
import dev.rollcall.rest.internal.http.Pause;
import dev.rollcall.rest.internal.http.Redactor;
import dev.rollcall.rest.internal.http.RequestPolicy;
import dev.rollcall.rest.internal.joins.Joins;
import dev.rollcall.rest.internal.preview.Previewer;
import dev.rollcall.rest.internal.settings.SecretValues;
import dev.rollcall.rest.internal.webhook.WebhookSender;
import dev.rollcall.rest.preview.RestPreview;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connector to an application with a REST API. Thread-safe.
 *
 * <pre>{@code
 * RestConnector.builder()
 *         .baseUrl(URI.create("https://api.example.com/v1"))
 *         .authorization(Authorization.bearer(token))
 *         .endpoint(Endpoint.get("users", "${settings.baseUrl}/users").records("/data").paging(Paging.link()).build())
 *         .build()
 * }</pre>
 */
public final class RestConnector implements Connector {
    /** Every list has limits of its own, within. */
    private static final PageLimits UNLIMITED = new PageLimits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(3650));

    private final RestSettings settings;
    private final Authorizer authorizer;
    private final Redactor redactor;
    private final Exchange exchange;
    private final EndpointFetcher reader;
    private final ConnectorContext context;
    private volatile boolean closed;

    private RestConnector(RestSettings settings, ConnectorContext context, HttpTransport transport, Pause pause) {
        this.settings = settings;
        AuthorizationSettings authorization = settings.authorization();
        this.redactor = settings.redactor();
        this.authorizer = authorization.connect(transport, context, redactor);
        this.exchange = new Exchange(
                transport,
                authorizer,
                settings.origins(),
                authorization.plainHttpAllowed(),
                redactor,
                pause,
                context.clock(),
                context.seed());
        this.context = context;
        this.reader = new EndpointFetcher(exchange, context);
    }

    /** {@return a builder of a connector in code} */
    public static RestConnectorBuilder builder() {
        return new RestConnectorBuilder();
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
        return of(settings.orThrow(), context, new FileTransport(JdkTransport.of(http::newClient, context)), pause);
    }

    /** {@return a connector whose calls go through a transport of a test} */
    static RestConnector of(RestSettings settings, ConnectorContext context, HttpTransport transport, Pause pause) {
        return new RestConnector(settings.orThrow(), context, transport, pause);
    }

    /** Single calls with what the first endpoint says of them. */
    RestClient client() {
        return RestClient.of(exchange, authorizer, main());
    }

    @Override
    public AuthorizationResult authorize(AuthorizationRequest request) {
        return authorizer.grant(request);
    }

    @Override
    public PageIterator<UserRecord> fetchUsers(UserQuery query) {
        if (closed) {
            throw Exchange.closed("users");
        }
        if (!query.keys().isEmpty()) {
            return byKeys(query.keys());
        }
        if (query.changedSince().isPresent()) {
            if (!settings.isDelta()) {
                throw ConnectorException.unsupported("the source is a full one, it cannot tell changes");
            }
            String since =
                    DateTimeFormatter.ISO_INSTANT.format(query.changedSince().get());
            return pages(evaluation(null, Value.of(since)), query);
        }
        return pages(evaluation(null, null), query);
    }

    private PageIterator<UserRecord> byKeys(List<String> keys) {
        for (EndpointDefinition persons : settings.joins().persons(main())) {
            if (persons.one() == null) {
                throw ConnectorException.unsupported("the endpoint '" + persons.name() + "' says no call for one user");
            }
        }
        return joined(
                settings.joins(),
                persons -> {
                    EndpointDefinition one = Objects.requireNonNull(persons.one());
                    return new OneByOne(
                            keys, wanted -> wanted(reader.all(one, evaluation(Value.of(wanted), null)), wanted));
                },
                evaluation(null, null));
    }

    /** A search may find others too, by a part of what was asked for. */
    private List<UserRecord> wanted(List<UserRecord> found, String key) {
        Optional<ColumnPath> column = settings.primaryKey();
        if (column.isEmpty() || found.isEmpty()) {
            return found;
        }
        List<UserRecord> keyed = found.stream()
                .filter(record -> record.value(column.get()).text().isPresent())
                .toList();
        if (keyed.isEmpty()) {
            String message = found.get(0).origin() + ": the answer for one user has no '" + column.get() + "'";
            throw new ConnectorException(
                    FailureKind.MALFORMED_RESPONSE,
                    Problem.of("no-key", "one", message, "say with one.records where the user is in it"));
        }
        return keyed.stream()
                .filter(record -> record.value(column.get())
                        .text()
                        .filter(key::equalsIgnoreCase)
                        .isPresent())
                .toList();
    }

    private PageIterator<UserRecord> pages(Evaluation evaluation, UserQuery query) {
        @Nullable ColumnPath key = settings.primaryKey().orElse(null);
        Joins joins = settings.joins().without(query.columns());
        if (joins.rules().isEmpty()) {
            return reader.pages(main(), key, evaluation);
        }
        return joined(joins, persons -> reader.pages(persons, key, evaluation), evaluation);
    }

    private PageIterator<UserRecord> joined(
            Joins joins, Function<EndpointDefinition, PageIterator<UserRecord>> pages, Evaluation evaluation) {
        PageIterator<UserRecord> joined = joins.pages(
                main(), pages, reader, context, settings.primaryKey().orElse(null), evaluation);
        return PageIterator.guarded(joined, UNLIMITED, context.clock());
    }

    private EndpointDefinition main() {
        if (settings.endpoints().isEmpty()) {
            throw ConnectorException.unsupported("no endpoint says where users come from");
        }
        return settings.endpoints().get(0);
    }

    @Override
    public WebhookResponse invokeWebhook(WebhookCall call) {
        if (closed) {
            throw Exchange.closed("webhook");
        }
        RequestPolicy policy = settings.endpoints().isEmpty() ? RequestPolicy.defaults() : main().policy();
        return new WebhookSender(exchange, authorizer, policy).send(call);
    }

    /** {@return a webhook's call with what the authorization adds to it, hidden; without I/O} */
    public WebhookCall withHiddenCredentials(WebhookCall call) {
        Call hidden = authorizer.hidden(WebhookSender.call(call, RequestPolicy.defaults()));
        WebhookCall shown = WebhookCall.of(call.method(), hidden.uri());
        for (Map.Entry<String, String> header : hidden.headers()) {
            shown = shown.header(header.getKey(), header.getValue());
        }
        return call.body().isEmpty() ? shown : shown.body(call.body().get());
    }

    /** {@return a text in which the credentials of this connector are hidden, those that were granted since included} */
    public String hidingCredentials(String text) {
        return redactor.redact(text);
    }

    /**
     * Makes one call of an endpoint, without retries, and returns what came. An endpoint that is called for each record is
     * called for the first one, which takes a call of the list before.
     *
     * @param endpoint its name; empty for the first
     * @throws ConnectorException if there is no answer, or no record to call it for
     * @throws IllegalArgumentException if there is no endpoint of this name
     */
    public RestPreview preview(Optional<String> endpoint) {
        String name = endpoint.orElseGet(() -> main().name());
        EndpointDefinition wanted = settings.endpoints().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no endpoint '" + name + "'"));
        Evaluation known = evaluation(null, Value.of(DateTimeFormatter.ISO_INSTANT.format(Instant.EPOCH)));
        boolean forRecord =
                wanted.names().stream().anyMatch(each -> each.namespace().equals("record"));
        return new Previewer(exchange, authorizer, redactor)
                .preview(wanted, forRecord ? RecordScope.in(known, firstRecord(known)) : known);
    }

    /** {@return the names of the endpoints, the first one first} */
    public List<String> endpointNames() {
        return settings.endpoints().stream().map(EndpointDefinition::name).toList();
    }

    private UserRecord firstRecord(Evaluation evaluation) {
        try (PageIterator<UserRecord> pages = reader.pages(main().forOnePage(), null, evaluation)) {
            while (pages.hasNext()) {
                List<UserRecord> records = pages.next().items();
                if (!records.isEmpty()) {
                    return records.get(0);
                }
            }
        }
        throw new ConnectorException(
                FailureKind.NOT_FOUND,
                Problem.of("no-record", "", main().name() + ": there is nobody to make the call for", ""));
    }

    private Evaluation evaluation(@Nullable Value key, @Nullable Value lastSuccess) {
        Map<String, Value.Fields> names = new LinkedHashMap<>();
        if (key != null) {
            names.put("", Value.of(Map.of("key", key)));
        }
        if (lastSuccess != null) {
            names.put("run", Value.of(Map.of("lastSuccess", lastSuccess)));
        }
        Scope known = Scope.of(names);
        Scope own = SecretValues.settings(settings.own());
        return Evaluation.of(name -> switch (name.namespace()) {
                    case "token" -> authorizer.told(name.path());
                    case "settings" -> own.get(name);
                    default -> known.get(name);
                })
                .clock(context.clock())
                .zone(context.zone());
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
