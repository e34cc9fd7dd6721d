package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.PageLimits;
import dev.rollcall.connector.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads users: all, one by id, those with a name. Thread-safe. */
final class ScimUsers {
    private final ScimHttp http;
    private final int pageSize;
    private final Clock clock;
    private @Nullable ScimFeatures features;
    private volatile boolean filterIgnored;
    private @Nullable ScimSchemas schemas;

    ScimUsers(ScimHttp http, int pageSize, Clock clock) {
        this.http = http;
        this.pageSize = pageSize;
        this.clock = clock;
    }

    /** {@return what the provider says that it can do, asked once} */
    synchronized ScimFeatures features() {
        ScimFeatures known = features;
        if (known == null) {
            known = ScimFeatures.discover(http);
            features = known;
        }
        return known;
    }

    PageIterator<ObjectNode> all() {
        ScimPages pages = new ScimPages(http, path(), pageSize(), features().cursor());
        return PageIterator.guarded(pages, PageLimits.defaults(), clock);
    }

    /** {@return how many users are asked for at a time: no more than the provider says that it gives} */
    private int pageSize() {
        int most = features().maxResults();
        return most > 0 ? Math.min(pageSize, most) : pageSize;
    }

    /** {@return how the provider describes its users, asked once} */
    synchronized ScimSchemas schemas() {
        ScimSchemas known = schemas;
        if (known == null) {
            known = ScimSchemas.discover(http);
            schemas = known;
        }
        return known;
    }

    /** {@return where the users are} */
    String path() {
        return features().users();
    }

    /** {@return whether a URL can name the user: {@code ..} would lead to another resource, and nothing to all users} */
    static boolean canBeInUrl(String id) {
        return !id.isEmpty() && !id.equals(".") && !id.equals("..");
    }

    /**
     * {@return where one user is}
     *
     * @throws ConnectorException if no URL can name it
     */
    String path(String id) {
        if (!canBeInUrl(id)) {
            String message = "the id '" + id + "' of a user cannot stand in a URL";
            String remedy = "change this account at the service itself, and report its id to the vendor";
            throw new ConnectorException(FailureKind.REJECTED, Problem.of("unusable-id", "", message, remedy));
        }
        return path() + "/" + ScimHttp.encoded(id);
    }

    /** {@return the user of an id, if there is one} */
    Optional<ScimAnswer> byId(String id) {
        ScimAnswer answer = http.get("user " + id, path(id), Map.of());
        if (answer.status() == 404) {
            return Optional.empty();
        }
        http.orThrow(answer);
        if (!id.equals(ScimJson.text(ScimJson.child(answer.body(), "id")))) {
            throw ScimErrors.malformed(answer.what(), "the answer is another user");
        }
        return Optional.of(answer);
    }

    /** {@return whether a provider can be asked for users by this attribute; no others are understood everywhere} */
    static boolean canFind(ScimPath path) {
        return path.extension().isEmpty()
                && !path.isList()
                && (path.attribute().equalsIgnoreCase("userName")
                        || path.attribute().equalsIgnoreCase("externalId"));
    }

    /** {@return whether a look-up costs one call; else only a list of everybody can tell} */
    boolean looksUp() {
        return features().filter() && !filterIgnored;
    }

    /**
     * {@return the users whose attribute has this value, which is looked at again here: some providers know no filters and
     * give everybody, others cannot read a quote in one}
     *
     * @throws ConnectorException if the response is not a list, or does not hold all that it announces: it does not say
     *     that there is no such user
     */
    List<ObjectNode> find(ScimPath path, String value) {
        if (!looksUp()) {
            return searched(path, value, this::all);
        }
        String filter = path.patchPath() + " eq " + TextNode.valueOf(value);
        String what = "looking up " + path;
        Map<String, String> query = new LinkedHashMap<>();
        query.put("filter", filter);
        query.put("startIndex", "1");
        query.put("count", Integer.toString(pageSize()));
        ScimAnswer answer = http.get(what, path(), query);
        if (answer.status() == 404) {
            return List.of();
        } else if (answer.status() == 400 || answer.status() == 501) {
            filterIgnored = true;
            return searched(path, value, this::all);
        }
        List<JsonNode> resources = resources(http.orThrow(answer));
        List<ObjectNode> hits = new ArrayList<>();
        boolean ignored = false;
        for (JsonNode resource : resources) {
            if (!isUser(resource)) {
                continue;
            }
            boolean hit = matches(path, resource, value);
            ignored |= !hit;
            if (hit) {
                hits.add((ObjectNode) resource);
            }
        }
        if (ignored) {
            // Somebody else in the answer means that the filter was not understood: who is asked for may be on a later
            // page.
            filterIgnored = true;
            return searched(path, value, this::all);
        }
        long told = ScimJson.number(ScimJson.child(answer.body(), "totalResults"));
        if (told > resources.size()) {
            throw ScimErrors.malformed(
                    answer.what(), "the service told " + told + " users and gave " + resources.size());
        }
        return hits;
    }

