package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import io.github.resilience4j.retry.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls to one application: adds the credentials, keeps the pace, follows redirects within the origin, retries,
 * bounds what comes back. The only place that sends anything. Thread-safe.
 */
public final class Exchange {
    private static final Logger logger = LoggerFactory.getLogger(Exchange.class);
    private static final int MAX_REDIRECTS = 5;

    private final HttpTransport transport;
    private final Authorizer authorizer;
    private final Set<Origin> origins;
    private final boolean plainHttpAllowed;
    private final Failures failures;
    private final Backoff backoff;
    private final RateLimiter pace;
    private final Pause pause;
    private final Clock clock;

    /**
     * An exchange.
     *
     * @param transport sends each request once
     * @param origins where credentials may go
     * @param plainHttpAllowed whether they may go unencrypted, to other machines
     */
    public Exchange(
            HttpTransport transport,
            Authorizer authorizer,
            Set<Origin> origins,
            boolean plainHttpAllowed,
            Redactor redactor,
            Pause pause,
            Clock clock,
            long seed) {
        this.transport = transport;
        this.authorizer = authorizer;
        this.origins = Set.copyOf(origins);
        this.plainHttpAllowed = plainHttpAllowed;
        this.failures = new Failures(redactor, clock);
        this.backoff = new Backoff(seed);
        this.pace = new RateLimiter(pause);
        this.pause = pause;
        this.clock = clock;
    }

    public Failures failures() {
        return failures;
    }

    /**
     * Makes a call, again where that may help, until the response has a status of success and {@code reader} has made
     * something of it.
     *
     * @throws ConnectorException if that does not come about
     */
    <T> T send(Call call, ResponseReader<T> reader) {
        return sendForAny(call, response -> {
            if (!HttpStatus.isSuccess(response.status())) {
                throw failures.status(call, response, List.of());
            }
            return reader.read(response);
        });
    }

    /**
     * Makes a call, again where that may help, until {@code reader} has made something of the response, whatever its
     * status.
     *
     * @throws ConnectorException if that does not come about
     */
    public <T> T sendForAny(Call call, ResponseReader<T> reader) {
        Retry.AsyncContext<Object> attempts = backoff.attempts(call);
        while (true) {
            try {
                T result = attempt(call, reader);
                attempts.onComplete();
                return result;
            } catch (AttemptFailed e) {
                long wait = attempts.onError(e);
                if (wait < 0) {
                    throw e.failure();
                }
                logger.atDebug()
                        .addKeyValue("call", call.what())
                        .addKeyValue("kind", e.failure().kind())
                        .addKeyValue("waitMillis", wait)
                        .log("call failed, trying again");
                sleep(call, Duration.ofMillis(wait));
            }
        }
    }

    private <T> T attempt(Call call, ResponseReader<T> reader) throws AttemptFailed {
        Response response = exchange(call);
        boolean taken = false;
        try {
            T result = reader.read(response);
            taken = true;
            return result;
        } catch (IOException e) {
            throw failures.transport(call, e);
        } finally {
            if (!taken) {
                response.close();
            }
        }
    }

    /** One request and its answer, redirects and one renewal of the credentials included. */
    private Response exchange(Call call) throws AttemptFailed {
        Call current = call;
        boolean renewed = false;
        for (int redirects = 0; ; ) {
            Call sent = authorized(current);
            Response response = transmit(sent);
            if (response.status() == 401 && !renewed && authorizer.renew(sent)) {
                response.close();
                renewed = true;
            } else if (isRedirect(response.status())) {
                response.close();
                if (++redirects > MAX_REDIRECTS) {
                    String message = "redirected more than " + MAX_REDIRECTS + " times";
                    throw failures.malformed(call, "redirects", message, "check the url");
                }
                current = current.withUri(redirected(current, response));
            } else {
                return response;
            }
        }
    }

    private Call authorized(Call call) throws AttemptFailed {
        if (!authorizer.hasCredentials() || FileTransport.isFile(call.uri())) {
            return call;
        }
        Origin origin = Origin.of(call.uri());
        if (origins.stream().noneMatch(trusted -> trusted.covers(origin))) {
            String message = origin + " is not where the credentials belong";
            throw failures.failed(
                    call, FailureKind.UNTRUSTED_ORIGIN, "untrusted-origin", message, trust(origin), false, null);
        }
        if (!origin.isPrivate() && !plainHttpAllowed) {
            String message = "credentials are not sent to " + origin + " without TLS";
            String remedy = "use https, or set authorization.allowPlainHttp: true";
            throw failures.failed(call, FailureKind.UNTRUSTED_ORIGIN, "plain-http", message, remedy, false, null);
        }
        try {
            return authorizer.authorize(call);
        } catch (ConnectorException e) {
            throw new AttemptFailed(e, HttpStatus.repeat(e.kind()));
        }
    }

    private Response transmit(Call call) throws AttemptFailed {
        TransportRequest request = request(call);
        RequestPolicy policy = call.policy();
        try {
            pace.await(policy.requestsPerSecond());
            logger.atTrace()
                    .addKeyValue("call", call.what())
                    .addKeyValue("method", call.method())
                    .addKeyValue("origin", Origin.of(call.uri()))
                    .log("request");
            TransportResponse response = transport.send(request);
            logger.atTrace()
                    .addKeyValue("call", call.what())
                    .addKeyValue("status", response.status())
                    .log("response");
            pace.observe(response.headers(), clock.instant(), policy.maxRetryWait());
            return response(call, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AttemptFailed(failures.cancelled(call), Repeat.NEVER);
        } catch (IOException e) {
            throw failures.transport(call, e);
        }
    }

    private static TransportRequest request(Call call) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(call.headers());
        if (!isSet(call, "accept-encoding")) {
            headers.add(Map.entry("Accept-Encoding", "gzip"));
        }
        if (!call.body().isNone() && !isSet(call, "content-type")) {
            String type = call.body().contentType();
            headers.add(Map.entry("Content-Type", Headers.checked(call.what(), "Content-Type", type)));
        }
        RequestPolicy policy = call.policy();
        return new TransportRequest(
                call.method(), Queries.ascii(call.uri()), headers, call.body(), policy.timeout(), policy.bodyTimeout());
    }

