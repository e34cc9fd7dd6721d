package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;

/** What a service provider says of the kinds of things that it keeps. */
final class ScimResourceTypes {
    private ScimResourceTypes() {}

    /** {@return where the users are, below the base; empty if the provider does not tell, or tells another place} */
    static Optional<String> users(ScimHttp http) {
        for (JsonNode type : http.discoveredList("/ResourceTypes")) {
            String schema = ScimJson.text(ScimJson.child(type, "schema"));
            if (schema.equalsIgnoreCase(ScimPath.CORE)) {
                return below(http.base(), ScimJson.text(ScimJson.child(type, "endpoint")));
            }
        }
        return Optional.empty();
    }

    /** By the RFC a path below the base; seen were whole addresses, and paths from the root, too. */
    private static Optional<String> below(URI base, String endpoint) {
        String path = endpoint.strip().replaceAll("/+$", "");
        for (String start : new String[] {base.toString(), String.valueOf(base.getRawPath())}) {
            path = !start.isEmpty() && path.startsWith(start + "/") ? path.substring(start.length()) : path;
        }
        path = path.startsWith("/") ? path : "/" + path;
        // A place elsewhere is not believed, so that no credential goes there.
        return path.matches("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+") ? Optional.of(path) : Optional.empty();
    }
}
