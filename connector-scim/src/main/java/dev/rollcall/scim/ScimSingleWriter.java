package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountResult;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes one account at a time. A change that knows no version of its account looks at it right before, so that nothing is
 * overwritten that the plan has not seen. Thread-safe.
 */
final class ScimSingleWriter {
    private final ScimHttp http;
    private final ScimUsers users;
    private final ScimSettings settings;
    private final ScimQuirks quirks;
    private final ScimPatch patch;
    private final AtomicBoolean lookedAtOne = new AtomicBoolean();
    private volatile boolean patchRefused;

    ScimSingleWriter(ScimHttp http, ScimUsers users, ScimSettings settings, ScimQuirks quirks, ScimPatch patch) {
        this.http = http;
        this.users = users;
        this.settings = settings;
        this.quirks = quirks;
        this.patch = patch;
    }

    /**
     * {@return what became of a write}
     *
     * @throws ConnectorException if it was not made, or it is not known whether it was
     */
    AccountResult write(AccountWrite write) {
        return switch (write.kind()) {
            case CREATE -> AccountResult.done(create(write.attributes()));
            case DELETE -> delete(write.seen().orElseThrow());
            case MODIFY, ENABLE, DISABLE -> AccountResult.done(new Change(write).make());
        };
    }

    /** {@return whether no new account has been made yet} */
    boolean hasMadeNone() {
        return !lookedAtOne.get();
    }

    /** {@return whether a new account's answer can be believed without looking at the account once more} */
    boolean believesCreates() {
        return lookedAtOne.get() && !quirks.looksAgain();
    }

    private Account create(Map<String, List<String>> attributes) {
        Map<ScimPath, List<String>> values = ScimPath.keyed(attributes);
        String name = values.entrySet().stream()
                .filter(entry -> entry.getKey().attribute().equalsIgnoreCase("userName"))
                .flatMap(entry -> entry.getValue().stream())
                .findFirst()
                .orElse("");
        String what = "creating " + (name.isEmpty() ? "a user" : name);
        ObjectNode made;
        try {
            ScimAnswer answer = http.orThrow(http.send(what, "POST", users.path(), patch.created(values), null, false));
            made = answer.body() instanceof ObjectNode user && !id(user).isEmpty()
                    ? user
                    : whereToldOrNamed(answer, values);
        } catch (ConnectorException failed) {
            made = madeAfterAll(what, failed, values);
        }
        // One is enough to see which attributes the service answers with and does not keep.
        boolean look = lookedAtOne.compareAndSet(false, true) || quirks.looksAgain();
        Map<String, ScimPath> paths = ScimPath.named(attributes.keySet());
        return ScimUsers.account(look ? seenAgain(what, made) : made, paths);
    }

    private JsonNode seenAgain(String what, ObjectNode made) {
        Optional<ScimAnswer> again = users.byId(id(made));
        if (again.isPresent()) {
            return again.get().body();
        }
        String message = what + ": the service answered that the account is made, and does not have it";
        throw new ConnectorException(FailureKind.REJECTED, Problem.of("not-there", "", message, quirks.invisible()));
    }

    /** Some answer nothing: then the account is where they say, or has the name that it was given. */
    private ObjectNode whereToldOrNamed(ScimAnswer answer, Map<ScimPath, List<String>> values) {
        Optional<String> id = answer.header("Location")
                .map(location -> location.replaceAll("/+$", ""))
                .map(location -> location.substring(location.lastIndexOf('/') + 1));
        Optional<ObjectNode> told = id.filter(text -> !text.isEmpty())
                .map(text -> java.net.URLDecoder.decode(text, java.nio.charset.StandardCharsets.UTF_8))
                .flatMap(users::byId)
                .map(found -> (ObjectNode) found.body());
        return told.or(() -> named(values))
                .orElseThrow(() -> new ConnectorException(
                        FailureKind.REJECTED,
                        Problem.of(
                                "not-there",
                                "",
                                answer.what() + ": the service answered that the account is made, and does not have it",
                                quirks.invisible())));
    }

