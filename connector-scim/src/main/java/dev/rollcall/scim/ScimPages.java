package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users of a service provider, as its pages list them. Not thread-safe: for one thread at a time.
 *
 * <p>Providers end their lists in many ways: with an empty page, without any {@code Resources}, with a total of 0, or
 * with page 1 again. What they have in common is that nobody new comes. Whether such a list is complete, the host decides
 * from the totals and the ids.
 */
final class ScimPages implements PageIterator<ObjectNode> {
    private final ScimHttp http;
    private final String path;
    private final int pageSize;
    private final Set<String> seen = new HashSet<>();

    private @Nullable String cursor;
    private boolean moved;
    private boolean restarted;
    private final Set<String> seenAgain = new HashSet<>();
    private long index = 1;
    private long total;
    private boolean ended;
    private int page;

    ScimPages(ScimHttp http, String path, int pageSize, boolean byCursor) {
        this.http = http;
        this.path = path;
        this.pageSize = pageSize;
        this.cursor = byCursor ? "" : null;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Page<ObjectNode> next() {
        if (ended) {
            throw new NoSuchElementException("the last page was read, or the pages were closed");
        }
        page++;
        ScimAnswer answer = ask();
        List<JsonNode> resources = resources(answer);
        long announced = ScimJson.number(ScimJson.child(answer.body(), "totalResults"));
        total = announced > 0 ? announced : total;
        List<ObjectNode> users = users(answer, resources);
        Optional<Problem> doubt = advance(answer, resources);
        Page<ObjectNode> read = ended ? Page.last(users) : Page.upTo(users, String.valueOf(page));
        if (announced > 0) {
            // Past the end some providers report a total of 0.
            read = read.withTotal(announced);
        }
        if (answer.status() != 200) {
            read = read.withDoubt(
                    Problem.of("status", "", answer.what() + ": status " + answer.status() + " instead of 200", ""));
        }
        return doubt.isPresent() ? read.withDoubt(doubt.get()) : read;
    }

    /** Goes on to the next page, or ends; with what is wrong if that is not the end of a list. */
    private Optional<Problem> advance(ScimAnswer answer, List<JsonNode> resources) {
        String next = ScimJson.text(ScimJson.child(answer.body(), "nextCursor"));
        if (cursor != null || !next.isEmpty()) {
            boolean repeats = next.equals(cursor) || (!moved && !resources.isEmpty());
            ended = next.isEmpty() || repeats;
            cursor = next;
            return !next.isEmpty() && repeats
                    ? Optional.of(doubt("the cursor leads to users that came already"))
                    : Optional.empty();
        }
        index += resources.size();
        ended = answer.body().isArray() || (total > 0 && seen.size() >= total) || !moved;
        boolean again = !moved && !resources.isEmpty() && !answer.body().isArray();
        return again ? Optional.of(doubt("the service returns the same page again")) : Optional.empty();
    }

    private ScimAnswer ask() {
        String what = page == 1 ? "users" : "users, page " + page;
        Map<String, String> asked = new LinkedHashMap<>();
        if (cursor == null) {
            asked.put("startIndex", Long.toString(index));
        } else {
            asked.put("cursor", cursor);
        }
        asked.put("count", Integer.toString(pageSize));
        ScimAnswer answer = http.get(what, path, asked);
        boolean expired = cursor != null && page > 1 && answer.scimType().equalsIgnoreCase("expiredCursor");
        if (expired && !restarted) {
            // The list is begun anew; users who came already are known by id, and come only once.
            restarted = true;
            cursor = "";
            return ask();
        } else if (expired) {
            throw new ConnectorException(
                    FailureKind.MALFORMED_RESPONSE,
                    Problem.of(
                            "expired-cursor",
                            "",
                            what + ": the cursor of the service expired",
                            "raise settings.pageSize, if the service allows it"));
        }
        return http.orThrow(answer);
    }

    private List<JsonNode> resources(ScimAnswer answer) {
        JsonNode list = answer.body().isArray() ? answer.body() : ScimJson.child(answer.body(), "Resources");
        boolean noList = !answer.body().isArray()
                && list.isMissingNode()
                && ScimJson.child(answer.body(), "totalResults").isMissingNode();
        if (noList || !(list.isMissingNode() || list.isNull() || list.isArray())) {
            throw ScimErrors.malformed(answer.what(), "the answer is no list");
        }
        List<JsonNode> resources = new ArrayList<>();
        list.forEach(resources::add);
        return resources;
    }

    private List<ObjectNode> users(ScimAnswer answer, List<JsonNode> resources) {
        List<ObjectNode> users = new ArrayList<>();
        moved = false;
        for (JsonNode resource : resources) {
            String id = ScimJson.text(ScimJson.child(resource, "id"));
            if (id.isEmpty() || !(resource instanceof ObjectNode user)) {
                throw ScimErrors.malformed(answer.what(), "a user without id");
            }
            boolean isNew = seen.add(id);
            moved |= restarted ? seenAgain.add(id) : isNew;
            if (isNew || !restarted) {
                users.add(user);
            }
        }
        return users;
    }

    private static Problem doubt(String message) {
        return Problem.of("incomplete", "", "users: " + message, "raise settings.pageSize, if the service allows it");
    }

    @Override
    public void close() {
        ended = true;
    }
}
