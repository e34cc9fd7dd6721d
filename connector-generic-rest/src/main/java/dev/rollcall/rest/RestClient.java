package dev.rollcall.rest;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.rest.internal.endpoint.EndpointDefinition;
import dev.rollcall.rest.internal.http.Authorizer;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.Exchange;
import dev.rollcall.rest.internal.http.Headers;
import dev.rollcall.rest.internal.http.Payload;
import dev.rollcall.rest.internal.http.RequestPolicy;
import dev.rollcall.rest.internal.http.ResponseLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Single calls to one application, for connectors that speak a protocol of their own: with the authorization, the pace,
 * the retries and the bounds of the settings. Thread-safe.
 *
 * <p>The first endpoint of the settings says where the application is, and how patient and how fast calls are.
 */
public final class RestClient {
    /** These say that the application could not do it now; a plain 500 says that it never will. */
    private static final Set<Integer> WORTH_ANOTHER = Set.of(408, 429, 502, 503, 504);

    private final Exchange exchange;
    private final Authorizer authorizer;
    private final RequestPolicy policy;
    private final ResponseLimits limits;
    private volatile boolean closed;

    private RestClient(Exchange exchange, Authorizer authorizer, RequestPolicy policy, ResponseLimits limits) {
        this.exchange = exchange;
        this.authorizer = authorizer;
        this.policy = policy;
        this.limits = limits;
    }

    /**
     * {@return a client}
     *
     * @throws dev.rollcall.connector.ConfigurationException if something is wrong with the settings
     */
    public static RestClient of(RestSettings settings, ConnectorContext context) {
        return RestConnector.of(settings, context).client();
    }

    static RestClient of(Exchange exchange, Authorizer authorizer, EndpointDefinition endpoint) {
        return new RestClient(
                exchange, authorizer, endpoint.policy(), endpoint.decoding().limits());
    }

    /**
     * Obtains or confirms authorization, or says where to send a person.
     *
     * @throws ConnectorException if the application refuses or cannot be reached
     */
    public AuthorizationResult authorize(AuthorizationRequest request) {
        return authorizer.grant(request);
    }

    /**
     * Makes a call, again where that may help: a repeatable one after failures of the connection and where the
     * application says that it cannot do it now; any other one only after a 429, which says that nothing was done.
     *
     * @param what is asked for, for messages
     * @param repeatable whether sending it twice has the effect of sending it once
     * @return what was answered, whatever its status, with the whole body; that of a refusal without our credentials
     * @throws ConnectorException if there was no answer, or one of those that are worth another call to the end
     */
    public WebhookResponse send(String what, WebhookCall request, boolean repeatable) {
        if (closed) {
            throw Exchange.closed(what);
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        String type = "application/json";
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            headers.add(Map.entry(header.getKey(), Headers.checked(what, header.getKey(), header.getValue())));
            type = header.getKey().equalsIgnoreCase("Content-Type") ? header.getValue() : type;
        }
        String contentType = type;
        Payload body = request.body()
                .map(text -> Payload.of(contentType, text.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(Payload::none);
        Call call = new Call(what, request.method(), request.url(), headers, body, repeatable, policy, limits);
        return exchange.sendForAny(call, response -> {
            if (WORTH_ANOTHER.contains(response.status())) {
                throw exchange.failures().status(call, response, List.of());
            }
            String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
            response.close();
            // What is refused may be told to people, and an application may echo the key that it refuses.
            String shown =
                    response.status() / 100 == 2 ? text : exchange.failures().withoutSecrets(text);
            return new WebhookResponse(response.status(), response.headers().map(), shown);
        });
    }

    /** Makes no more calls. */
    public void close() {
        closed = true;
    }
}