    private static boolean isSet(Call call, String header) {
        return call.headers().stream().anyMatch(each -> each.getKey().equalsIgnoreCase(header));
    }

    private Response response(Call call, TransportResponse response) throws IOException, AttemptFailed {
        CountedBody wire = new CountedBody(response.body());
        boolean taken = false;
        try {
            requireOneLength(call, response);
            requireYoung(call, response);
            InputStream unpacked = unpacked(call, wire, response);
            long maxBytes = call.limits().maxBytes();
            BufferedBody body = new BufferedBody(new BoundedBody(unpacked, maxBytes, wire::count));
            taken = true;
            return new Response(call.uri(), response.status(), response.headers(), body);
        } finally {
            if (!taken) {
                wire.close();
            }
        }
    }

    /** The JDK's client takes the first of several lengths: what is cut there may look like a whole list. */
    private void requireOneLength(Call call, TransportResponse response) throws AttemptFailed {
        List<String> lengths = response.headers().allValues("Content-Length").stream()
                .distinct()
                .toList();
        if (lengths.size() > 1) {
            String message = "the answer is not HTTP: it has two lengths, " + String.join(" and ", lengths);
            throw failures.failed(call, FailureKind.MALFORMED_RESPONSE, "protocol", message, "", true, null);
        }
    }

    /** A file that nobody has written for days is not the list of today. */
    private void requireYoung(Call call, TransportResponse response) throws AttemptFailed {
        Duration most = call.limits().maxAge();
        if (most == null) {
            return;
        }
        Optional<Instant> modified = Headers.texts(response.headers(), "Last-Modified").stream()
                .map(Exchange::instant)
                .flatMap(Optional::stream)
                .findFirst();
        String at = modified.map(time -> "was modified at " + time).orElse("does not say when it was modified");
        if (modified.isEmpty() || modified.get().plus(most).isBefore(clock.instant())) {
            throw failures.failed(
                    call,
                    FailureKind.UNAVAILABLE,
                    "too-old",
                    "the content " + at + ", and may be at most " + most + " old",
                    "see why it is not written any more, or raise response.maxAge",
                    false,
                    null);
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private InputStream unpacked(Call call, InputStream wire, TransportResponse response)
            throws IOException, AttemptFailed {
        String encoding = response.headers()
                .firstValue("Content-Encoding")
                .orElse("identity")
                .trim()
                .toLowerCase(Locale.ROOT);
        boolean empty = response.status() == 204
                || call.method().equals("HEAD")
                || response.headers().firstValueAsLong("Content-Length").orElse(-1) == 0;
        if (empty) {
            return wire;
        }
        return switch (encoding) {
            case "", "identity" -> isPacked(call, response) ? GzipFile.unpacked(wire) : wire;
            case "gzip", "x-gzip" -> new GZIPInputStream(wire, 16 << 10);
            case "deflate" -> new InflaterInputStream(wire);
            default -> {
                String message = "the body is packed with '" + encoding + "', which was not asked for";
                throw failures.malformed(call, "compression", message, "");
            }
        };
    }

    /** A file that was packed before it was sent: the response may not say so. */
    private static boolean isPacked(Call call, TransportResponse response) {
        String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return FileTransport.isFile(call.uri())
                || type.contains("gzip")
                || String.valueOf(call.uri().getPath()).toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private URI redirected(Call call, Response response) throws AttemptFailed {
        Optional<String> location = Headers.texts(response.headers(), "Location").stream()
                .filter(text -> !text.isBlank())
                .findFirst();
        Optional<URI> target = location.flatMap(text -> resolve(call.uri(), text));
        if (target.isEmpty()) {
            String where = location.map(text -> ": '" + ErrorText.oneLine(text) + "' is not a valid URL")
                    .orElse("");
            throw failures.malformed(call, "redirect", "redirected to nowhere" + where, "check the url");
        }
        Origin from = Origin.of(call.uri());
        Origin to = Origin.of(target.get());
        if (!to.equals(from)) {
            String message = "redirected from " + from + " to another origin, " + to;
            String remedy = "if that is the application, write its address into the url";
            throw failures.failed(call, FailureKind.UNTRUSTED_ORIGIN, "redirect", message, remedy, false, null);
        }
        boolean keepsMethod = response.status() == 307 || response.status() == 308;
        if (!keepsMethod && !call.method().equals("GET") && !call.method().equals("HEAD")) {
            // Half of the clients make a GET of it, half do not: which of them the server expects cannot be known.
            String message = "a " + call.method() + " was redirected to " + to
                    + target.get().getRawPath();
            throw failures.failed(call, FailureKind.REJECTED, "redirect", message, "check the url", false, null);
        }
        return target.get();
    }

    private static Optional<URI> resolve(URI base, String reference) {
        try {
            return Optional.of(Queries.resolve(base, reference));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String trust(Origin origin) {
        return "if it belongs to the application, add " + origin + " to authorization.origins";
    }

    private void sleep(Call call, Duration wait) {
        try {
            pause.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.cancelled(call);
        }
    }

    public static ConnectorException closed(String what) {
        return new ConnectorException(
                FailureKind.CANCELLED, Problem.of("closed", "", what + ": the connector was closed", ""));
    }
}
