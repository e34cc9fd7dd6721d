package dev.rollcall.rest.internal.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.scribejava.core.model.Response;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.StoredToken;
import dev.rollcall.rest.internal.http.ErrorText;
import dev.rollcall.rest.internal.http.HttpStatus;
import dev.rollcall.rest.internal.http.RateLimitHeaders;
import dev.rollcall.rest.internal.http.Redactor;
import dev.rollcall.rest.internal.http.Remedies;
import dev.rollcall.rest.internal.http.Repeat;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the responses of a token endpoint: a token, or a refusal with its kind. Real servers refuse with other statuses and
 * codes than RFC 6749 has, also with status 200, so the error counts before the status. Thread-safe.
 */
final class TokenResponses {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The code of the problem that the authorization server failed, and thus may have done what it was asked or not. */
    static final String SERVER_ERROR = "oauth-server-error";

    private static final Set<String> PROVEN_TYPES = Set.of("dpop", "pop", "mac");
    private static final Set<String> KNOWN_MEMBERS =
            Set.of("access_token", "refresh_token", "token_type", "expires_in", "id_token");
    /** The grant is gone: RFC 6749 has {@code invalid_grant}, some applications words of their own. */
    private static final Set<String> GRANT_ENDED = Set.of(
            "invalid_grant",
            "invalid_refresh_token",
            "bad_refresh_token",
            "bad_verification_code",
            "invalid_code",
            "expired_token",
            "token_expired");

    /** Where a code is if there is no {@code error}. */
    private static final List<String> CODES = List.of("errorCode", "error_code", "errcode", "code");

    private static final Pattern SUCCESS = Pattern.compile("(?i)0+|20[0-9]|ok|success|false|none|");

    private static final List<String> OUTCOMES = List.of("success", "ok", "status", "result");

    private static final Set<String> FAILED = Set.of("false", "error", "fail", "failed", "failure");

