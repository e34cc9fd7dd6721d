package dev.rollcall.integration.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The users of a {@link ScriptedScim}, and what is done to them. Thread-safe. */
final class ScriptedUsers {
    /** A request is refused. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;
        final String type;

        Refused(int status, String type, String detail) {
            super(detail);
            this.status = status;
            this.type = type;
        }
    }

    private static final Pattern PATH =
            Pattern.compile("(?:(urn:.*):)?([A-Za-z0-9]+)(?:\\[([A-Za-z]+) eq (.*?)])?(?:\\.([A-Za-z]+))?");

    private final Map<String, ObjectNode> users = new LinkedHashMap<>();
    private final Set<Quirk> quirks;
    private int made;

    ScriptedUsers(Set<Quirk> quirks) {
        this.quirks = quirks.isEmpty() ? EnumSet.noneOf(Quirk.class) : EnumSet.copyOf(quirks);
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    synchronized List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        users.values().forEach(user -> all.add(user.deepCopy()));
        return Collections.unmodifiableList(all);
    }

    synchronized Optional<ObjectNode> get(String id) {
        return Optional.ofNullable(users.get(id)).map(ObjectNode::deepCopy);
    }

    ObjectNode create(ObjectNode given) {
        return make(given, !has(Quirk.INVITES));
    }

    /** Somebody is there already. */
    ObjectNode add(ObjectNode given) {
        return make(given, true);
    }

    private synchronized ObjectNode make(ObjectNode given, boolean kept) {
        String name = given.path("userName").asText();
        if (name.isEmpty()) {
            throw new Refused(400, "invalidValue", "userName is required");
        }
        boolean taken = users.values().stream()
                .anyMatch(user -> user.path("userName").asText().equalsIgnoreCase(name));
        if (taken) {
            throw new Refused(409, has(Quirk.CONFLICT_WITHOUT_TYPE) ? "" : "uniqueness", name + " exists already");
        }
        ObjectNode user = given.deepCopy();
        String id = "id-" + ++made;
        user.put("id", id);
        checkActive(given);
        touch(user, 1);
        ObjectNode answer = user.deepCopy();
        if (has(Quirk.DROPS_TITLE)) {
            user.remove("title");
        }
        withoutTypes(user);
        if (kept) {
            users.put(id, user);
        }
        return answer;
    }

    synchronized ObjectNode replace(String id, ObjectNode given, String version) {
        ObjectNode present = present(id, version);
        if (has(Quirk.ID_IN_PUT) && !id.equals(given.path("id").asText())) {
            throw new Refused(400, "invalidSyntax", "Invalid reference to resource");
        }
        return keep(id, present, given.deepCopy());
    }

    synchronized ObjectNode patch(String id, ObjectNode patch, String version) {
        ObjectNode present = present(id, version);
        ObjectNode user = present.deepCopy();
        for (JsonNode operation : patch.path("Operations")) {
            operate(user, operation);
        }
        return keep(id, present, user);
    }

    synchronized void delete(String id, String version) {
        present(id, version);
        users.remove(id);
    }

    private ObjectNode present(String id, String version) {
        ObjectNode present = users.get(id);
        if (present == null) {
            throw new Refused(404, "", "Resource " + id + " not found");
        }
        String now = version(present);
        if ((has(Quirk.ETAGS) || has(Quirk.ETAG_HEADER)) && !version.isEmpty() && !version.equals(now)) {
            throw new Refused(412, "", "the state is " + now);
        }
        return present;
    }

    /** What a request must name. */
    String version(JsonNode user) {
        String told = user.path("meta").path("version").asText();
        return has(Quirk.ETAG_HEADER) ? "W/\"header-" + told.replaceAll("\\D", "") + "\"" : told;
    }

    private ObjectNode keep(String id, ObjectNode present, ObjectNode user) {
        checkActive(user);
        user.put("id", id);
        if (has(Quirk.DROPS_TITLE)) {
            user.remove("title");
        }
        if (has(Quirk.ONE_EMAIL) && user.path("emails").size() > 1) {
            ArrayNode emails = (ArrayNode) user.path("emails");
            JsonNode last = emails.get(emails.size() - 1);
            emails.removeAll().add(last);
        }
        withoutTypes(user);
        if (has(Quirk.KEEPS_ROLES) && present.has("roles")) {
            user.set("roles", present.path("roles"));
        }
        if (has(Quirk.KEEPS_ACTIVE)) {
            user.set("active", present.path("active"));
        }
        touch(user, present.path("meta").path("changes").asInt() + 1);
        users.put(id, user);
        return user.deepCopy();
    }

