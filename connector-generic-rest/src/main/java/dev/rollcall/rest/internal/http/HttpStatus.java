package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.FailureKind;
import java.net.http.HttpHeaders;
import java.time.Instant;

/**
 * The one table from HTTP status to kind of failure to retry. Endpoints, token requests, webhooks and SCIM use it, and
 * {@code docs/rest-responses.md} shows it.
 *
 * <p>What an application says beside the status may change the kind: an {@link ErrorRule} of the endpoint, an error code of
 * OAuth, a keyword of SCIM. The retry follows from the kind then. Thread-safe.
 */
public final class HttpStatus {
    private HttpStatus() {}

    /** {@return whether the status is one of success, 200 to 299} */
    public static boolean isSuccess(int status) {
        return status / 100 == 2;
    }

    /** {@return the kind of failure that a status other than 200 to 299 means} */
    public static FailureKind kind(int status) {
        return switch (status) {
            case 401, 407 -> FailureKind.UNAUTHORIZED;
            case 403 -> FailureKind.FORBIDDEN;
            case 404, 410 -> FailureKind.NOT_FOUND;
            case 408 -> FailureKind.TIMEOUT;
            case 413 -> FailureKind.LIMIT_EXCEEDED;
            case 429 -> FailureKind.RATE_LIMITED;
            case 501, 505 -> FailureKind.REJECTED;
            default ->
                status >= 500
                        ? FailureKind.UNAVAILABLE
                        : status >= 400 ? FailureKind.REJECTED : FailureKind.MALFORMED_RESPONSE;
        };
    }

    /**
     * {@return the kind of failure that a response other than 200 to 299 means} Many applications and the networks in front
     * of them answer 403 where they mean 429, and say so in the headers.
     */
    public static FailureKind kind(int status, HttpHeaders headers) {
        return isLimited(status, headers) ? FailureKind.RATE_LIMITED : kind(status);
    }

    /** {@return which calls are made again after this response; none after success} */
    public static Repeat repeat(int status, HttpHeaders headers) {
        return isLimited(status, headers) ? repeat(FailureKind.RATE_LIMITED) : repeat(status);
    }

    private static boolean isLimited(int status, HttpHeaders headers) {
        return status == 403
                && (RateLimitHeaders.retryAfter(headers, Instant.EPOCH).isPresent()
                        || RateLimitHeaders.isUsedUp(headers));
    }

    /** {@return which calls are made again after a failure of a kind that an application reported} */
    public static Repeat repeat(FailureKind kind) {
        return switch (kind) {
            case RATE_LIMITED -> Repeat.ALWAYS;
            case TIMEOUT, UNAVAILABLE -> Repeat.IF_REPEATABLE;
            default -> Repeat.NEVER;
        };
    }

    /** {@return which calls are made again after this status; none after success} */
    public static Repeat repeat(int status) {
        if (isSuccess(status)) {
            return Repeat.NEVER;
        }
        // Some services answer 500 to every value that they do not understand.
        return status == 500 ? Repeat.UNLESS_ACCOUNT_WRITE : repeat(kind(status));
    }
}