    /** {@return the elements of a list; an error, an empty object or an empty body is no list, and says nothing of anybody} */
    private static List<JsonNode> resources(ScimAnswer answer) {
        JsonNode body = answer.body();
        JsonNode list = body.isArray() ? body : ScimJson.child(body, "Resources");
        boolean none = body.isObject()
                && (list.isMissingNode() || list.isNull())
                && ScimJson.number(ScimJson.child(body, "totalResults")) == 0;
        if (answer.status() != 200 || !(list.isArray() || none)) {
            throw ScimErrors.malformed(answer.what(), "the answer is no list");
        }
        List<JsonNode> resources = new ArrayList<>();
        for (JsonNode resource : list) {
            if (ScimJson.text(ScimJson.child(resource, "id")).isEmpty()) {
                throw ScimErrors.malformed(answer.what(), "a user without id");
            }
            resources.add(resource);
        }
        return resources;
    }

    /** {@return whether an element of a list of users is one; some list groups there too} */
    static boolean isUser(JsonNode resource) {
        return WriteJudge.isUser(resource);
    }

    private static List<ObjectNode> searched(
            ScimPath path, String value, Supplier<PageIterator<ObjectNode>> everybody) {
        List<ObjectNode> hits = new ArrayList<>();
        ListReading reading = new ListReading();
        try (PageIterator<ObjectNode> pages = everybody.get()) {
            while (pages.hasNext()) {
                Page<ObjectNode> page = pages.next();
                reading.page(page);
                for (ObjectNode user : page.items()) {
                    reading.record(ScimJson.text(ScimJson.child(user, "id")), user.hashCode());
                    if (isUser(user) && matches(path, user, value)) {
                        hits.add(user);
                    }
                }
            }
        }
        reading.end();
        if (hits.isEmpty() && !reading.doubts().isEmpty()) {
            // Somebody who is not found would be created a second time.
            throw new ConnectorException(
                    FailureKind.MALFORMED_RESPONSE, reading.doubts().get(0));
        }
        return hits;
    }

    private static boolean matches(ScimPath path, JsonNode user, String value) {
        return path.read(user).stream().anyMatch(each -> path.comparable(each).equals(path.comparable(value)));
    }

    /** {@return a user as an account, with these attributes} */
    static Account account(JsonNode user, Map<String, ScimPath> attributes) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        attributes.forEach((name, path) -> values.put(name, path.read(user)));
        String id = ScimJson.text(ScimJson.child(user, "id"));
        String name = ScimJson.text(ScimJson.child(user, "userName"));
        String version = version(user);
        WriteJudge.State state = WriteJudge.State.of(user);
        boolean active = state == WriteJudge.State.ACTIVE || state == WriteJudge.State.UNTOLD;
        Account account =
                Account.of(id, name.isEmpty() ? id : name, active, values).version(version.isEmpty() ? null : version);
        return state == WriteJudge.State.UNREADABLE ? account.withUnknownState() : account;
    }

    /** {@return what a write of the user in an answer names; the header, where it is not the same, is what is asked for} */
    static String version(ScimAnswer answer) {
        return answer.header("ETag").filter(text -> !text.isBlank()).orElseGet(() -> version(answer.body()));
    }

    static String version(JsonNode user) {
        return ScimJson.text(ScimJson.child(ScimJson.child(user, "meta"), "version"));
    }
}
