package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a service provider says that it can do. Immutable and thread-safe.
 *
 * @param patch whether it takes PATCH
 * @param filter whether lists can be filtered
 * @param maxResults how many users a page may hold; 0 for no limit
 * @param bulkOperations how many operations one bulk request may hold; 0 for no bulk
 * @param bulkBytes how large one may be
 * @param cursor whether its lists go by cursor and not by index
 * @param versions whether it refuses a write that names a state which is gone; some tell versions and never look at them
 * @param users where the users are, below the base
 */
record ScimFeatures(
        boolean patch,
        boolean filter,
        int maxResults,
        int bulkOperations,
        long bulkBytes,
        boolean cursor,
        boolean versions,
        String users) {
    private static final int MOST_OPERATIONS = 1000;

    /** Who says nothing is taken to be able to do what Okta and Entra ID ask of everybody. */
    static ScimFeatures assumed() {
        return new ScimFeatures(true, true, 0, 0, 0, false, false, "/Users");
    }

    /** Asks the provider; many have no answer, or none that is right. */
    static ScimFeatures discover(ScimHttp http) {
        String users = ScimResourceTypes.users(http).orElse("/Users");
        Optional<JsonNode> told = http.discovered("/ServiceProviderConfig").filter(JsonNode::isObject);
        return told.map(config -> of(config, users)).orElseGet(() -> assumed().at(users));
    }

    private ScimFeatures at(String place) {
        return new ScimFeatures(patch, filter, maxResults, bulkOperations, bulkBytes, cursor, versions, place);
    }

    private static ScimFeatures of(JsonNode config, String users) {
        JsonNode bulk = ScimJson.child(config, "bulk");
        JsonNode pagination = ScimJson.child(config, "pagination");
        boolean byCursor = supported(pagination, "cursor", false)
                && (!supported(pagination, "index", true)
                        || ScimJson.text(ScimJson.child(pagination, "defaultPaginationMethod"))
                                .equalsIgnoreCase("cursor"));
        int operations = 0;
        long bytes = 0;
        if (supported(bulk, "supported", false)) {
            long told = ScimJson.number(ScimJson.child(bulk, "maxOperations"));
            operations = (int) Math.min(MOST_OPERATIONS, told <= 0 ? 100 : told);
            long size = ScimJson.number(ScimJson.child(bulk, "maxPayloadSize"));
            bytes = size <= 0 ? 1 << 20 : size;
        }
        return new ScimFeatures(
                supported(ScimJson.child(config, "patch"), "supported", true),
                supported(ScimJson.child(config, "filter"), "supported", true),
                (int) Math.max(
                        0,
                        Math.min(
                                Integer.MAX_VALUE,
                                ScimJson.number(ScimJson.child(ScimJson.child(config, "filter"), "maxResults")))),
                operations,
                bytes,
                byCursor,
                supported(ScimJson.child(config, "etag"), "supported", false),
                users);
    }

    private static boolean supported(JsonNode block, String name, boolean otherwise) {
        return ScimJson.flag(ScimJson.child(block, name), otherwise);
    }
}
