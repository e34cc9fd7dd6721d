package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.settings.Pointer;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a call, in words and in a kind. Immutable and thread-safe. */
public final class Failures {
    private static final String CHARSET =
            "name the charset that the application uses in response.charset, such as windows-1252";

    private final Redactor redactor;
    private final Clock clock;

    Failures(Redactor redactor, Clock clock) {
        this.redactor = redactor;
        this.clock = clock;
    }

    /** A text of the application's, to be shown. */
    public String withoutSecrets(String text) {
        return redactor.redact(text);
    }

    /** {@return what the transport's exception means} */
    public AttemptFailed transport(Call call, IOException failure) {
        if (failure instanceof FileFault fault) {
            return failed(call, fault.kind(), "file", text(fault), fault.remedy(), false, fault);
        }
        if (failure instanceof InterruptedIOException) {
            return new AttemptFailed(cancelled(call), Repeat.NEVER);
        }
        if (has(failure, CharacterCodingException.class) || has(failure, CharConversionException.class)) {
            String message = "the body is in another charset than it should be: " + text(failure);
            return failed(call, FailureKind.MALFORMED_RESPONSE, "charset", message, CHARSET, false, failure);
        }
        if (failure instanceof BoundedBody.TooLarge) {
            return failed(call, FailureKind.LIMIT_EXCEEDED, "too-large", text(failure), raise(), false, failure);
        }
        if (has(failure, HttpTimeoutException.class)) {
            String message = "no answer in time (" + text(failure) + ")";
            return failed(
                    call,
                    FailureKind.TIMEOUT,
                    "timeout",
                    message,
                    "raise request.timeout, or the setting that the connector has for it",
                    true,
                    failure);
        }
        if (has(failure, GeneralSecurityException.class)) {
            String message = "the certificate of " + Origin.of(call.uri()) + " is not trusted: " + text(failure);
            String remedy = "if it is the right one, name its certificate authority in http.trust.caFile";
            return failed(call, FailureKind.UNTRUSTED_ORIGIN, "certificate", message, remedy, false, failure);
        }
        if (has(failure, SSLException.class)) {
            String message = "no TLS with " + Origin.of(call.uri()) + ": " + text(failure);
            return failed(call, FailureKind.UNAVAILABLE, "tls", message, tls(message), true, failure);
        }
        if (failure instanceof ZipException || failure instanceof EOFException) {
            String message = "the body cannot be unpacked: " + text(failure);
            return failed(call, FailureKind.MALFORMED_RESPONSE, "compression", message, "", true, failure);
        }
        if (has(failure, ProtocolException.class) || isChunkFault(failure)) {
            String message = "the answer is not HTTP: " + text(failure);
            return failed(call, FailureKind.MALFORMED_RESPONSE, "protocol", message, "", true, failure);
        }
        String message = "the connection to " + Origin.of(call.uri()) + " failed: " + connection(failure);
        return failed(call, FailureKind.UNAVAILABLE, "connection", message, "", true, failure);
    }

    /** By the JDK's messages for a response without TLS, and for a handshake without a common version or certificate. */
    private static String tls(String message) {
        if (message.contains("unrecognized SSL message") || message.contains("plaintext connection")) {
            return "the server responds without TLS on this port: use its TLS port (mostly 443), or http:// if the server is on"
                    + " this machine";
        }
        return message.contains("handshake_failure") || message.contains("protocol_version")
                ? "the server requires a client certificate, or a TLS version that this Java does not have"
                : "";
    }

    /**
     * {@return what a status that is no success means, with the application's own words}
     *
     * @param rules that may see another kind of failure in the answer
     */
    public AttemptFailed status(Call call, Response response, List<ErrorRule> rules) {
        ErrorText said = ErrorText.of(response);
        for (ErrorRule rule : rules) {
            if (rule.matches(response.status(), response.headers(), pointer -> pointer.in(said.body()))) {
                return rule(call, response, rule, pointer -> pointer.in(said.body()));
            }
        }
        int status = response.status();
        FailureKind kind = HttpStatus.kind(status, response.headers());
        Repeat repeat = HttpStatus.repeat(status, response.headers());
        String remedy = Remedies.of(kind, status, said.words(), said.isPage());
        return failure(call, response, kind, repeat, said.words(), null, remedy);
    }

