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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users of a service provider, each once. Not thread-safe: for one thread at a time.
 *
 * <p>Providers end their lists in many ways: with an empty page, without any {@code Resources}, with a total of 0, or
 * with page 1 again. What they have in common is that nobody new comes. A list that ends before its total is not whole
 * and fails, so that nobody is taken for missing.
 */
final class ScimPages implements PageIterator<ObjectNode> {
    private static final int RESTARTS = 3;

    private final ScimHttp http;
    private final String path;
    private final int pageSize;
    private final Set<String> seen = new HashSet<>();

    /** Who came since the list was begun; somebody who came before and is gone by now does not count for its total. */
    private Set<String> current = seen;

    private @Nullable String cursor;
    private int restarts;
    private boolean moved;
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
        JsonNode body = answer.body();
        List<JsonNode> resources = resources(answer);
        long told = ScimJson.number(ScimJson.child(body, "totalResults"));
        boolean shorter = cursor == null && told > 0 && told < total;
        total = told > 0 ? told : total;
        List<ObjectNode> fresh = fresh(answer, resources);
        if (shorter) {
            // Whoever is deleted meanwhile moves all others up, past the page that is asked for next.
            restart();
            index = 1;
            return Page.upTo(fresh, String.valueOf(page));
        }
        String next = ScimJson.text(ScimJson.child(body, "nextCursor"));
        if (!next.isEmpty()) {
            if (next.equals(cursor) || (!moved && !resources.isEmpty())) {
                throw incomplete("the cursor leads to users that came already");
            }
            cursor = next;
        } else if (cursor != null) {
            ended = true;
        } else {
            byIndex(resources, body.isArray());
        }
        return ended ? Page.last(fresh) : Page.upTo(fresh, String.valueOf(page));
    }

    private void byIndex(List<JsonNode> resources, boolean bareList) {
        index += resources.size();
        boolean whole = total > 0 && current.size() >= total;
        if (whole || bareList) {
            ended = true;
        } else if (!moved) {
            if (total > 0) {
                throw incomplete("the service told " + total + " users and gave " + current.size());
            } else if (!resources.isEmpty()) {
                throw incomplete("the service gives the same page again, and tells no total");
            }
            ended = true;
        }
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
        if (cursor != null && restarts == 0 && answer.scimType().equalsIgnoreCase("expiredCursor")) {
            restart();
            cursor = "";
            return ask();
        }
        return http.orThrow(answer);
    }

    /** Begins the list anew. Whoever has come already is known by id, and comes only once. */
    private void restart() {
        if (++restarts > RESTARTS) {
            throw incomplete("the list became shorter again and again while it was read");
        }
        current = new HashSet<>();
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

    private List<ObjectNode> fresh(ScimAnswer answer, List<JsonNode> resources) {
        List<ObjectNode> fresh = new ArrayList<>();
        moved = false;
        for (JsonNode resource : resources) {
            String id = ScimJson.text(ScimJson.child(resource, "id"));
            if (id.isEmpty() || !(resource instanceof ObjectNode user)) {
                throw ScimErrors.malformed(answer.what(), "a user without id");
            }
            boolean isNew = seen.add(id);
            moved |= current == seen ? isNew : current.add(id);
            if (isNew) {
                fresh.add(user);
            }
        }
        return fresh;
    }

    private static ConnectorException incomplete(String message) {
        return new ConnectorException(
                FailureKind.MALFORMED_RESPONSE,
                Problem.of("incomplete", "", "users: " + message, "raise settings.pageSize, if the service allows it"));
    }

    @Override
    public void close() {
        ended = true;
    }
}