    private Optional<ObjectNode> named(Map<ScimPath, List<String>> values) {
        for (Map.Entry<ScimPath, List<String>> entry : values.entrySet()) {
            boolean one = ScimUsers.canFind(entry.getKey()) && entry.getValue().size() == 1;
            List<ObjectNode> found =
                    one ? users.find(entry.getKey(), entry.getValue().get(0)) : List.of();
            boolean ours = found.size() == 1
                    && values.entrySet().stream()
                            .filter(each -> ScimUsers.canFind(each.getKey()))
                            .allMatch(each -> same(each.getKey(), each.getKey().read(found.get(0)), each.getValue()));
            if (ours) {
                return Optional.of(found.get(0));
            }
        }
        return Optional.empty();
    }

    /** The answer was lost, not necessarily the account. */
    private ObjectNode madeAfterAll(String what, ConnectorException failed, Map<ScimPath, List<String>> values) {
        boolean maybe = failed.kind() == FailureKind.TIMEOUT
                || failed.kind() == FailureKind.MALFORMED_RESPONSE
                || (failed.kind() == FailureKind.UNAVAILABLE
                        && !failed.problem().code().equals("tls"));
        if (!maybe) {
            throw failed;
        }
        Optional<ObjectNode> made;
        try {
            made = named(values);
        } catch (ConnectorException again) {
            throw failed.kind() == FailureKind.UNAVAILABLE ? failed : ambiguous(what, failed);
        }
        return made.orElseThrow(() -> failed.kind() == FailureKind.UNAVAILABLE ? failed : ambiguous(what, failed));
    }

    private static ConnectorException ambiguous(String what, ConnectorException failed) {
        String message = what + ": it is not known whether the account was made; "
                + failed.problem().message();
        return new ConnectorException(
                FailureKind.AMBIGUOUS, Problem.of("ambiguous", "", message, "the next run looks"), null, failed);
    }

    private AccountResult delete(Account seen) {
        String what = "deleting " + seen.label();
        ScimAnswer answer = http.send(
                what, "DELETE", users.path(seen.id()), null, seen.version().orElse(null), true);
        if (answer.status() != 404) {
            http.orThrow(answer);
        }
        return AccountResult.done(null);
    }

    /** One change of one account. Not thread-safe: for one thread at a time. */
    private final class Change {
        private final Account seen;
        private final String what;
        private final boolean changesLists;
        private final Map<ScimPath, List<String>> values;
        private final Map<ScimPath, List<String>> before = new LinkedHashMap<>();
        private final Map<String, ScimPath> paths;
        private final @Nullable Boolean active;

        Change(AccountWrite write) {
            this.seen = write.seen().orElseThrow();
            this.what = write.kind().name().toLowerCase(Locale.ROOT) + " " + seen.label();
            this.changesLists = changesLists(write);
            this.values = ScimPath.keyed(write.attributes());
            this.paths = ScimPath.named(write.attributes().keySet());
            this.active = ScimPatch.active(write);
            paths.forEach((name, path) -> before.put(path, seen.values(name)));
        }

        Account make() {
            boolean put = patchRefused
                    || settings.style() == ScimSettings.PatchStyle.PUT
                    || !users.features().patch();
            boolean whole = put || settings.style() == ScimSettings.PatchStyle.NO_PATH || changesLists;
            boolean sure = users.features().versions() && seen.version().isPresent();
            ScimAnswer present = whole || !sure ? present() : null;
            if (present != null && isDone(present.body())) {
                return ScimUsers.account(present.body(), paths);
            }
            ScimAnswer answer = send(put, present, false);
            if (!put && (answer.status() == 405 || answer.status() == 501)) {
                patchRefused = true;
                answer = send(true, present(), false);
            } else if (answer.status() == 400 && answer.scimType().equalsIgnoreCase("noTarget") && !put) {
                answer = send(false, present, true);
            } else if (answer.status() == 412) {
                answer = send(put, present(), false);
            }
            ObjectNode now = users.told(http.orThrow(answer), seen.id());
            if (present != null) {
                checkNeighbours(present.body(), now);
            }
            if (active != null && ScimUsers.isActive(now) != active) {
                String message = what + ": the service answered that it is done, and the account is still "
                        + (active ? "inactive" : "active");
                throw new ConnectorException(
                        FailureKind.REJECTED, Problem.of("not-kept", "", message, "try settings.booleanAsString"));
            }
            return ScimUsers.account(now, paths);
        }

