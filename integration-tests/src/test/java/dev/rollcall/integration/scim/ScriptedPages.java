package dev.rollcall.integration.scim;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds users and hands them out in pages, as a provider with these quirks does. Thread-safe. */
final class ScriptedPages {
    private static final Pattern FILTER = Pattern.compile("(userName|externalId) eq (\".*\")");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedUsers users;
    private final AtomicInteger expired = new AtomicInteger();
    private final AtomicInteger shrunk = new AtomicInteger();

    ScriptedPages(ScriptedUsers users) {
        this.users = users;
    }

    /** Answers a search, with its quirks. */
    ObjectNode answer(Map<String, String> query) {
        List<ObjectNode> found = filtered(query.getOrDefault("filter", ""));
        if (found.isEmpty() && query.containsKey("filter") && users.has(Quirk.NO_HIT_IS_404)) {
            throw new ScriptedUsers.Refused(404, "", "none");
        }
        boolean more = query.containsKey("cursor")
                || !query.getOrDefault("startIndex", "1").equals("1");
        if (more && users.has(Quirk.SHRINKS) && shrunk.getAndIncrement() == 0) {
            users.delete(found.get(0).path("id").asText(), "");
            found = filtered(query.getOrDefault("filter", ""));
        }
        boolean cursors = users.has(Quirk.CURSOR) || users.has(Quirk.CURSOR_UNANNOUNCED);
        ObjectNode answer = JSON.createObjectNode();
        int count = Integer.parseInt(query.getOrDefault("count", "100"));
        count = users.has(Quirk.TWENTY_AT_MOST) || users.has(Quirk.IGNORES_PAGING) ? Math.min(20, count) : count;
        int from = cursors
                ? cursor(query.getOrDefault("cursor", ""))
                : Integer.parseInt(query.getOrDefault("startIndex", "1")) - 1;
        boolean past = from >= found.size();
        if (users.has(Quirk.IGNORES_PAGING) || (past && users.has(Quirk.PAGE_ONE_AGAIN))) {
            from = 0;
        }
        int until = Math.min(found.size(), from + count);
        int total =
                users.has(Quirk.TOTAL_ALWAYS_ZERO) || (past && users.has(Quirk.TOTAL_ZERO_PAST_END)) ? 0 : found.size();
        if (!users.has(Quirk.CURSOR_WITHOUT_TOTAL)) {
            number(answer, "totalResults", total);
        }
        String asked = query.getOrDefault("count", "100");
        number(answer, "itemsPerPage", users.has(Quirk.ITEMS_AS_ASKED) ? Integer.parseInt(asked) : until - from);
        number(answer, "startIndex", from + 1);
        if (!past || !users.has(Quirk.NO_RESOURCES_PAST_END)) {
            ArrayNode resources = answer.putArray("Resources");
            found.subList(Math.min(from, until), until).forEach(resources::add);
        }
        if (cursors && until < found.size()) {
            answer.put("nextCursor", "c" + until);
        }
        if (users.has(Quirk.CURSOR_CYCLES)) {
            answer.put("nextCursor", from == 0 ? "c" + until : "c0");
        }
        return answer;
    }

    private int cursor(String cursor) {
        if (!cursor.isEmpty() && users.has(Quirk.CURSOR_EXPIRES) && expired.getAndIncrement() == 0) {
            throw new ScriptedUsers.Refused(400, "expiredCursor", "too late");
        }
        return cursor.isEmpty() ? 0 : Integer.parseInt(cursor.substring(1));
    }

    private void number(ObjectNode answer, String name, int number) {
        if (users.has(Quirk.NUMBERS_AS_TEXT)) {
            answer.put(name, String.valueOf(number));
        } else {
            answer.put(name, number);
        }
    }

    private List<ObjectNode> filtered(String filter) {
        List<ObjectNode> all = users.all();
        if (filter.isEmpty() || users.has(Quirk.IGNORES_FILTER)) {
            return all;
        }
        if (users.has(Quirk.NO_QUOTES_IN_FILTER) && filter.contains("\\\"")) {
            throw new ScriptedUsers.Refused(400, "invalidFilter", "Unexpected token");
        }
        Matcher matcher = FILTER.matcher(filter);
        if (!matcher.matches()) {
            throw new ScriptedUsers.Refused(400, "invalidFilter", "Invalid filter");
        }
        String wanted = text(matcher.group(2));
        boolean exact = matcher.group(1).equals("externalId") || users.has(Quirk.CASE_SENSITIVE_FILTER);
        List<ObjectNode> found = new ArrayList<>(all);
        found.removeIf(user -> {
            String value = user.path(matcher.group(1)).asText();
            return exact ? !value.equals(wanted) : !value.equalsIgnoreCase(wanted);
        });
        return found;
    }

    private static String text(String json) {
        try {
            return JSON.readTree(json).asText();
        } catch (IOException e) {
            throw new ScriptedUsers.Refused(400, "invalidFilter", "Unexpected token");
        }
    }
}
