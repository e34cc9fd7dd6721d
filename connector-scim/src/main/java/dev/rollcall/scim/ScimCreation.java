package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes new accounts, each once: before the request it looks whether an account has the key by now, and afterwards whether
 * another one got it meanwhile. Thread-safe.
 */
final class ScimCreation {
    private final ScimSingleWriter writer;
    private final ScimHttp http;
    private final ScimUsers users;
    private final ScimQuirks quirks;
    private final ScimPatch patch;
    private final AtomicBoolean lookedAtOne = new AtomicBoolean();
    private volatile boolean keysAreLost;

    ScimCreation(ScimSingleWriter writer, ScimHttp http, ScimUsers users, ScimQuirks quirks, ScimPatch patch) {
        this.writer = writer;
        this.http = http;
        this.users = users;
        this.quirks = quirks;
        this.patch = patch;
    }

    /** {@return whether no new account has been made yet} */
    boolean hasMadeNone() {
        return !lookedAtOne.get();
    }

    /** {@return whether a response to a new account can be believed without looking at the account once more} */
    boolean isBelieved() {
        return lookedAtOne.get() && !quirks.looksAgain() && !keysAreLost;
    }

    /** {@return a new account, whose key is looked up before and after} */
    Account create(AccountWrite write) {
        requireNew(write);
        Account made = make(write);
        requireAlone(write, made);
        return made;
    }

    /** {@return a new account; whether another one has its key is for the caller to see} */
    Account make(AccountWrite write) {
        String what = what(write);
        if (keysAreLost) {
            throw ScimErrors.keyNotKept(what);
        }
        Map<ScimPath, List<String>> values = ScimPath.keyed(write.attributes());
        WriteJudge judge = new WriteJudge(write);
        // One is enough to see which attributes the service shows in its response and does not keep.
        boolean look = lookedAtOne.compareAndSet(false, true) || quirks.looksAgain();
        ObjectNode made;
        try {
            ScimAnswer answer = http.orThrow(http.send(what, "POST", users.path(), patch.created(values), null, false));
            made = judge.ofResponse(answer.body()) == WriteJudge.Verdict.WRITTEN
                    ? (ObjectNode) answer.body()
                    : whereToldOrNamed(answer, judge, values);
        } catch (ConnectorException failed) {
            made = madeAfterAll(what, failed, judge, values);
        }
        JsonNode now = look ? seenAgain(what, made) : made;
        if (judge.ofRead(now) == WriteJudge.Verdict.KEY_NOT_KEPT) {
            keysAreLost = true;
            throw ScimErrors.keyNotKept(what);
        }
        return ScimUsers.account(now, ScimPath.named(write.attributes().keySet()));
    }

