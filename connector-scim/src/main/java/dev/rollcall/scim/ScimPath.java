package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rollcall.connector.ConnectorException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place of an attribute in a SCIM user: {@code title}, {@code name.givenName}, {@code emails[type eq 'work'].value},
 * {@code urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department}. Immutable and thread-safe.
 */
final class ScimPath {
    static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";

    private static final Pattern SHAPE = Pattern.compile("(?:(urn:[^\\[\\]'\"\\s]+):)?([A-Za-z$][A-Za-z0-9_$-]*)"
            + "(?:\\[\\s*([A-Za-z][A-Za-z0-9_$-]*)\\s+[eE][qQ]\\s+(?:'([^']*)'|\"([^\"]*)\"|(true|false))\\s*])?"
            + "(?:\\.([A-Za-z$][A-Za-z0-9_$-]*))?");

    /** Lists of objects in the user schema; anything else is taken for one value. */
    private static final Set<String> LISTS = Set.of(
            "emails",
            "phonenumbers",
            "ims",
            "photos",
            "addresses",
            "groups",
            "entitlements",
            "roles",
            "x509certificates");

    private final @Nullable String urn;
    private final String attribute;
    private final @Nullable String filterAttribute;
    private final String filterValue;
    private final boolean filterIsFlag;
    private final @Nullable String sub;

    private ScimPath(
            @Nullable String urn,
            String attribute,
            @Nullable String filterAttribute,
            String filterValue,
            boolean filterIsFlag,
            @Nullable String sub) {
        this.urn = urn;
        this.attribute = attribute;
        this.filterAttribute = filterAttribute;
        this.filterValue = filterValue;
        this.filterIsFlag = filterIsFlag;
        this.sub = sub;
    }