    private void withoutTypes(ObjectNode user) {
        if (has(Quirk.DROPS_TYPES)) {
            for (String list : List.of("emails", "phoneNumbers", "addresses")) {
                user.path(list).forEach(element -> ((ObjectNode) element).remove("type"));
            }
        }
    }

    /** Somebody else changes a user. */
    synchronized void change(String id, java.util.function.Consumer<ObjectNode> how) {
        ObjectNode user = users.get(id);
        how.accept(user);
        touch(user, user.path("meta").path("changes").asInt() + 1);
    }

    private void touch(ObjectNode user, int changes) {
        ObjectNode meta = user.putObject("meta");
        meta.put("resourceType", "User").put("changes", changes);
        if (has(Quirk.ETAGS) || has(Quirk.ETAG_HEADER) || has(Quirk.VERSIONS_IGNORED)) {
            meta.put("version", "W/\"" + changes + "\"");
        }
    }

    private void checkActive(ObjectNode user) {
        JsonNode active = user.path("active");
        if (has(Quirk.ACTIVE_AS_TEXT) && active.isBoolean()) {
            throw new Refused(400, "invalidValue", "active is a text here");
        } else if (!has(Quirk.ACTIVE_AS_TEXT) && active.isTextual()) {
            throw new Refused(400, "invalidValue", "Attribute 'active' expected value type 'boolean'");
        }
    }

    private void operate(ObjectNode user, JsonNode operation) {
        String op = operation.path("op").asText();
        JsonNode value = operation.path("value");
        String path = operation.path("path").asText();
        if (path.isEmpty()) {
            merge(user, (ObjectNode) value);
            return;
        }
        if (path.equals("title") && has(Quirk.TITLE_IS_500)) {
            throw new Refused(500, "", "Cannot invoke \"Schema.getAttribute\" because \"schema\" is null");
        } else if (path.equals("title") && has(Quirk.TITLE_IS_400)) {
            throw new Refused(400, "invalidFilter", "Attribute 'title' is unknown to resource type 'User'");
        }
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw new Refused(400, "invalidPath", "Invalid path '" + path + "'");
        }
        ObjectNode container = matcher.group(1) == null ? user : child(user, matcher.group(1));
        String name = matcher.group(2);
        String sub = matcher.group(5);
        if (matcher.group(3) != null) {
            list(container, op, path, value, matcher);
        } else if (sub != null) {
            set(child(container, name), sub, op, value);
        } else if (op.equals("add") && container.path(name).isArray()) {
            ((ArrayNode) container.path(name)).addAll((ArrayNode) value);
        } else {
            set(container, name, op, value);
        }
    }

    private void list(ObjectNode container, String op, String path, JsonNode value, Matcher matcher) {
        String wanted = matcher.group(4).replace("\"", "");
        String sub = matcher.group(5);
        ArrayNode kept = container.arrayNode();
        boolean found = false;
        for (JsonNode each : container.path(matcher.group(2))) {
            boolean hit = each.path(matcher.group(3)).asText().equals(wanted)
                    || (has(Quirk.ONE_EMAIL) && op.equals("remove"));
            found |= hit;
            if (hit && sub != null) {
                set((ObjectNode) each, sub, op, value);
            }
            if (!hit || sub != null || !op.equals("remove")) {
                kept.add(each);
            }
        }
        if (!found && (has(Quirk.NO_TARGET) || op.equals("remove"))) {
            throw new Refused(400, "noTarget", "Filter '" + path + "' does not match any values");
        } else if (!found) {
            ObjectNode fresh = kept.addObject();
            fresh.put(matcher.group(3), wanted);
            set(fresh, sub == null ? "value" : sub, op, value);
        }
        container.set(matcher.group(2), kept);
    }

    private static void merge(ObjectNode target, ObjectNode given) {
        given.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode inner) {
                merge(child(target, field.getKey()), inner);
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    private static void set(ObjectNode target, String name, String op, JsonNode value) {
        if (op.equals("remove")) {
            target.remove(name);
        } else {
            target.set(name, value);
        }
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.path(name) instanceof ObjectNode present ? present : parent.putObject(name);
    }
}
