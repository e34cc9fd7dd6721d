package dev.rollcall.rest.internal.webhook;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.rest.internal.http.Authorizer;
import dev.rollcall.rest.internal.http.BodyText;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.Exchange;
import dev.rollcall.rest.internal.http.Headers;
import dev.rollcall.rest.internal.http.HttpStatus;
import dev.rollcall.rest.internal.http.Payload;
import dev.rollcall.rest.internal.http.Repeatability;
import dev.rollcall.rest.internal.http.RequestPolicy;
import dev.rollcall.rest.internal.http.Response;
import dev.rollcall.rest.internal.http.ResponseLimits;
import dev.rollcall.rest.internal.template.AnnouncedUrl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends rendered webhooks. Thread-safe. */
public final class WebhookSender {
    /** More of an answer than this is not kept. */
    private static final int KEPT = 1 << 20;

    private static final Set<FailureKind> MAYBE_SENT =
            Set.of(FailureKind.UNAVAILABLE, FailureKind.TIMEOUT, FailureKind.MALFORMED_RESPONSE);

    private final Exchange exchange;
    private final Authorizer authorizer;
    private final RequestPolicy policy;

    public WebhookSender(Exchange exchange, Authorizer authorizer, RequestPolicy policy) {
        this.exchange = exchange;
        this.authorizer = authorizer;
        this.policy = policy;
    }

    /**
     * {@return what was answered, whatever the status}
     *
     * @throws ConnectorException if there was no answer; of kind AMBIGUOUS if the call may have taken effect and must not
     *     be repeated
     */
    public WebhookResponse send(WebhookCall webhook) {
        Call rendered = call(webhook, policy);
        Call call = rendered.withUri(AnnouncedUrl.resolve(rendered.what(), rendered.uri(), authorizer));
        AtomicReference<@Nullable WebhookResponse> last = new AtomicReference<>();
        try {
            return exchange.sendForAny(call, response -> {
                WebhookResponse answer = answer(response);
                last.set(answer);
                if (HttpStatus.repeat(response.status(), response.headers()).allows(call.repeatability())) {
                    throw exchange.failures().status(call, response, List.of());
                }
                response.close();
                return answer;
            });
        } catch (ConnectorException e) {
            WebhookResponse answer = last.get();
            if (answer != null && e.problem().code().equals("status-" + answer.status())) {
                return answer;
            }
            throw webhook.isRepeatable() || !maySent(e) ? e : ambiguous(call, e);
        }
    }

    public static Call call(WebhookCall webhook, RequestPolicy policy) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        String contentType = "text/plain; charset=utf-8";
        String what = "webhook " + webhook.method() + " " + webhook.url().getRawPath();
        for (Map.Entry<String, String> header : webhook.headers().entrySet()) {
            headers.add(Map.entry(header.getKey(), Headers.checked(what, header.getKey(), header.getValue())));
            contentType = header.getKey().equalsIgnoreCase("Content-Type") ? header.getValue() : contentType;
        }
        String type = contentType;
        Payload body = webhook.body()
                .map(text -> Payload.of(type, text.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(Payload::none);
        ResponseLimits limits = ResponseLimits.defaults();
        Repeatability repeatability = webhook.isRepeatable() ? Repeatability.FULL : Repeatability.NONE;
        return new Call(what, webhook.method(), webhook.url(), headers, body, repeatability, policy, limits);
    }

    /** The status has been told: what of the body gets lost takes nothing back. */
    private static WebhookResponse answer(Response response) {
        ByteBuffer kept = ByteBuffer.allocate(KEPT);
        try {
            int read = 0;
            while (read >= 0 && kept.hasRemaining()) {
                read = response.body().read(kept.array(), kept.position(), kept.remaining());
                kept.position(kept.position() + Math.max(0, read));
            }
        } catch (IOException e) {
            // What came is shown.
        }
        byte[] bytes = Arrays.copyOf(kept.array(), kept.position());
        String body = BodyText.of(bytes, response.mediaType(), response.charset());
        return new WebhookResponse(response.status(), response.headers().map(), body);
    }

    private static boolean maySent(ConnectorException failure) {
        boolean unsent = failure.getCause() instanceof ConnectException
                || failure.getCause() instanceof HttpConnectTimeoutException
                || failure.problem().code().equals("tls")
                || failure.problem().path().equals("authorization");
        return MAYBE_SENT.contains(failure.kind()) && !unsent;
    }

    private static ConnectorException ambiguous(Call call, ConnectorException failure) {
        String message = call.what() + ": it is not known whether it took effect; "
                + failure.problem().message();
        Problem problem = Problem.of(
                "ambiguous", "", message, "look there before sending it again, or send an Idempotency-Key header");
        return new ConnectorException(FailureKind.AMBIGUOUS, problem, null, failure);
    }
}