        /** Some keep one e-mail address only, and write it over another that nobody has named. */
        private void checkNeighbours(JsonNode present, JsonNode now) {
            for (ScimPath path : values.keySet()) {
                List<String> lost = path.others(present, values.keySet());
                lost.removeAll(path.others(now, values.keySet()));
                if (!lost.isEmpty()) {
                    String message = what + ": the service has removed other values of " + path.top()
                            + " than those that were changed";
                    String remedy = "it may keep one value only; map one path of " + path.top();
                    throw new ConnectorException(FailureKind.REJECTED, Problem.of("not-kept", "", message, remedy));
                }
            }
        }

        private ScimAnswer send(boolean put, @Nullable ScimAnswer present, boolean adding) {
            String version = present == null ? seen.version().orElse(null) : ScimUsers.version(present);
            version = version == null || version.isEmpty() ? null : version;
            String path = users.path(seen.id());
            if (present != null && present.body() instanceof ObjectNode user) {
                if (put) {
                    return http.send(what, "PUT", path, patch.replaced(user, values, active), version, true);
                } else if (settings.style() == ScimSettings.PatchStyle.NO_PATH && !adding) {
                    return http.send(what, "PATCH", path, patch.withoutPath(user, values, active), version, true);
                } else if (changesLists) {
                    ObjectNode body = patch.withWholeLists(user, before, values, active, adding);
                    return http.send(what, "PATCH", path, body, version, true);
                }
            }
            return http.send(what, "PATCH", path, patch.byPath(before, values, active, adding), version, true);
        }

        /** The account right now, if what is to be changed in it is still what was seen. */
        private ScimAnswer present() {
            ScimAnswer answer = users.byId(seen.id()).orElseThrow(() -> ScimErrors.stale(what));
            JsonNode present = answer.body();
            if (isDone(present)) {
                return answer;
            }
            boolean same = active == null || ScimUsers.isActive(present) == seen.isActive();
            for (Map.Entry<ScimPath, List<String>> entry : before.entrySet()) {
                same &= same(entry.getKey(), entry.getKey().read(present), entry.getValue());
            }
            if (!same) {
                throw ScimErrors.stale(what);
            }
            return answer;
        }

        private boolean isDone(JsonNode present) {
            return (active == null || ScimUsers.isActive(present) == active)
                    && values.entrySet().stream()
                            .allMatch(
                                    entry -> same(entry.getKey(), entry.getKey().read(present), entry.getValue()));
        }
    }

    /** {@return whether elements of lists come or go; the list is looked at before, so that none of the others is lost} */
    static boolean changesLists(AccountWrite write) {
        return write.attributes().entrySet().stream()
                .filter(entry -> ScimPath.of(entry.getKey()).isFiltered())
                .anyMatch(entry -> entry.getValue().isEmpty()
                        != write.seen().orElseThrow().values(entry.getKey()).isEmpty());
    }

    private static boolean same(ScimPath path, List<String> some, List<String> others) {
        return comparable(path, some).equals(comparable(path, others));
    }

    private static Set<String> comparable(ScimPath path, List<String> values) {
        Set<String> set = new TreeSet<>();
        values.forEach(value -> set.add(path.ignoresCase() ? value.toLowerCase(Locale.ROOT) : value));
        return set;
    }

    private static String id(JsonNode user) {
        return ScimJson.text(ScimJson.child(user, "id"));
    }
}
