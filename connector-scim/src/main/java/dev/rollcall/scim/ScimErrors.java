package dev.rollcall.scim;

import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.rest.RestClient;
import java.util.Locale;
import java.util.Optional;

/** Says what a refusal means, by status first and keyword second: not every provider sends keywords. Thread-safe. */
final class ScimErrors {
    private static final int SHOWN = 300;

    private final ScimQuirks quirks;

    ScimErrors(ScimQuirks quirks) {
        this.quirks = quirks;
    }

    ConnectorException of(ScimAnswer answer) {
        int status = answer.status();
        String type = answer.scimType();
        String detail = oneLine(answer.detail());
        Optional<Problem> special = quirks.explain(status, type, detail);
        FailureKind kind = kind(status, type);
        if (special.isPresent()) {
            return new ConnectorException(kind, special.get());
        }
        String said = (type.isEmpty() ? "" : ", " + type) + (detail.isEmpty() ? "" : ", " + detail);
        String message = answer.what() + ": status " + status + said;
        return new ConnectorException(kind, Problem.of(code(status, type), "", message, remedy(answer, type)));
    }

    static ConnectorException malformed(String what, String message) {
        return new ConnectorException(
                FailureKind.MALFORMED_RESPONSE,
                Problem.of("not-scim", "", what + ": " + message, "check settings.baseUrl"));
    }

    static ConnectorException stale(String what) {
        String message = what + ": the account is no longer what the plan saw";
        return new ConnectorException(
                FailureKind.REJECTED, Problem.of(AccountWriter.STALE, "", message, "the next run looks again"));
    }

    /** Without its key the account would be nobody's: the next run would not find it, and a leaver would keep it. */
    static ConnectorException keyNotKept(String what) {
        String message = what + ": the service has not stored the key of the account";
        return new ConnectorException(
                FailureKind.REJECTED,
                Problem.of("key-not-kept", "", message, "map the key to an attribute that the service stores"));
    }

    static ConnectorException keyNotListed() {
        return new ConnectorException(
                FailureKind.MALFORMED_RESPONSE,
                Problem.of(
                        "key-not-listed",
                        "",
                        "users: the list does not have externalId, and a user alone has it",
                        "let the service list externalId, or map the key to an attribute that it lists"));
    }

    /** By the status as everywhere, but for the keyword that says more. */
    private static FailureKind kind(int status, String type) {
        FailureKind kind = RestClient.failureKind(status);
        return kind == FailureKind.REJECTED && type.equalsIgnoreCase("tooMany") ? FailureKind.LIMIT_EXCEEDED : kind;
    }

    private static String code(int status, String type) {
        if (status == 412) {
            return AccountWriter.STALE;
        } else if (status == 409 || type.equalsIgnoreCase("uniqueness")) {
            return "exists";
        }
        return type.isEmpty() || status >= 500 ? "status-" + status : kebab(type);
    }

    private static String remedy(ScimAnswer answer, String type) {
        int status = answer.status();
        if (status == 409 || type.equalsIgnoreCase("uniqueness")) {
            return "another account has this name; if it is the person's, name link in categories and a match rule";
        }
        String keyword = type.toLowerCase(Locale.ROOT);
        return switch (keyword) {
            case "mutability" -> "the service lets nobody change this attribute; say apply: on-create, or remove it";
            case "invalidpath", "notarget" -> "the service does not know this attribute, or try settings.patchStyle";
            case "invalidvalue" -> "the service wants another value; see its words";
            case "invalidsyntax" -> "try another settings.patchStyle";
            case "sensitive" -> "the service does not take this in a URL";
            default ->
                switch (status) {
                    case 401 -> "check the token under authorization";
                    case 403 -> RestClient.remedy(answer.response());
                    case 404 -> "check settings.baseUrl";
                    case 412 -> "the next run looks again";
                    case 429 -> "lower settings.requestsPerSecond, or run again later";
                    default -> "";
                };
        };
    }

    private static String kebab(String keyword) {
        return keyword.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