    private static String what(AccountWrite write) {
        String name = write.attributes().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase("userName"))
                .flatMap(entry -> entry.getValue().stream())
                .findFirst()
                .orElse("");
        return "creating " + (name.isEmpty() ? "a user" : name);
    }

    /**
     * Looks whether an account has the key by now, which another run may have made since the plan.
     *
     * @throws ConnectorException if so, or if no account keeps its key here
     */
    void requireNew(AccountWrite write) {
        if (keysAreLost) {
            throw ScimErrors.keyNotKept(what(write));
        }
        List<ObjectNode> others = withKey(write);
        if (!others.isEmpty()) {
            String message = what(write) + ": the account " + label(others.get(0)) + " has this key by now";
            throw new ConnectorException(
                    FailureKind.REJECTED, Problem.of(AccountWriter.STALE, "", message, "the next run looks again"));
        }
    }

    /**
     * Looks whether another account got the same key meanwhile; if so, the new one is disabled. Of two runs that made an
     * account for one person at the same time, the one that sees both undoes its own.
     *
     * @throws ConnectorException if so
     */
    void requireAlone(AccountWrite write, Account made) {
        List<ObjectNode> others = withKey(write).stream()
                .filter(user -> !id(user).equals(made.id()))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        String message = what(write) + ": the account " + label(others.get(0)) + ", with the id " + id(others.get(0))
                + ", has the same key; the new one, with the id " + made.id() + ", ";
        try {
            writer.write(AccountWrite.disable(Account.of(made.id(), made.label(), true, Map.of())
                    .version(made.version().orElse(null))));
            message += "is disabled";
        } catch (ConnectorException failed) {
            message += "could not be disabled: " + failed.problem().message();
        }
        throw new ConnectorException(
                FailureKind.AMBIGUOUS, Problem.of("two-accounts", "", message, "delete one of the two"));
    }

    private List<ObjectNode> withKey(AccountWrite write) {
        Optional<ScimPath> key = write.key().map(ScimPath::of).filter(ScimUsers::canFind);
        List<String> values = write.key()
                .map(name -> write.attributes().getOrDefault(name, List.of()))
                .orElse(List.of());
        if (key.isEmpty() || values.size() != 1 || !users.looksUp()) {
            return List.of();
        }
        return users.find(key.get(), values.get(0)).stream()
                .filter(user -> !(write.isReplacing() && WriteJudge.State.of(user) == WriteJudge.State.INACTIVE))
                .toList();
    }

    private JsonNode seenAgain(String what, ObjectNode made) {
        Optional<ScimAnswer> again = users.byId(id(made));
        if (again.isPresent()) {
            return again.get().body();
        }
        throw notThere(what);
    }

    private ConnectorException notThere(String what) {
        String message = what + ": the service answered that the account is made, and does not have it";
        return new ConnectorException(FailureKind.REJECTED, Problem.of("not-there", "", message, quirks.invisible()));
    }

    /** Some show nothing, or another account: then the account is where they say, or has the name that it was given. */
    private ObjectNode whereToldOrNamed(ScimAnswer answer, WriteJudge judge, Map<ScimPath, List<String>> values) {
        Optional<ObjectNode> told = lastSegment(answer.header("Location").orElse(""))
                .or(() -> Optional.of(id(answer.body())).filter(id -> !id.isEmpty()))
                .flatMap(users::byId)
                .filter(found -> isMade(judge, found.body()))
                .map(found -> (ObjectNode) found.body());
        return told.or(() -> named(judge, values)).orElseThrow(() -> {
            boolean unknown = answer.status() == 202 || judge.ofResponse(answer.body()) == WriteJudge.Verdict.ANOTHER;
            return unknown
                    ? ambiguous(
                            answer.what(),
                            answer.status() == 202
                                    ? "the service has accepted it and not done it yet"
                                    : "the service answered with another account",
                            null)
                    : notThere(answer.what());
        });
    }

    /** What the service itself names as made may lack its key, which is a failure of its own. */
    private static boolean isMade(WriteJudge judge, JsonNode found) {
        WriteJudge.Verdict verdict = judge.ofRead(found);
        return verdict == WriteJudge.Verdict.WRITTEN || verdict == WriteJudge.Verdict.KEY_NOT_KEPT;
    }

    private static Optional<String> lastSegment(String location) {
        String path = location.replaceAll("/+$", "");
        return Optional.of(path.substring(path.lastIndexOf('/') + 1))
                .filter(id -> !id.isEmpty())
                .map(id -> URLDecoder.decode(id, StandardCharsets.UTF_8));
    }

    private Optional<ObjectNode> named(WriteJudge judge, Map<ScimPath, List<String>> values) {
        for (Map.Entry<ScimPath, List<String>> entry : values.entrySet()) {
            boolean one = ScimUsers.canFind(entry.getKey()) && entry.getValue().size() == 1;
            List<ObjectNode> found =
                    one ? users.find(entry.getKey(), entry.getValue().get(0)) : List.of();
            if (found.size() == 1 && judge.isMade(found.get(0))) {
                return Optional.of(found.get(0));
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the account of an operation that a bulk response says is made}
     *
     * @throws ConnectorException if it is not there, or not known to be it
     */
    Account settle(AccountWrite write, String location) {
        String what = what(write);
        WriteJudge judge = new WriteJudge(write);
        Map<ScimPath, List<String>> values = ScimPath.keyed(write.attributes());
        ObjectNode made = lastSegment(location)
                .flatMap(users::byId)
                .map(ScimAnswer::body)
                .filter(found -> judge.ofRead(found) == WriteJudge.Verdict.WRITTEN)
                .map(found -> (ObjectNode) found)
                .or(() -> named(judge, values))
                .orElseThrow(() -> ambiguous(what, "the service does not show it", null));
        return ScimUsers.account(made, ScimPath.named(write.attributes().keySet()));
    }

    /** The response was lost, not necessarily the account. */
    private ObjectNode madeAfterAll(
            String what, ConnectorException failed, WriteJudge judge, Map<ScimPath, List<String>> values) {
        boolean maybe = failed.kind() == FailureKind.TIMEOUT
                || failed.kind() == FailureKind.MALFORMED_RESPONSE
                || (failed.kind() == FailureKind.UNAVAILABLE
                        && !failed.problem().code().equals("tls"));
        if (!maybe) {
            throw failed;
        }
        Optional<ObjectNode> made;
        try {
            made = named(judge, values);
        } catch (ConnectorException again) {
            throw lost(what, failed);
        }
        return made.orElseThrow(() -> lost(what, failed));
    }

    private static ConnectorException lost(String what, ConnectorException failed) {
        return failed.kind() == FailureKind.UNAVAILABLE
                ? failed
                : ambiguous(what, failed.problem().message(), failed);
    }

    private static ConnectorException ambiguous(String what, String why, @Nullable ConnectorException cause) {
        String message = what + ": it is not known whether the account was made; " + why;
        return new ConnectorException(
                FailureKind.AMBIGUOUS, Problem.of("ambiguous", "", message, "the next run looks"), null, cause);
    }

    private static String label(JsonNode user) {
        String name = ScimJson.text(ScimJson.child(user, "userName"));
        return name.isBlank() ? id(user) : name;
    }

    private static String id(JsonNode user) {
        return ScimJson.text(ScimJson.child(user, "id"));
    }
}
