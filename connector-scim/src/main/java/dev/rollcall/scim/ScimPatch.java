package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rollcall.connector.AccountWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies that change a user, in the styles that providers are used to. Immutable and thread-safe. */
final class ScimPatch {
    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private final boolean flagsAsText;

    ScimPatch(boolean flagsAsText) {
        this.flagsAsText = flagsAsText;
    }

    /** {@return a new user} */
    ObjectNode created(Map<ScimPath, List<String>> values) {
        ObjectNode user = ScimJson.object();
        schemas(user, values.keySet());
        values.forEach((path, wanted) -> path.write(user, wanted));
        if (ScimJson.child(user, "active").isMissingNode()) {
            user.set("active", flag(true));
        }
        firstIsPrimary(user);
        return user;
    }

    /** Providers take the address to write to from the primary one. */
    private static void firstIsPrimary(ObjectNode user) {
        JsonNode emails = ScimJson.child(user, "emails");
        boolean told = false;
        for (JsonNode email : emails) {
            told |= ScimJson.flag(ScimJson.child(email, "primary"), false);
        }
        if (!told && emails.path(0) instanceof ObjectNode first) {
            first.put("primary", true);
        }
    }

    /** {@return the whole user as it shall be: everything that is in it stays, its id included} */
    ObjectNode replaced(ObjectNode present, Map<ScimPath, List<String>> values, @Nullable Boolean active) {
        ObjectNode user = present.deepCopy();
        ScimJson.remove(user, "meta");
        values.forEach((path, wanted) -> path.write(user, wanted));
        if (active != null) {
            ScimJson.put(user, "active", flag(active));
        }
        schemas(user, values.keySet());
        return user;
    }

    private static void schemas(ObjectNode user, Iterable<ScimPath> paths) {
        List<String> schemas = new ArrayList<>();
        ScimJson.child(user, "schemas").forEach(schema -> schemas.add(schema.asText()));
        if (schemas.isEmpty()) {
            schemas.add(ScimPath.CORE);
        }
        for (ScimPath path : paths) {
            path.extension()
                    .filter(urn -> schemas.stream().noneMatch(urn::equalsIgnoreCase))
                    .ifPresent(schemas::add);
        }
        ArrayNode list = ScimJson.object().arrayNode();
        schemas.forEach(list::add);
        ScimJson.put(user, "schemas", list);
    }

    /**
     * {@return a PATCH with a path per attribute}
     *
     * @param seen what was there
     * @param adding whether elements of lists are added even where one seems to be there
     */
    ObjectNode byPath(
            Map<ScimPath, List<String>> seen,
            Map<ScimPath, List<String>> values,
            @Nullable Boolean active,
            boolean adding) {
        ObjectNode patch = ScimJson.object();
        patch.putArray("schemas").add(PATCH);
        ArrayNode operations = patch.putArray("Operations");
        if (active != null) {
            operation(operations, "replace", "active", flag(active));
        }
        values.forEach((path, wanted) -> {
            boolean there = !seen.getOrDefault(path, List.of()).isEmpty();
            if (wanted.isEmpty()) {
                operation(operations, "remove", path.patchPath(), null);
            } else if (!path.isList()) {
                operation(operations, "replace", path.patchPath(), path.single(wanted));
            } else if (path.isFiltered() && there && !adding && wanted.size() == 1) {
                operation(operations, "replace", path.patchPath(), path.single(wanted));
            } else {
                ArrayNode elements = operations.arrayNode();
                wanted.forEach(value -> elements.add(path.element(value)));
                operation(operations, path.isFiltered() ? "add" : "replace", path.top(), elements);
            }
        });
        return patch;
    }

    /**
     * {@return a PATCH with a path per attribute, in which lists that lose an element, or whose elements have no types, stand
     * whole: some providers that are asked to remove the one of a type remove the only one that they have}
     */
    ObjectNode withWholeLists(
            ObjectNode present,
            Map<ScimPath, List<String>> seen,
            Map<ScimPath, List<String>> values,
            @Nullable Boolean active,
            boolean adding) {
        Map<String, ScimPath> whole = new LinkedHashMap<>();
        Map<ScimPath, List<String>> rest = new LinkedHashMap<>(values);
        values.forEach((path, wanted) -> {
            if (path.isFiltered() && (wanted.isEmpty() || path.isUntypedIn(present))) {
                whole.put(path.top().toLowerCase(Locale.ROOT), path);
            }
        });
        rest.keySet().removeIf(path -> whole.containsKey(path.top().toLowerCase(Locale.ROOT)));
        ObjectNode patch = byPath(seen, rest, active, adding);
        ObjectNode wanted = replaced(present, values, active);
        whole.values().forEach(path -> {
            JsonNode list = path.list(wanted);
            boolean none = list.isMissingNode();
            operation(
                    (ArrayNode) patch.path("Operations"), none ? "remove" : "replace", path.top(), none ? null : list);
        });
        return patch;
    }

    /** {@return a PATCH whose operation has no path; lists stand in it whole, as they shall be} */
    ObjectNode withoutPath(ObjectNode present, Map<ScimPath, List<String>> values, @Nullable Boolean active) {
        ObjectNode patch = ScimJson.object();
        patch.putArray("schemas").add(PATCH);
        ArrayNode operations = patch.putArray("Operations");
        ObjectNode changed = ScimJson.object();
        ObjectNode wanted = replaced(present, values, active);
        if (active != null) {
            changed.set("active", flag(active));
        }
        values.forEach((path, list) -> {
            if (list.isEmpty() && !path.isFiltered()) {
                operation(operations, "remove", path.patchPath(), null);
            } else if (path.isList()) {
                ObjectNode container = path.extension()
                        .map(urn -> ScimJson.object(changed, urn))
                        .orElse(changed);
                JsonNode whole = path.list(wanted);
                container.set(path.attribute(), whole.isMissingNode() ? operations.arrayNode() : whole);
            } else {
                path.write(changed, list);
            }
        });
        if (!changed.isEmpty()) {
            ObjectNode operation = operations.insertObject(0);
            operation.put("op", "replace");
            operation.set("value", changed);
        }
        return patch;
    }

    /** {@return whether a write sets the state of the account; null for neither} */
    static @Nullable Boolean active(AccountWrite write) {
        return switch (write.kind()) {
            case ENABLE -> Boolean.TRUE;
            case DISABLE -> Boolean.FALSE;
            case CREATE, MODIFY, DELETE -> null;
        };
    }

    private JsonNode flag(boolean value) {
        return flagsAsText ? TextNode.valueOf(value ? "True" : "False") : BooleanNode.valueOf(value);
    }

    private static void operation(ArrayNode operations, String op, String path, @Nullable JsonNode value) {
        ObjectNode operation = operations.addObject();
        operation.put("op", op);
        operation.put("path", path);
        if (value != null) {
            operation.set("value", value);
        }
    }
}
