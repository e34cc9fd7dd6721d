package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what to do about a response that is no success. Thread-safe. */
public final class Remedies {
    private static final String NETWORK =
            "a page instead of the application's own response often comes from a firewall,"
                    + " a proxy or a rate limit in front of the application: check from which address Rollcall calls, and lower"
                    + " request.requestsPerSecond; if it is the application's own page, check the permissions of the account";

    /** A challenge or a number of Cloudflare's, which it sends as a page or as a line of text. */
    private static final Pattern CLOUDFLARE = Pattern.compile("(?i)error code: 1[0-9]{3}");

    private Remedies() {}

    /**
     * {@return what to do about a response with this status; empty if nothing is known}
     *
     * @param kind of the failure, by the status or by what the application says beside it
     * @param said the application's own words
     * @param isPage whether the body is an HTML page
     */
    public static String of(FailureKind kind, int status, String said, boolean isPage) {
        return switch (kind) {
            case UNAUTHORIZED ->
                status == 407
                        ? "the proxy asks for credentials: set http.proxy to one that lets Rollcall through without"
                        : "check the credentials under authorization";
            case FORBIDDEN ->
                isPage || CLOUDFLARE.matcher(said).find()
                        ? NETWORK
                        : "these credentials are known, but may not do this; ask for the right";
            case NOT_FOUND -> "check the url";
            case RATE_LIMITED -> "lower request.requestsPerSecond, or run again later";
            default -> "";
        };
    }

    /**
     * {@return what to do if the application asks for a wait}
     *
     * @param otherwise what to do if it does not, or if waiting did not help
     * @param longest that is waited for within a run
     */
    static String ofWait(Optional<Duration> wait, Duration longest, String otherwise) {
        return wait.filter(asked -> asked.compareTo(longest) > 0)
                .map(asked -> "run again in " + text(asked)
                        + ", or raise request.maxRetryWait, or the setting that the connector has for it, above "
                        + text(longest))
                .orElse(otherwise);
    }

    /** {@return a duration as in 1h 30m or 2.5s} */
    public static String text(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            double seconds = duration.toMillis() / 1000.0;
            String digits = seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
            return digits + "s";
        }
        StringBuilder text = new StringBuilder();
        part(text, duration.toHours(), "h");
        part(text, duration.toMinutesPart(), "m");
        part(text, duration.toSecondsPart(), "s");
        return text.toString();
    }

    private static void part(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(text.isEmpty() ? "" : " ").append(number).append(unit);
        }
    }
}