    /** {@return the place that a text names; empty if it is none} */
    static Optional<ScimPath> parse(String text) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String schema = matcher.group(1);
        String attribute = matcher.group(2);
        boolean list = LISTS.contains(attribute.toLowerCase(Locale.ROOT)) || matcher.group(3) != null;
        String value = matcher.group(4) != null
                ? matcher.group(4)
                : matcher.group(5) != null ? matcher.group(5) : matcher.group(6);
        return Optional.of(new ScimPath(
                CORE.equalsIgnoreCase(schema) ? null : schema,
                attribute,
                matcher.group(3),
                value == null ? "" : value,
                matcher.group(6) != null,
                matcher.group(7) == null && list ? "value" : matcher.group(7)));
    }

    /** {@return the schema of an extension; empty for one of the user itself} */
    Optional<String> extension() {
        return Optional.ofNullable(urn);
    }

    /** {@return the attribute itself, without schema, filter and sub-attribute} */
    String attribute() {
        return attribute;
    }

    /** {@return the part of the attribute that is meant; empty for the whole} */
    String sub() {
        return sub == null ? "" : sub;
    }

    /** {@return the top-level attribute as requests name it, with its schema} */
    String top() {
        return urn == null ? attribute : urn + ":" + attribute;
    }

    boolean isList() {
        return filterAttribute != null || LISTS.contains(attribute.toLowerCase(Locale.ROOT));
    }

    boolean isFiltered() {
        return filterAttribute != null;
    }

    boolean isValue() {
        return "value".equalsIgnoreCase(sub);
    }

    /** {@return whether the service provider takes capital and small letters of the values for the same} */
    boolean ignoresCase() {
        return urn == null
                && (attribute.equalsIgnoreCase("userName") || (attribute.equalsIgnoreCase("emails") && isValue()));
    }

    /** {@return a form of a value that is the same for all values that the service provider takes for the same} */
    String comparable(String value) {
        return ignoresCase() ? LetterCase.fold(value) : value;
    }

    /** {@return the place as a PATCH names it} */
    String patchPath() {
        return top() + filter() + (sub == null || (isList() && !isFiltered()) ? "" : "." + sub);
    }

    private String filter() {
        return filterAttribute == null
                ? ""
                : "[" + filterAttribute + " eq "
                        + (filterIsFlag
                                ? filterValue
                                : TextNode.valueOf(filterValue).toString()) + "]";
    }

    /** {@return the values at this place in a user} */
    List<String> read(JsonNode user) {
        List<String> values = new ArrayList<>();
        JsonNode node = ScimJson.child(container(user), attribute);
        if (isList()) {
            boolean untyped = isUntyped(node);
            for (JsonNode element : elements(node)) {
                if (untyped || matches(element)) {
                    add(values, element.isObject() ? ScimJson.child(element, String.valueOf(sub)) : element);
                }
            }
        } else if (sub != null && node.isObject()) {
            add(values, ScimJson.child(node, sub));
        } else if (sub == null || isValue()) {
            // Some send the manager as a plain text.
            add(values, node);
        }
        return values;
    }

    /** {@return the whole of this attribute in a user, whatever the filter} */
    JsonNode list(JsonNode user) {
        return ScimJson.child(container(user), attribute);
    }

    /** {@return the elements of this list, as texts, that none of the places is about; empty for what is no list} */
    List<String> others(JsonNode user, Collection<ScimPath> places) {
        List<String> others = new ArrayList<>();
        for (JsonNode element : isFiltered() ? elements(list(user)) : List.<JsonNode>of()) {
            boolean ours = places.stream()
                    .anyMatch(place -> place.top().equalsIgnoreCase(top())
                            && (place.matches(element) || place.isUntyped(list(user))));
            if (!ours) {
                others.add(ScimJson.text(element.isObject() ? ScimJson.child(element, "value") : element));
            }
        }
        return others;
    }

    /** Writes values to this place of a whole user; the rest of it stays. */
    void write(ObjectNode user, List<String> values) {
        ObjectNode container = urn == null ? user : ScimJson.object(user, urn);
        if (isList()) {
            writeList(container, values);
        } else if (sub != null) {
            ObjectNode parent = ScimJson.object(container, attribute);
            ScimJson.put(parent, sub, single(values));
            if (parent.isEmpty()) {
                ScimJson.remove(container, attribute);
            }
        } else {
            ScimJson.put(container, attribute, single(values));
        }
        if (urn != null && container.isEmpty()) {
            ScimJson.remove(user, urn);
        }
    }

    private void writeList(ObjectNode container, List<String> values) {
        JsonNode present = ScimJson.child(container, attribute);
        boolean untyped = isUntyped(present);
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        List<String> missing = new ArrayList<>(values);
        for (JsonNode element : elements(present)) {
            if (!untyped && !matches(element)) {
                kept.add(element);
                continue;
            }
            String value = element.isObject()
                    ? ScimJson.text(ScimJson.child(element, String.valueOf(sub)))
                    : ScimJson.text(element);
            if (missing.remove(value)) {
                kept.add(element);
            } else if (isFiltered() && element instanceof ObjectNode old && (!isValue() || !missing.isEmpty())) {
                ScimJson.put(old, String.valueOf(sub), missing.isEmpty() ? null : typed(missing.remove(0)));
                kept.add(old);
            }
        }
        missing.forEach(value -> kept.add(element(value)));
        ScimJson.put(container, attribute, kept.isEmpty() ? null : kept);
    }

    /** {@return a new element of the list with this value} */
    ObjectNode element(String value) {
        ObjectNode element = JsonNodeFactory.instance.objectNode();
        if (filterAttribute != null) {
            element.set(filterAttribute, typed(filterAttribute, filterValue, filterIsFlag));
        }
        element.set(String.valueOf(sub), typed(value));
        return element;
    }

    /** {@return what is written for values of an attribute that has one; null for none} */
    @Nullable
    JsonNode single(List<String> values) {
        if (values.isEmpty()) {
            return null;
        } else if (values.size() == 1) {
            return typed(values.get(0));
        }
        ArrayNode several = JsonNodeFactory.instance.arrayNode();
        values.forEach(several::add);
        return several;
    }

    private JsonNode typed(String value) {
        return typed(sub == null ? attribute : sub, value, false);
    }

    private static JsonNode typed(String name, String value, boolean flag) {
        return flag || name.equalsIgnoreCase("primary")
                ? BooleanNode.valueOf(value.equalsIgnoreCase("true"))
                : TextNode.valueOf(value);
    }

    private JsonNode container(JsonNode user) {
        return urn == null ? user : ScimJson.child(user, urn);
    }

    /** {@return whether the list of this place in a user is one whose types the service has dropped} */
    boolean isUntypedIn(JsonNode user) {
        return isList() && isUntyped(list(user));
    }

    /** Some services keep no types: what they have is then what is used for work, which most of them are about. */
    private boolean isUntyped(JsonNode list) {
        List<JsonNode> elements = elements(list);
        return "type".equalsIgnoreCase(filterAttribute)
                && filterValue.equalsIgnoreCase("work")
                && !elements.isEmpty()
                && elements.stream()
                        .allMatch(element ->
                                ScimJson.text(ScimJson.child(element, "type")).isEmpty());
    }

    private boolean matches(JsonNode element) {
        return filterAttribute == null
                || filterValue.equalsIgnoreCase(ScimJson.text(ScimJson.child(element, filterAttribute)));
    }

    private static List<JsonNode> elements(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        if (list.isArray()) {
            for (Iterator<JsonNode> each = list.elements(); each.hasNext(); ) {
                elements.add(each.next());
            }
        } else if (list.isObject() || list.isTextual()) {
            elements.add(list);
        }
        return elements;
    }

    private static void add(List<String> values, JsonNode node) {
        if (node.isArray()) {
            node.forEach(each -> add(values, each));
        } else if (node.isValueNode() && !node.isNull() && !node.asText().isEmpty()) {
            values.add(node.asText());
        }
    }

    private String canonical() {
        return patchPath().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScimPath that && canonical().equals(that.canonical());
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }

    @Override
    public String toString() {
        return patchPath();
    }

    /**
     * {@return the path that a name of an attribute writes}
     *
     * @throws ConnectorException of kind UNSUPPORTED if it does not
     */
    static ScimPath of(String attribute) {
        return parse(attribute)
                .orElseThrow(() -> ConnectorException.unsupported("'" + attribute + "' is no SCIM attribute"));
    }

    /** {@return the paths of attributes, by their names} */
    static Map<String, ScimPath> named(Iterable<String> attributes) {
        Map<String, ScimPath> paths = new LinkedHashMap<>();
        attributes.forEach(name -> paths.put(name, of(name)));
        return paths;
    }

    /** {@return the values of attributes, by their paths} */
    static Map<ScimPath, List<String>> keyed(Map<String, List<String>> attributes) {
        Map<ScimPath, List<String>> values = new LinkedHashMap<>();
        attributes.forEach((name, wanted) -> values.put(of(name), wanted));
        return values;
    }
}
