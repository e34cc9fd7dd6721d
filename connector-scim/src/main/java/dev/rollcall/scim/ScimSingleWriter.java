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
import org.jspecify.annotations.Nullable;

/**
 * Writes one account at a time. A change that knows no version of its account looks at it right before, so that nothing is
 * overwritten that the plan has not seen. Thread-safe.
 */
final class ScimSingleWriter {
    private final ScimHttp http;
    private final ScimUsers users;
    private final ScimSettings settings;
    private final ScimPatch patch;
    private final ScimCreation creation;
    private volatile boolean patchRefused;

    ScimSingleWriter(ScimHttp http, ScimUsers users, ScimSettings settings, ScimQuirks quirks, ScimPatch patch) {
        this.http = http;
        this.users = users;
        this.settings = settings;
        this.patch = patch;
        this.creation = new ScimCreation(this, http, users, quirks, patch);
    }

    /** {@return what makes new accounts} */
    ScimCreation creation() {
        return creation;
    }

    /**
     * {@return what became of a write}
     *
     * @throws ConnectorException if it was not made, or it is not known whether it was
     */
    AccountResult write(AccountWrite write) {
        return switch (write.kind()) {
            case CREATE -> AccountResult.done(creation.create(write));
            case DELETE -> delete(write);
            case MODIFY, ENABLE, DISABLE -> AccountResult.done(new Change(write).make(false));
        };
    }

    private AccountResult delete(AccountWrite write) {
        Account seen = write.seen().orElseThrow();
        String what = "deleting " + seen.label();
        boolean sure = users.features().versions() && seen.version().isPresent();
        Optional<ScimAnswer> present = sure ? Optional.empty() : users.byId(seen.id());
        if (!sure && present.isEmpty()) {
            return AccountResult.done(null);
        } else if (present.isPresent()
                && !new WriteJudge(write).isSeen(present.get().body())) {
            throw ScimErrors.stale(what);
        }
        String version = present.map(ScimUsers::version)
                .filter(text -> !text.isEmpty())
                .or(seen::version)
                .orElse(null);
        ScimAnswer answer = http.send(what, "DELETE", users.path(seen.id()), null, version, true);
        if (answer.status() == 404) {
            return AccountResult.done(null);
        }
        http.orThrow(answer);
        if (answer.status() != 204 && users.byId(seen.id()).isPresent()) {
            throw notDone(what, answer.status(), "the account is still there", "");
        }
        return AccountResult.done(null);
    }

    /** A service that has accepted a request (202) may still do it; any other one has not done what it said. */
    static ConnectorException notDone(String what, int status, String but, String remedy) {
        boolean accepted = status == 202;
        String message = what
                + (accepted
                        ? ": the service has accepted it and not done it yet; "
                        : ": the service answered that it is done, and ")
                + but;
        return accepted
                ? new ConnectorException(
                        FailureKind.AMBIGUOUS, Problem.of("ambiguous", "", message, "the next run looks"))
                : new ConnectorException(FailureKind.REJECTED, Problem.of("not-kept", "", message, remedy));
    }

    /** Makes a change whose outcome a bulk response did not show: looks first whether it is done. */
    AccountResult settle(AccountWrite write) {
        return write.kind() == AccountWrite.Kind.DELETE
                ? delete(write)
                : AccountResult.done(new Change(write).make(true));
    }

    /** {@return the account of a change that a bulk response says is done and does not show} */
    AccountResult look(AccountWrite write) {
        return AccountResult.done(new Change(write).look());
    }

    /** One change of one account. Not thread-safe: for one thread at a time. */
    private final class Change {
        private final Account seen;
        private final String what;
        private final boolean changesLists;
        private final boolean namesElements;
        private final Map<ScimPath, List<String>> values;
        private final Map<ScimPath, List<String>> before = new LinkedHashMap<>();
        private final Map<String, ScimPath> paths;
        private final @Nullable Boolean active;
        private final WriteJudge judge;

        Change(AccountWrite write) {
            this.judge = new WriteJudge(write);
            this.seen = write.seen().orElseThrow();
            this.what = write.kind().name().toLowerCase(Locale.ROOT) + " " + seen.label();
            this.changesLists = changesLists(write);
            this.namesElements = namesElements(write);
            this.values = ScimPath.keyed(write.attributes());
            this.paths = ScimPath.named(write.attributes().keySet());
            this.active = ScimPatch.active(write);
            paths.forEach((name, path) -> before.put(path, seen.values(name)));
        }

