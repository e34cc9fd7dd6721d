package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Judges whether what a service shows is the account that was written, with its key and its state. Single writes, bulk
 * operations and the search after a lost response all ask here. Immutable and thread-safe.
 */
final class WriteJudge {
    /** What is shown. */
    enum Verdict {
        /** The account, as it was to become. */
        WRITTEN,
        /** Too little to tell: the account must be read. */
        NOT_SHOWN,
        /** The account, and what was written is not in it. */
        NOT_DONE,
        /** The account, and the service has not stored its key. */
        KEY_NOT_KEPT,
        /** Another account, or one that has another key by now. */
        ANOTHER
    }

    /** What a user says of its state. */
    enum State {
        ACTIVE,
        INACTIVE,
        /** Nothing: such a user is active, as far as a list is concerned. */
        UNTOLD,
        /** Something that is none of true, false, 1, 0, yes and no. */
        UNREADABLE;

        static State of(JsonNode user) {
            JsonNode active = ScimJson.child(user, "active");
            // The words that a condition on a column takes for true and false: some services give 1 and 0.
            return switch (ScimJson.text(active).toLowerCase(Locale.ROOT)) {
                case "true", "1", "yes" -> ACTIVE;
                case "false", "0", "no" -> INACTIVE;
                default -> active.isMissingNode() ? UNTOLD : UNREADABLE;
            };
        }
    }

    private final AccountWrite write;
    private final Map<ScimPath, List<String>> values;

    /** What was seen of the account and is not written: it must be there before the write, its names also afterwards. */
    private final Map<ScimPath, List<String>> identity = new LinkedHashMap<>();

    WriteJudge(AccountWrite write) {
        this.write = write;
        this.values = ScimPath.keyed(write.attributes());
        write.seen()
                .ifPresent(seen -> seen.attributes().forEach((name, list) -> {
                    if (!write.attributes().containsKey(name)) {
                        identity.put(ScimPath.of(name), list);
                    }
                }));
    }

    /** {@return what a response shows, which need not be all of the account} */
    Verdict ofResponse(JsonNode shown) {
        return verdict(shown, false);
    }

    /** {@return what the account shows that was read after the write} */
    Verdict ofRead(JsonNode shown) {
        return verdict(shown, true);
    }

    private Verdict verdict(JsonNode shown, boolean whole) {
        if (!isUser(shown)) {
            return Verdict.NOT_SHOWN;
        }
        String id = ScimJson.text(ScimJson.child(shown, "id"));
        if (write.seen().map(Account::id).filter(seen -> !seen.equals(id)).isPresent()) {
            return Verdict.ANOTHER;
        }
        Verdict who = write.kind() == AccountWrite.Kind.CREATE ? whoWasMade(shown, whole) : whoWasSeen(shown, whole);
        return who == Verdict.WRITTEN ? state(shown, whole) : who;
    }

    /** {@return whether this is a user with an id: no error, no list, no group} */
    static boolean isUser(JsonNode shown) {
        if (!(shown instanceof ObjectNode)
                || ScimJson.text(ScimJson.child(shown, "id")).isEmpty()) {
            return false;
        }
        List<String> schemas = new ArrayList<>();
        ScimJson.child(shown, "schemas").forEach(schema -> schemas.add(ScimJson.text(schema)));
        boolean error = schemas.stream().anyMatch(schema -> schema.endsWith(":Error"));
        return !error && !isGroup(shown, schemas);
    }

    private static boolean isGroup(JsonNode shown, List<String> schemas) {
        String type = ScimJson.text(ScimJson.child(ScimJson.child(shown, "meta"), "resourceType"));
        boolean user = schemas.stream().anyMatch(ScimPath.CORE::equalsIgnoreCase);
        return type.equalsIgnoreCase("Group")
                || (!user && schemas.stream().anyMatch(schema -> schema.endsWith(":core:2.0:Group")));
    }

