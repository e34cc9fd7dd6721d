package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountResult;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.WebhookResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the response to a bulk request says of one of its operations. Immutable and thread-safe.
 *
 * @param operation an element of {@code Operations} in the response
 */
record BulkOutcome(JsonNode operation) {
    /** {@return the URL of the account as the response gives it; an empty string if it gives none} */
    String location() {
        return ScimJson.text(ScimJson.child(operation, "location"));
    }

    /** {@return whether the operation succeeded, without the account in its response} */
    boolean saysDone() {
        return status() / 100 == 2 && status() != 202 && isSilent();
    }

    private int status() {
        JsonNode said = ScimJson.child(operation, "status");
        return (int) ScimJson.number(said.isObject() ? ScimJson.child(said, "code") : said);
    }

    private JsonNode response() {
        return ScimJson.child(operation, "response");
    }

    private boolean isSilent() {
        return response().isMissingNode() || response().isNull() || response().isEmpty();
    }

    /** {@return what became of the operation; empty if the response does not show it, and the account is to be looked at} */
    Optional<AccountResult> result(AccountWrite write, ScimHttp http) {
        int status = status();
        JsonNode response = response();
        String what = write.kind().name().toLowerCase(Locale.ROOT)
                + write.seen().map(account -> " " + account.label()).orElse("");
        if (status / 100 != 2) {
            if (write.kind() == AccountWrite.Kind.DELETE && status == 404) {
                return Optional.of(AccountResult.done(null));
            }
            boolean again = status == 412
                    || ScimJson.text(ScimJson.child(response, "scimType")).equals("noTarget");
            boolean change = write.kind() != AccountWrite.Kind.DELETE && write.kind() != AccountWrite.Kind.CREATE;
            if (again && change) {
                return Optional.empty();
            }
            ScimAnswer answer = new ScimAnswer(
                    what,
                    new WebhookResponse(status, Map.of(), response.isMissingNode() ? "" : response.toString()),
                    response);
            return Optional.of(AccountResult.failed(http.failure(answer)));
        }
        if (status == 202) {
            return Optional.empty(); // accepted, and not known to be done
        } else if (write.kind() == AccountWrite.Kind.DELETE) {
            return response.isMissingNode() || response.isNull()
                    ? Optional.of(AccountResult.done(null))
                    : Optional.empty();
        }
        Map<String, ScimPath> paths = ScimPath.named(write.attributes().keySet());
        if (new WriteJudge(write).ofResponse(response) == WriteJudge.Verdict.WRITTEN) {
            return Optional.of(AccountResult.done(ScimUsers.account(response, paths)));
        }
        String location = location().replaceAll("/+$", "");
        String told = location.substring(location.lastIndexOf('/') + 1);
        String id = write.seen().map(Account::id).orElse(told);
        boolean sameId = told.isEmpty() || ScimHttp.encoded(id).equals(told) || id.equals(told);
        boolean believed = write.kind() == AccountWrite.Kind.CREATE
                || (write.kind() == AccountWrite.Kind.MODIFY && !ScimSingleWriter.takesAway(write));
        if (!isSilent() || id.isEmpty() || !sameId || !believed) {
            return Optional.empty(); // whether somebody can log in, or has lost a role, is never taken on trust
        }
        String version = ScimJson.text(ScimJson.child(operation, "version"));
        boolean active = write.seen().map(Account::isActive).orElse(true);
        // Bulk answers hold no users: what was written is taken for what is kept, until the next run looks.
        Account account = Account.of(id, write.seen().map(Account::label).orElse(id), active, write.attributes());
        return Optional.of(AccountResult.done(account.version(version.isEmpty() ? null : version)));
    }
}
