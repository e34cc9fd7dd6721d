package dev.rollcall.rest.internal.http;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads from response headers how long an application asks callers to wait, and whether its budget of calls is used up.
 * Names are compared without case, hyphens and a leading {@code X-}, since applications spell them in many ways.
 * Thread-safe.
 */
public final class RateLimitHeaders {
    /** Upper bound; a longer wait is treated as a mistake of the server and capped to this. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Set<String> STANDARD_WAIT = Set.of("retryafter");
    private static final Set<String> OTHER_WAITS =
            Set.of("retryafterseconds", "ratelimitretryafter", "ratelimitretryafterseconds");
    private static final Set<String> WAITS_IN_MILLIS =
            Set.of("retryafterms", "msretryafterms", "retryaftermillis", "ratelimitretryafterms");
    /** A distance, or a time: see {@link WaitValue}. */
    private static final Set<String> RESETS =
            Set.of("ratelimitreset", "ratelimitresetafter", "ratelimitresetat", "ratelimitresettime");

    private static final Set<String> REMAINING = Set.of("ratelimitremaining");
    private static final Pattern ZERO = Pattern.compile("0+(\\.0+)?");

    /** The draft of the IETF: {@code "burst";r=0;t=30} for each policy, and before that {@code limit=9, remaining=0, reset=30}. */
    private static final String DRAFT = "ratelimit";

    private static final Pattern LEFT = Pattern.compile("(?:^|[;,\\s])(?:r|remaining)\\s*=\\s*([0-9]{1,15})");
    private static final Pattern RENEWED = Pattern.compile("(?:^|[;,\\s])(?:t|reset)\\s*=\\s*([0-9]{1,15})");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    private RateLimitHeaders() {}

    /** {@return the wait that {@code Retry-After} and its relatives ask for; empty if there is none that can be read} */
    public static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
        return first(headers, STANDARD_WAIT, now)
                .or(() -> values(headers, WAITS_IN_MILLIS)
                        .flatMap(value -> WaitValue.millis(value).stream())
                        .findFirst())
                .or(() -> first(headers, OTHER_WAITS, now))
                .map(RateLimitHeaders::clamp);
    }

    /** {@return the time until the budget of calls is renewed; empty if there is none that can be read} */
    public static Optional<Duration> reset(HttpHeaders headers, Instant now) {
        return draft(headers).or(() -> first(headers, RESETS, now)).map(RateLimitHeaders::clamp);
    }

    private static Optional<Duration> first(HttpHeaders headers, Set<String> names, Instant now) {
        return values(headers, names)
                .flatMap(value -> WaitValue.parse(value, now).stream())
                .findFirst();
    }

    /** {@return whether the headers say that no further call is within the budget} */
    public static boolean isUsedUp(HttpHeaders headers) {
        return values(headers, REMAINING).anyMatch(value -> ZERO.matcher(value).matches())
                || policies(headers).stream().anyMatch(policy -> policy.left() == 0);
    }

    /**
     * {@return the wait before a call that was refused may be made again}
     *
     * @param limited whether it was refused for the number of calls. Otherwise the end of the current window says nothing
     *     about when the call may succeed: many applications send it with every response
     */
    public static Optional<Duration> asked(HttpHeaders headers, boolean limited, Instant now) {
        Optional<Duration> wait = retryAfter(headers, now);
        return wait.isEmpty() && (limited || isUsedUp(headers)) ? reset(headers, now) : wait;
    }

    /** A policy of the draft. */
    private record Policy(long left, Duration renewed) {}

    /** Of several policies those count that are used up, the slowest of them; else the one that is nearest to it. */
    private static Optional<Duration> draft(HttpHeaders headers) {
        List<Policy> policies = policies(headers);
        long least = policies.stream().mapToLong(Policy::left).min().orElse(0);
        return policies.stream()
                .filter(policy -> policy.left() == least)
                .map(Policy::renewed)
                .max(Duration::compareTo);
    }

    private static List<Policy> policies(HttpHeaders headers) {
        List<Policy> policies = new ArrayList<>();
        values(headers, Set.of(DRAFT)).forEach(value -> {
            String unquoted = QUOTED.matcher(value).replaceAll("q");
            // One policy may be spread over several members of the older form, which has no parameters.
            List<String> members = unquoted.contains(";") ? List.of(unquoted.split(",", -1)) : List.of(unquoted);
            for (String member : members) {
                Matcher left = LEFT.matcher(member);
                Matcher renewed = RENEWED.matcher(member);
                if (left.find()) {
                    long seconds = renewed.find() ? Long.parseLong(renewed.group(1)) : 0;
                    policies.add(new Policy(Long.parseLong(left.group(1)), Duration.ofSeconds(seconds)));
                }
            }
        });
        return policies;
    }

    private static Stream<String> values(HttpHeaders headers, Set<String> names) {
        return headers.map().entrySet().stream()
                .filter(header -> names.contains(plain(header.getKey())))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(header -> header.getValue().stream())
                .map(String::strip);
    }

    private static String plain(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return (plain.startsWith("x-") ? plain.substring(2) : plain).replace("-", "");
    }

    private static Duration clamp(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