    /** A new account is known by its key, else by externalId, else by the name that it was given. */
    private Verdict whoWasMade(JsonNode shown, boolean whole) {
        boolean known = false;
        for (ScimPath path : namesOfNew()) {
            List<String> wanted = values.getOrDefault(path, List.of());
            List<String> has = path.read(shown);
            boolean same = ScimSingleWriter.same(path, has, wanted);
            if (isKey(path) && !same) {
                if (!has.isEmpty()) {
                    return Verdict.ANOTHER;
                } else if (!whole) {
                    return Verdict.NOT_SHOWN;
                }
                known |= named(shown);
                return known ? Verdict.KEY_NOT_KEPT : Verdict.NOT_SHOWN;
            } else if (same) {
                return Verdict.WRITTEN;
            } else if (!has.isEmpty()) {
                return Verdict.ANOTHER;
            }
        }
        return Verdict.NOT_SHOWN;
    }

    private boolean named(JsonNode shown) {
        return values.keySet().stream()
                .filter(ScimUsers::canFind)
                .anyMatch(path -> ScimSingleWriter.same(path, path.read(shown), values.getOrDefault(path, List.of())));
    }

    private List<ScimPath> namesOfNew() {
        List<ScimPath> names =
                new ArrayList<>(values.keySet().stream().filter(this::isKey).toList());
        for (String name : List.of("externalId", "userName")) {
            values.keySet().stream()
                    .filter(path -> ScimUsers.canFind(path) && path.attribute().equalsIgnoreCase(name) && !isKey(path))
                    .forEach(names::add);
        }
        return names;
    }

    private boolean isKey(ScimPath path) {
        return write.key().map(ScimPath::of).filter(path::equals).isPresent();
    }

    private Verdict whoWasSeen(JsonNode shown, boolean whole) {
        for (Map.Entry<ScimPath, List<String>> each : identity.entrySet()) {
            List<String> has = each.getKey().read(shown);
            boolean names = isKey(each.getKey()) || ScimUsers.canFind(each.getKey());
            if (names && !ScimSingleWriter.same(each.getKey(), has, each.getValue())) {
                return has.isEmpty() && !whole ? Verdict.NOT_SHOWN : Verdict.ANOTHER;
            }
        }
        for (Map.Entry<ScimPath, List<String>> each : values.entrySet()) {
            if (isKey(each.getKey())
                    && !ScimSingleWriter.same(each.getKey(), each.getKey().read(shown), each.getValue())) {
                return whole ? Verdict.KEY_NOT_KEPT : Verdict.NOT_SHOWN;
            }
        }
        return Verdict.WRITTEN;
    }

    private Verdict state(JsonNode shown, boolean whole) {
        State state = State.of(shown);
        return switch (write.kind()) {
            case DISABLE ->
                state == State.INACTIVE
                        ? Verdict.WRITTEN
                        : state == State.ACTIVE || (whole && state == State.UNTOLD)
                                ? Verdict.NOT_DONE
                                : Verdict.NOT_SHOWN;
            case ENABLE ->
                state == State.ACTIVE || (whole && state == State.UNTOLD)
                        ? Verdict.WRITTEN
                        : state == State.INACTIVE ? Verdict.NOT_DONE : Verdict.NOT_SHOWN;
            case CREATE, MODIFY, DELETE -> Verdict.WRITTEN;
        };
    }

    /** {@return whether an account that was read is still the one that was seen, as far as it is not written} */
    boolean isSeen(JsonNode present) {
        return identity.entrySet().stream()
                .allMatch(each ->
                        ScimSingleWriter.same(each.getKey(), each.getKey().read(present), each.getValue()));
    }

    /**
     * {@return whether an account that was found after a lost response is the new one: it has every single value that it was
     * given, so that nobody who merely has the same name is taken for it}
     */
    boolean isMade(JsonNode found) {
        return isUser(found)
                && values.entrySet().stream()
                        .filter(each -> isKey(each.getKey()) || !each.getKey().isList())
                        .filter(each -> !each.getKey().attribute().equalsIgnoreCase("password")) // never told
                        .allMatch(each -> ScimSingleWriter.same(
                                each.getKey(), each.getKey().read(found), each.getValue()));
    }
}