        Account make(boolean looking) {
            boolean put = patchRefused
                    || settings.style() == ScimSettings.PatchStyle.PUT
                    || !users.features().patch();
            boolean whole = put || settings.style() == ScimSettings.PatchStyle.NO_PATH || changesLists;
            boolean sure = users.features().versions() && seen.version().isPresent() && !namesElements;
            ScimAnswer present = looking || whole || !sure ? present() : null;
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
            JsonNode now = shown(http.orThrow(answer));
            if (present != null) {
                checkNeighbours(present.body(), now);
            }
            return ScimUsers.account(now, paths);
        }

        Account look() {
            return ScimUsers.account(read(200), paths);
        }

        /** The account as the response shows it, or as it is read where the response does not show what was written. */
        private JsonNode shown(ScimAnswer answer) {
            return judge.ofResponse(answer.body()) == WriteJudge.Verdict.WRITTEN
                    ? answer.body()
                    : read(answer.status());
        }

        private JsonNode read(int status) {
            JsonNode now = users.byId(seen.id())
                    .orElseThrow(() -> ScimErrors.malformed(what, "the account is gone after it was written"))
                    .body();
            return switch (judge.ofRead(now)) {
                case WRITTEN -> now;
                case NOT_DONE ->
                    throw notDone(
                            what,
                            status,
                            "the account is still " + (Boolean.TRUE.equals(active) ? "inactive" : "active"),
                            "try settings.booleanAsString");
                case KEY_NOT_KEPT -> throw ScimErrors.keyNotKept(what);
                case ANOTHER -> throw ScimErrors.stale(what);
                case NOT_SHOWN -> {
                    String message = what + ": the service does not say whether the account is active";
                    throw new ConnectorException(
                            FailureKind.AMBIGUOUS, Problem.of("ambiguous", "", message, "the next run looks"));
                }
            };
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
                } else if (changesLists || values.keySet().stream().anyMatch(place -> place.isUntypedIn(user))) {
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
            if (!judge.isSeen(present)) {
                throw ScimErrors.stale(what);
            } else if (isDone(present)) {
                return answer;
            }
            WriteJudge.State state = WriteJudge.State.of(present);
            // Nobody is enabled whose state is another by now, or unknown.
            boolean same = !Boolean.TRUE.equals(active) || state == WriteJudge.State.INACTIVE;
            for (Map.Entry<ScimPath, List<String>> entry : before.entrySet()) {
                same &= same(entry.getKey(), entry.getKey().read(present), entry.getValue());
            }
            if (!same) {
                throw ScimErrors.stale(what);
            }
            return answer;
        }

        private boolean isDone(JsonNode present) {
            WriteJudge.State state = WriteJudge.State.of(present);
            boolean asWanted =
                    active == null || (active ? state == WriteJudge.State.ACTIVE : state == WriteJudge.State.INACTIVE);
            return asWanted
                    && values.entrySet().stream()
                            .allMatch(
                                    entry -> same(entry.getKey(), entry.getKey().read(present), entry.getValue()));
        }
    }

    /**
     * {@return whether elements of lists are named by a filter such as their type; only the account itself shows whether they
     * have one, since some services keep no types}
     */
    static boolean namesElements(AccountWrite write) {
        return write.attributes().keySet().stream().map(ScimPath::of).anyMatch(ScimPath::isFiltered);
    }

    /** {@return whether a value goes and none comes in its place; some services answer that this is done, and keep it} */
    static boolean takesAway(AccountWrite write) {
        return write.attributes().entrySet().stream().anyMatch(entry -> {
            List<String> before = write.seen().orElseThrow().values(entry.getKey());
            return entry.getValue().isEmpty()
                    ? !before.isEmpty()
                    : ScimPath.of(entry.getKey()).isList() && !entry.getValue().containsAll(before);
        });
    }

    /** {@return whether elements of lists come or go; the list is looked at before, so that none of the others is lost} */
    private static boolean changesLists(AccountWrite write) {
        return write.attributes().entrySet().stream()
                .filter(entry -> ScimPath.of(entry.getKey()).isFiltered())
                .anyMatch(entry -> entry.getValue().isEmpty()
                        != write.seen().orElseThrow().values(entry.getKey()).isEmpty());
    }

    static boolean same(ScimPath path, List<String> some, List<String> others) {
        return comparable(path, some).equals(comparable(path, others));
    }

    private static Set<String> comparable(ScimPath path, List<String> values) {
        Set<String> set = new TreeSet<>();
        values.forEach(value -> set.add(path.comparable(value)));
        return set;
    }
}
