package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of users as the service provider describes them. Where it describes no users at all, nothing is wrong
 * with any attribute. Immutable and thread-safe, as nobody changes the descriptions.
 */
final class ScimSchemas {
    /** What every service fills in or takes without being asked for it, whatever it says of them. */
    private static final Set<String> OURS = Set.of("id", "externalid", "meta", "schemas", "active", "password");

    /** Common attributes belong to every resource and to no schema (RFC 7643, 3.1); this one can be written. */
    private static final Set<String> COMMON = Set.of("externalid");

    private static final String UNLESS_TOLD = "; or say settings.schemas: false, if it takes more than it tells";

    private final Map<String, JsonNode> schemas;

    private ScimSchemas(Map<String, JsonNode> schemas) {
        this.schemas = schemas;
    }

    static ScimSchemas discover(ScimHttp http) {
        Map<String, JsonNode> schemas = new LinkedHashMap<>();
        for (JsonNode schema : http.discoveredList("/Schemas")) {
            String id = ScimJson.text(ScimJson.child(schema, "id"));
            if (!ScimJson.child(schema, "attributes").isEmpty()) {
                schemas.put(id.toLowerCase(Locale.ROOT), schema);
            }
        }
        return new ScimSchemas(schemas);
    }

    /** {@return what is wrong with writing these attributes} */
    List<Problem> problems(Collection<String> attributes, boolean creating) {
        List<Problem> problems = new ArrayList<>();
        JsonNode core = schemas.get(ScimPath.CORE.toLowerCase(Locale.ROOT));
        if (core == null) {
            return problems;
        }
        Set<String> mapped = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String attribute : attributes) {
            ScimPath.parse(attribute).ifPresent(path -> {
                if (path.extension().isEmpty()) {
                    mapped.add(path.attribute());
                }
                check(attribute, path, true, problems);
            });
        }
        if (creating) {
            for (JsonNode each : ScimJson.child(core, "attributes")) {
                String name = name(each);
                boolean needed = ScimJson.flag(ScimJson.child(each, "required"), false)
                        && !is(each, "readOnly")
                        && !OURS.contains(name.toLowerCase(Locale.ROOT));
                if (needed && !mapped.contains(name)) {
                    String message =
                            "the application requires " + name + " of every account, and nothing is mapped to it";
                    problems.add(Problem.of("required-attribute", "", message, "map " + name));
                }
            }
        }
        return problems;
    }

    /** {@return which of these attributes the service does not know; they are read, and need not be writable} */
    List<Problem> unknown(Collection<String> attributes) {
        List<Problem> problems = new ArrayList<>();
        if (schemas.containsKey(ScimPath.CORE.toLowerCase(Locale.ROOT))) {
            for (String attribute : attributes) {
                ScimPath.parse(attribute)
                        .filter(path -> path.extension().isPresent()
                                || !OURS.contains(path.attribute().toLowerCase(Locale.ROOT)))
                        .ifPresent(path -> check(attribute, path, false, problems));
            }
        }
        return problems;
    }

    private void check(String attribute, ScimPath path, boolean written, List<Problem> problems) {
        if (path.extension().isEmpty() && COMMON.contains(path.attribute().toLowerCase(Locale.ROOT))) {
            return;
        }
        String urn = path.extension().orElse(ScimPath.CORE);
        JsonNode schema = schemas.get(urn.toLowerCase(Locale.ROOT));
        if (schema == null) {
            String message = "the application does not know the schema " + urn;
            problems.add(Problem.of("unknown-attribute", attribute, message, remedy(urn, schemas.keySet())));
            return;
        }
        JsonNode attributes = ScimJson.child(schema, "attributes");
        JsonNode found = named(attributes, path.attribute());
        if (found == null) {
            problems.add(unknown(attribute, path.attribute(), attributes));
            return;
        }
        JsonNode subs = ScimJson.child(found, "subAttributes");
        JsonNode sub = path.sub().isEmpty() || subs.isEmpty() ? found : named(subs, path.sub());
        if (sub == null) {
            problems.add(unknown(attribute, path.sub(), subs));
        } else if (written && (is(found, "readOnly") || is(sub, "readOnly"))) {
            String message = "the application lets nobody write " + path.top();
            problems.add(Problem.of("read-only-attribute", attribute, message, "remove it" + UNLESS_TOLD));
        }
    }

    /** {@return whether an account that is there keeps its value of this attribute for ever} */
    boolean isFixed(String attribute) {
        return ScimPath.parse(attribute)
                .filter(path -> {
                    JsonNode schema =
                            schemas.get(path.extension().orElse(ScimPath.CORE).toLowerCase(Locale.ROOT));
                    JsonNode found =
                            schema == null ? null : named(ScimJson.child(schema, "attributes"), path.attribute());
                    return found != null && is(found, "immutable");
                })
                .isPresent();
    }

    private static Problem unknown(String attribute, String name, JsonNode known) {
        List<String> names = new ArrayList<>();
        known.forEach(each -> names.add(name(each)));
        String message = "the application does not know " + name;
        return Problem.of("unknown-attribute", attribute, message, remedy(name, names));
    }

    private static String remedy(String name, Collection<String> names) {
        return Suggestion.remedy(name, names) + UNLESS_TOLD;
    }

    private static @Nullable JsonNode named(JsonNode attributes, String name) {
        for (JsonNode each : attributes) {
            if (name(each).equalsIgnoreCase(name)) {
                return each;
            }
        }
        return null;
    }

    private static String name(JsonNode attribute) {
        return ScimJson.text(ScimJson.child(attribute, "name"));
    }

    private static boolean is(JsonNode attribute, String mutability) {
        return ScimJson.text(ScimJson.child(attribute, "mutability")).equalsIgnoreCase(mutability);
    }
}