    private static final Pattern LIFE = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:[eE][0-5])?");

    private final OAuthSettings settings;
    private final Redactor redactor;
    private final Clock clock;

    /**
     * A reader.
     *
     * @param redactor takes credentials out of the words of the server
     */
    TokenResponses(OAuthSettings settings, Redactor redactor, Clock clock) {
        this.settings = settings;
        this.redactor = redactor;
        this.clock = clock;
    }

    /**
     * {@return the token of a response}
     *
     * @throws ConnectorException if it is a refusal, or has none
     */
    StoredToken token(Response response) throws IOException {
        Instant now = clock.instant();
        JsonNode body = parse(response.getBody());
        String accessToken = text(body, "access_token").orElse("");
        if (!HttpStatus.isSuccess(response.getCode()) || accessToken.isBlank()) {
            boolean client = settings.grant() == OAuthSettings.Grant.CLIENT_CREDENTIALS;
            throw refusal(client ? "request for a token" : "token request", response);
        }
        requireBearer(text(body, "token_type").orElse(""));
        Map<String, String> extra = new TreeMap<>();
        body.properties().forEach(member -> {
            if (!KNOWN_MEMBERS.contains(member.getKey()) && member.getValue().isValueNode()) {
                extra.put(member.getKey(), member.getValue().asText());
            }
        });
        Secret refresh = text(body, "refresh_token").map(Secret::of).orElse(null);
        return new StoredToken(Secret.of(accessToken), refresh, now, expiry(body, now), extra);
    }

    /** RFC 6749, section 7.1: a token of a type that a header alone does not prove is not to be used. */
    private void requireBearer(String type) {
        if (PROVEN_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            String happened = "was answered with a token of type " + type + ", which needs a proof with every call";
            throw failure(
                    FailureKind.MALFORMED_RESPONSE, "token request", happened, "ask for bearer tokens there", null);
        }
    }

    /** {@return what a refusal means: by its error first, else by the status as everywhere} */
    ConnectorException refusal(String what, Response response) throws IOException {
        int status = response.getCode();
        String type = String.valueOf(response.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        ErrorText text = ErrorText.of(type, response.getBody());
        JsonNode body = parse(response.getBody());
        String error = error(body);
        String said = said(error, text);
        if (GRANT_ENDED.contains(error)) {
            String happened = "was refused with status " + status + said;
            boolean client = settings.grant() == OAuthSettings.Grant.CLIENT_CREDENTIALS;
            String remedy = client
                    ? "ask the application to grant access to the client again, or check extraParameters"
                    : "authorize again";
            return failure(FailureKind.CONSENT_REQUIRED, what, happened, remedy, null);
        } else if (HttpStatus.isSuccess(status) && error.isEmpty() && !isRefusal(body)) {
            String happened = "was answered without a token" + said;
            return failure(FailureKind.MALFORMED_RESPONSE, what, happened, "check tokenUrl", null);
        }
        String happened = "was refused with status " + status + said;
        if (status / 100 == 3) {
            return failure(FailureKind.UNTRUSTED_ORIGIN, what, happened + ", a redirect", "correct tokenUrl", null);
        }
        HttpHeaders headers = headers(response);
        FailureKind kind = kind(status, headers, error);
        Optional<Duration> wait = kind.isRetryable()
                ? RateLimitHeaders.asked(headers, kind == FailureKind.RATE_LIMITED, clock.instant())
                : Optional.empty();
        String asked = wait.filter(time -> !time.isZero())
                .map(time -> ", to be called again in " + Remedies.text(time))
                .orElse("");
        String remedy =
                text.isPage() && kind == FailureKind.FORBIDDEN ? Remedies.of(kind, status, "", true) : remedy(kind);
        Problem problem = problem(status >= 500 ? SERVER_ERROR : "oauth", what, happened + asked, remedy);
        return new ConnectorException(kind, problem, wait.orElse(null), null);
    }

    /** The words of the server, the error before its description, without what we sent. */
    private String said(String error, ErrorText text) {
        String words = text.words().equalsIgnoreCase(error) ? "" : text.words();
        String said =
                List.of(error, words).stream().filter(each -> !each.isEmpty()).collect(Collectors.joining(", "));
        String shown = ErrorText.shortened(redactor.redact(said));
        return shown.isEmpty() ? "" : ": " + shown;
    }

    private static FailureKind kind(int status, HttpHeaders headers, String error) {
        FailureKind byStatus = HttpStatus.isSuccess(status) ? FailureKind.REJECTED : HttpStatus.kind(status, headers);
        boolean isCode = !error.isEmpty() && status < 500 && HttpStatus.repeat(status, headers) == Repeat.NEVER;
        if (!isCode || byStatus == FailureKind.UNAUTHORIZED) {
            return byStatus;
        }
        if (error.matches("[45][0-9]{2}")) {
            return HttpStatus.kind(Integer.parseInt(error), headers);
        }
        // invalid_client, unauthorized_client, incorrect_client_credentials and the like
        return error.contains("client") ? FailureKind.UNAUTHORIZED : FailureKind.REJECTED;
    }

    private String remedy(FailureKind kind) {
        return switch (kind) {
            case UNAUTHORIZED -> "check clientId, clientSecret, clientAuthentication" + encoding();
            case RATE_LIMITED, UNAVAILABLE, TIMEOUT -> "";
            case NOT_FOUND -> "check tokenUrl and revocationUrl";
            default -> "check scopes, redirectUri and extraParameters";
        };
    }

    /** Servers disagree about the encoding, which shows only where the secret has something to encode. */
    private String encoding() {
        String pair = settings.clientId()
                + settings.clientSecret().map(Secret::reveal).orElse("");
        boolean same = URLEncoder.encode(pair, StandardCharsets.UTF_8).equals(pair);
        return switch (settings.clientAuthentication()) {
            case BASIC -> same ? "" : " (basic form-encodes id and secret first, basic-raw does not)";
            case BASIC_RAW -> same ? "" : " (basic-raw does not form-encode id and secret first, basic does)";
            default -> "";
        };
    }

    ConnectorException failure(
            FailureKind kind, String what, String happened, String remedy, @Nullable Exception cause) {
        // The cause's own message may hold the whole response, so only its class is kept.
        String detail = cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")";
        return new ConnectorException(kind, problem("oauth", what, happened + detail, remedy));
    }

    private Problem problem(String code, String what, String happened, String remedy) {
        String message = "the " + what + " at " + settings.tokenUrl().getRawAuthority() + " " + happened;
        return Problem.of(code, "authorization", message, remedy);
    }

    private static HttpHeaders headers(Response response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.getHeaders().forEach((name, value) -> headers.put(name, List.of(value)));
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    /**
     * {@return the code of an error, in lower case; empty if there is none, or it is no code}
     *
     * <p>The member {@code error} counts most, else the first of the other names that servers give it. Some of these have a
     * code for success too, such as 0.
     */
    private static String error(JsonNode body) {
        JsonNode error = body.path("error");
        Optional<String> code = error.isObject()
                ? text(error, "code").or(() -> text(error, "type"))
                : text(body, "error").filter(text -> !SUCCESS.matcher(text).matches());
        for (String member : CODES) {
            code = code.or(() ->
                    text(body, member).filter(text -> !SUCCESS.matcher(text).matches()));
        }
        return code.map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> text.matches("[a-z0-9_.:/-]{1,100}"))
                .orElse("");
    }

    /** Whether a body without a code says that the request failed. */
    private static boolean isRefusal(JsonNode body) {
        return OUTCOMES.stream()
                .anyMatch(member -> text(body, member).filter(FAILED::contains).isPresent());
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null || !node.isObject() ? JSON.createObjectNode() : node;
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    private static Optional<String> text(JsonNode body, String member) {
        JsonNode node = body.get(member);
        return node != null && node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
    }

    /**
     * {@code expires_in} may be missing, a text or a decimal. 0 and less cannot be the life of a token that was just given:
     * some servers say so that it does not expire. Such a token is renewed when a call is refused with 401.
     */
    private static @Nullable Instant expiry(JsonNode body, Instant now) {
        return text(body, "expires_in")
                .map(String::strip)
                .filter(seconds -> LIFE.matcher(seconds).matches())
                .map(seconds -> new BigDecimal(seconds).longValue())
                .filter(seconds -> seconds > 0)
                .map(now::plusSeconds)
                .orElse(null);
    }
}
