package dev.rollcall.elmo;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.RestProvider;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes connectors to ELMO. Thread-safe. */
public final class ElmoProvider extends RestProvider {
    private static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder("elmo")
            .primaryKey("employeeNumber")
            .active("record.active and not (record.endDate is present and"
                    + " (record.endDate | dayOf(record.timezone ?? '') | isBefore(today(record.timezone ?? ''))))")
            .capability(Capability.WEBHOOKS)
            .setting(Setting.uri("baseUrl")
                    .required()
                    .description("the address of your ELMO, as its API console shows it"))
            .endpoint("users", "positions", "departments", "locations", "managers", "legal-entities", "employees")
            .build();

    /** Whether ELMO answers with its own envelope, with JSON-LD or with a bare array is not published. */
    private static final String LIST = """
            "headers": {"Accept": "application/json"},
            "records": ["/data", "/member", "/hydra:member", ""],
            "paging": {"type": "announced", "size": {"parameter": "itemsPerPage", "value": 100},
              "total": ["/metadata/totalItems", "/totalItems", "/hydra:totalItems"],
              "ways": [{"type": "page", "parameter": "page", "totalPages": "/metadata/lastPage"},
                       {"type": "next-url", "next": "/view/next"},
                       {"type": "next-url", "next": "/hydra:view/hydra:next"}]}
            """;

    /** A reference is an id, or an address that ends in one. What tells of pay, tax and banks is there by name only. */
    private static final String ENDPOINTS = """
            {"endpoints": [
               {"name": "users", "url": "@core/users", @list@one},
               {"name": "positions", "url": "@core/positions", @list, "key": "id", "lookup": "@ref(position)",
                "as": "position"},
               {"name": "departments", "url": "@core/departments", @list, "key": "id", "lookup": "@ref(department)",
                "as": "department"},
               {"name": "locations", "url": "@core/locations", @list, "key": "id", "lookup": "@ref(location)",
                "as": "location"},
               {"name": "managers", "url": "@core/users", @list, "key": "id", "lookup": "@ref(manager)", "as": "manager"}],
             "otherEndpoints": [
               {"name": "legal-entities", "url": "@core/legal-entities", @list, "key": "id",
                "lookup": "@ref(legalEntity)", "as": "legalEntity"},
               {"name": "employees", "url": "@core/employees", @list, "key": "id", "lookup": "record.id",
                "as": "employee"}]}
            """;

    /** One user stands alone, without an envelope; by e-mail there is a search, which may find parts of it too. */
    private static final Map<String, String> ONE_BY = Map.of(
            "id",
            ", \"one\": {\"url\": \"@core/users/${key}\", \"records\": \"\"}",
            "email",
            ", \"one\": {\"url\": \"@core/users\","
                    + " \"parameters\": {\"itemsPerPage\": \"100\", \"email\": \"${key}\"}}");

    private static final String AUTHORIZATION = """
            {"type": "oauth2", "grant": "client-credentials", "clientAuthentication": "body"}""";

    private static final Pattern ORIGIN = Pattern.compile("(?i)^(https?://[^/?#]+)");

    /** For {@link java.util.ServiceLoader}. */
    public ElmoProvider() {
        super(DESCRIPTOR);
    }

    @Override
    protected Value.Fields presets(Settings given) {
        String key = given.block("primaryKey").text().orElse("");
        String endpoints = ENDPOINTS
                .replace("@list", LIST)
                .replace("@one", ONE_BY.getOrDefault(key, ""))
                .replaceAll("@ref\\((\\w+)\\)", "record.$1 | prepend('/') | substringAfterLast('/')")
                .replace("@core", "${settings.baseUrl}/core/v1");
        Value.Fields authorization = json(AUTHORIZATION);
        Matcher origin = ORIGIN.matcher(given.optionalText("baseUrl").orElse(""));
        if (origin.find()) {
            authorization = authorization.with("tokenUrl", Value.of(origin.group(1) + "/oauth/token"));
        }
        return json(endpoints).with("authorization", authorization);
    }
}
