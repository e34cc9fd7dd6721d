package dev.rollcall.integration.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What a {@link ScriptedScim} says of itself. */
final class ScriptedDiscovery {
    static final List<String> PLACES = List.of("/ServiceProviderConfig", "/ResourceTypes", "/Schemas");
    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ScriptedDiscovery() {}

    static JsonNode answer(String path, ScriptedUsers users, URI base) {
        if (users.has(Quirk.NO_DISCOVERY)) {
            throw new ScriptedUsers.Refused(404, "", "");
        } else if (users.has(Quirk.DISCOVERY_IS_403)) {
            throw new ScriptedUsers.Refused(403, "", "not for you");
        } else if (users.has(Quirk.DISCOVERY_IS_501)) {
            throw new ScriptedUsers.Refused(501, "", "not yet");
        }
        return switch (path) {
            case "/ResourceTypes" -> resourceTypes(users, base);
            case "/Schemas" -> schemas(users);
            default -> configuration(users);
        };
    }

    private static ObjectNode configuration(ScriptedUsers users) {
        ObjectNode config = JSON.createObjectNode();
        config.putObject("patch").put("supported", true);
        config.putObject("filter").put("supported", true);
        config.putObject("etag").put("supported", users.has(Quirk.ETAGS) || users.has(Quirk.ETAG_HEADER));
        config.putObject("bulk")
                .put("supported", users.has(Quirk.BULK))
                .put("maxOperations", 100)
                .put("maxPayloadSize", 1 << 20);
        config.putObject("pagination").put("cursor", users.has(Quirk.CURSOR)).put("index", !users.has(Quirk.CURSOR));
        return config;
    }

    private static JsonNode resourceTypes(ScriptedUsers users, URI base) {
        String place = "/Users";
        if (users.has(Quirk.USERS_AT_PEOPLE)) {
            place = base.getPath() + "/People";
        } else if (users.has(Quirk.USERS_ELSEWHERE)) {
            place = "http://collector.example.test/scim/v2/Users";
        }
        ObjectNode list = JSON.createObjectNode();
        ArrayNode types = list.putArray("Resources");
        types.addObject().put("id", "Group").put("endpoint", "/Groups").put("schema", CORE.replace("User", "Group"));
        types.addObject().put("id", "User").put("endpoint", place).put("schema", CORE);
        return list;
    }

    private static JsonNode schemas(ScriptedUsers users) {
        if (!users.has(Quirk.SCHEMAS) && !users.has(Quirk.SCHEMAS_BARE)) {
            throw new ScriptedUsers.Refused(404, "", "");
        }
        ArrayNode schemas = JSON.createArrayNode();
        ArrayNode core = schemas.addObject().put("id", CORE).putArray("attributes");
        attribute(core, "userName", "readWrite").put("required", true);
        attribute(core, "name", "readWrite")
                .set(
                        "subAttributes",
                        JSON.valueToTree(List.of(Map.of("name", "givenName"), Map.of("name", "familyName"))));
        attribute(core, "emails", "readWrite")
                .set("subAttributes", JSON.valueToTree(List.of(Map.of("name", "value"), Map.of("name", "type"))));
        attribute(core, "title", "readWrite");
        attribute(core, "externalId", "readWrite");
        attribute(core, "userType", "immutable");
        attribute(core, "profileUrl", "readOnly");
        attribute(schemas.addObject().put("id", ENTERPRISE).putArray("attributes"), "department", "readWrite");
        return users.has(Quirk.SCHEMAS_BARE) ? schemas : JSON.createObjectNode().set("Resources", schemas);
    }

    private static ObjectNode attribute(ArrayNode attributes, String name, String mutability) {
        return attributes.addObject().put("name", name).put("mutability", mutability);
    }
}
