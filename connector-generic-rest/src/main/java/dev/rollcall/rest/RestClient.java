package dev.rollcall.rest;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.rest.internal.endpoint.EndpointDefinition;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Authorizer;
import dev.rollcall.rest.internal.http.BodyText;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.ErrorText;
import dev.rollcall.rest.internal.http.Exchange;
import dev.rollcall.rest.internal.http.Headers;
import dev.rollcall.rest.internal.http.HttpStatus;
import dev.rollcall.rest.internal.http.Payload;
import dev.rollcall.rest.internal.http.Remedies;
import dev.rollcall.rest.internal.http.Repeat;
import dev.rollcall.rest.internal.http.Repeatability;
import dev.rollcall.rest.internal.http.RequestPolicy;
import dev.rollcall.rest.internal.http.Response;
import dev.rollcall.rest.internal.http.ResponseLimits;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Single calls to one application, for connectors that speak a protocol of their own: with the authorization, the pace,
 * the retries and the bounds of the settings. Thread-safe.
 *
 * <p>The first endpoint of the settings says where the application is, and how patient and how fast calls are.
 */
public final class RestClient {
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
     * {@return the kind of failure that a response with this status is, by the same table as for endpoints, tokens and
     * webhooks}
     *
     * @param status any but 200 to 299
     */
    public static FailureKind failureKind(int status) {
        return HttpStatus.kind(status);
    }

    /** {@return what to do about a response that is no success, by the same rules as for endpoints; empty if nothing is known} */
    public static String remedy(WebhookResponse response) {
        HttpHeaders headers = HttpHeaders.of(response.headers(), (name, value) -> true);
        String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        ErrorText said = ErrorText.of(type, response.body());
        FailureKind kind = HttpStatus.kind(response.status(), headers);
        return Remedies.of(kind, response.status(), said.words(), said.isPage());
    }

    /**
     * Makes a call, and repeats it after a failure of the connection and after the statuses that the table of
     * {@code docs/rest-responses.md} repeats: any call after 429 and the 403 of a rate limit, a repeatable one after 408 and most 5xx, and after 500
     * only a GET or HEAD.
     *
     * @param what is asked for, for messages
     * @param repeatable whether sending it twice has the effect of sending it once
     * @return the response, whatever its status, with the whole body; that of a refusal without our credentials
     * @throws ConnectorException if there was no response, or the last one had a status other than 500 after which calls
     *     are repeated
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
        Call call = new Call(
                what,
                request.method(),
                request.url(),
                headers,
                body,
                repeatability(request.method(), repeatable),
                policy,
                limits);
        AtomicReference<@Nullable WebhookResponse> last = new AtomicReference<>();
        try {
            return exchange.sendForAny(call, response -> {
                WebhookResponse answer = answer(call, response, last);
                response.close();
                return answer;
            });
        } catch (ConnectorException e) {
            WebhookResponse answer = last.get();
            boolean failed = answer != null && e.problem().code().equals("status-" + answer.status());
            if (answer != null && failed && HttpStatus.repeat(answer.status()) == Repeat.UNLESS_ACCOUNT_WRITE) {
                return answer;
            }
            throw e;
        }
    }

    private static Repeatability repeatability(String method, boolean repeatable) {
        if (!repeatable) {
            return Repeatability.NONE;
        }
        return method.equals("GET") || method.equals("HEAD") ? Repeatability.FULL : Repeatability.ACCOUNT_WRITE;
    }

    private WebhookResponse answer(Call call, Response response, AtomicReference<@Nullable WebhookResponse> last)
            throws AttemptFailed, IOException {
        Repeat repeat = HttpStatus.repeat(response.status(), response.headers());
        if (repeat == Repeat.IF_REPEATABLE || repeat == Repeat.ALWAYS) {
            throw exchange.failures().status(call, response, List.of());
        }
        String text = BodyText.ofJson(response.body().readAllBytes());
        // What is refused may be told to people, and an application may echo the key that it refuses.
        boolean good = HttpStatus.isSuccess(response.status());
        String shown = good ? text : exchange.failures().withoutSecrets(text);
        WebhookResponse answer =
                new WebhookResponse(response.status(), response.headers().map(), shown);
        last.set(answer);
        if (repeat.allows(call.repeatability())) {
            throw exchange.failures().status(call, response, List.of());
        }
        return answer;
    }

    /** Makes no more calls. */
    public void close() {
        closed = true;
    }
}