    /** {@return the failure that a rule sees in an answer} */
    public AttemptFailed rule(Call call, Response response, ErrorRule rule, Function<Pointer, Value> body) {
        String words = ErrorText.oneLine(rule.words(body));
        String remedy = Remedies.of(rule.kind(), response.status(), words, false);
        return failure(call, response, rule.kind(), HttpStatus.repeat(rule.kind()), words, rule.retryAfter(), remedy);
    }

    private AttemptFailed failure(
            Call call,
            Response response,
            FailureKind kind,
            Repeat repeat,
            String said,
            @Nullable Duration known,
            String remedy) {
        int status = response.status();
        Optional<Duration> told = repeat == Repeat.NEVER
                ? Optional.empty()
                : RateLimitHeaders.asked(response.headers(), kind == FailureKind.RATE_LIMITED, clock.instant());
        Optional<Duration> wait = Optional.ofNullable(known).or(() -> told);
        String words = ErrorText.shortened(redactor.redact(said));
        String asked = wait.filter(time -> !time.isZero())
                .map(time -> ", to be called again in " + Remedies.text(time))
                .orElse("");
        String message = call.what() + ": status " + status + (words.isEmpty() ? "" : ", " + words) + asked;
        String todo = Remedies.ofWait(wait, call.policy().maxRetryWait(), remedy);
        Problem problem = Problem.of("status-" + status, "", message, todo);
        return new AttemptFailed(new ConnectorException(kind, problem, wait.orElse(null), null), repeat);
    }

    /** {@return a failure that no other attempt can mend} */
    public AttemptFailed malformed(Call call, String code, String message, String remedy) {
        return failed(call, FailureKind.MALFORMED_RESPONSE, code, message, remedy, false, null);
    }

    /**
     * {@return a failure of a kind}
     *
     * @param worthAnother whether a call that is repeatable is made again
     */
    public AttemptFailed failed(
            Call call,
            FailureKind kind,
            String code,
            String message,
            String remedy,
            boolean worthAnother,
            @Nullable Exception cause) {
        Problem problem = Problem.of(code, "", call.what() + ": " + redactor.redact(message), remedy);
        Repeat repeat = worthAnother ? Repeat.IF_REPEATABLE : Repeat.NEVER;
        return new AttemptFailed(new ConnectorException(kind, problem, null, safe(cause)), repeat);
    }

    ConnectorException cancelled(Call call) {
        return new ConnectorException(
                FailureKind.CANCELLED, Problem.of("cancelled", "", call.what() + ": the thread was interrupted", ""));
    }

    private static String raise() {
        return "raise response.maxBytes if the application really sends that much";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The JDK has no exception of its own for this. */
    private static boolean isChunkFault(IOException failure) {
        String text = text(failure).toLowerCase(Locale.ROOT);
        return text.contains("chunk") || text.contains("status line") || text.contains("malformed");
    }

    /** The JDK's client has no words for the two commonest ways in which no connection comes about. */
    private static String connection(IOException failure) {
        if (has(failure, UnresolvedAddressException.class)) {
            return "the name of the host is not known";
        }
        return failure instanceof ConnectException && failure.getMessage() == null
                ? "nobody listens there"
                : text(failure);
    }

    private static String text(Throwable failure) {
        Throwable cause = failure;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** An exception whose message holds a credential is not passed on as a cause. */
    private @Nullable Exception safe(@Nullable Exception cause) {
        if (cause == null) {
            return null;
        }
        Throwable each = cause;
        for (int depth = 0; each != null && depth < 10; depth++) {
            String message = each.getMessage();
            if (message != null && !redactor.redact(message).equals(message)) {
                return null;
            }
            each = each.getCause();
        }
        return cause;
    }
}
