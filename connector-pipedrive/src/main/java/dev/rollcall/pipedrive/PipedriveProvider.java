package dev.rollcall.pipedrive;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.RestProvider;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes connectors to Pipedrive. Thread-safe. */
public final class PipedriveProvider extends RestProvider {
    /** Where companies of any name are answered; its own description of version 1 has no {@code /api}. */
    private static final String GENERIC = "https://api.pipedrive.com";

    private static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder("pipedrive")
            .primaryKey("id")
            .active("record.active_flag and not (record.is_deleted ?? false)")
            .capability(Capability.BY_KEYS, Capability.WEBHOOKS)
            .setting(Setting.uri("baseUrl").description("the company's address, https://acme.pipedrive.com"))
            .setting(Setting.uri("v1Url").description("the address of version 1 of the API, made of baseUrl"))
            .setting(Setting.uri("v2Url").description("the address of version 2 of the API, made of baseUrl"))
            .setting(Setting.integer("roleId").description("the role that assign-role gives and unassign-role takes"))
            .endpoint("users", "persons", "roles", "permission-sets", "role-assignments", "permissions")
            .webhook(
                    "add-user",
                    "find-user",
                    "deactivate-user",
                    "reactivate-user",
                    "assign-role",
                    "unassign-role",
                    "add-person",
                    "update-person")
            .build();

    /** A 2xx that says that it is none, and two kinds of 429: a burst is over in seconds, a day's budget tomorrow. */
    private static final String ERRORS = """
            "errors": [
              {"when": "response.status == 429 and response.headers.x-daily-ratelimit-token-remaining == '0'",
               "kind": "rate-limited", "retryAfter": "24h", "message": "/error"},
              {"when": "response.status < 300 and response.body.success == false and response.body.errorCode == 401",
               "kind": "unauthorized", "message": "/error"},
              {"when": "response.status < 300 and response.body.success == false and response.body.error is present",
               "kind": "rejected", "message": "/error"},
              {"when": "response.status < 300 and response.body.success == false",
               "kind": "rejected", "message": "/message"}]
            """;

    /** Nothing is asked of version 1; where it says that there is more, that is fetched. */
    private static final String ANNOUNCED = """
            "records": {"at": "/data", "whenNull": "empty"},
            "paging": {"type": "announced", "ways": [
              {"type": "offset", "parameter": "start", "next": "/additional_data/pagination/next_start",
               "hasMore": "/additional_data/pagination/more_items_in_collection"},
              {"type": "cursor", "parameter": "cursor", "next": "/additional_data/next_cursor"}]}
            """;

    private static final String ENDPOINTS = """
            {"endpoints": [
              {"name": "users", "url": "@v1/users", @announced, @errors, "one": @one}],
            "otherEndpoints": [
              {"name": "persons", "url": "@v2/persons", "records": {"at": "/data", "whenNull": "empty"}, @errors,
               "paging": {"type": "cursor", "parameter": "cursor", "next": "/additional_data/next_cursor",
                          "size": {"parameter": "limit", "value": 100}},
               "one": {"url": "@v2/persons/${key}"}},
              {"name": "roles", "url": "@v1/roles", @announced, @errors,
               "key": "id", "lookup": "record.role_id", "as": "role"},
              {"name": "permission-sets", "url": "@v1/permissionSets", @announced, @errors,
               "key": "id", "lookup": "map(record.access, it.permission_set_id)", "as": "permission_sets", "many": true},
              {"name": "role-assignments", "for": "users", "url": "@v1/users/${record.id}/roleAssignments",
               @announced, @errors, "as": "role_assignments", "many": true},
              {"name": "permissions", "for": "users", "url": "@v1/users/${record.id}/permissions",
               "records": "/data", @errors}]}
            """;

    private static final String ONE_BY_ID = """
            {"url": "@v1/users/${key}"}""";
    private static final String ONE_BY_EMAIL = """
            {"url": "@v1/users/find", "parameters": {"term": "${key}", "search_by_email": 1}}""";

    private static final String API_TOKEN = """
            {"type": "api-key", "name": "x-api-token", "in": "header"}""";

    /** What comes with a token says where to call: at the company's own address. */
    private static final String OAUTH = """
            {"type": "oauth2", "grant": "authorization-code", "clientAuthentication": "basic",
             "authorizationUrl": "https://oauth.pipedrive.com/oauth/authorize",
             "tokenUrl": "https://oauth.pipedrive.com/oauth/token",
             "revocationUrl": "https://oauth.pipedrive.com/oauth/revoke",
             "origins": ["https://*.pipedrive.com"]}""";

    /** Without an address there is nobody to invite or to find. */
    private static final String ADDRESS =
            "(record.email ?? entry.mail ?? fail('no e-mail address: set record.email or mail'))";

    private static final String MAIL = "${" + ADDRESS + "}";

    /** A new person has a name; that of a known one is left alone where there is none to send. */
    private static final String NAME = "${record.name ?? entry.cn ?? fail('no name: set record.name or cn')}";

    /** The id of a user or person is a number: what is none is not sent. */
    private static final String ID =
            "${record.id ?? entry.employeeNumber ?? fail('no id: set record.id or employeeNumber') | toInteger}";

    /** A search finds parts of addresses too. */
    private static final String HIT = "lower(it.email ?? '') == lower" + ADDRESS;

    /** For {@link java.util.ServiceLoader}. */
    public PipedriveProvider() {
        super(DESCRIPTOR);
    }

    @Override
    protected Value.Fields presets(Settings given) {
        boolean oauth = given.block("authorization") instanceof Value.Fields fields
                && fields.get("type").text().filter("oauth2"::equals).isPresent();
        boolean told = oauth
                && given.optionalText("baseUrl").isEmpty()
                && given.optionalText("v1Url").isEmpty();
        boolean byEmail =
                given.block("primaryKey").text().filter("email"::equals).isPresent();
        String v1 = told ? "${token.api_domain}/api/v1" : "${settings.v1Url}";
        String v2 = told ? "${token.api_domain}/api/v2" : "${settings.v2Url}";
        String endpoints = ENDPOINTS
                .replace("@one", byEmail ? ONE_BY_EMAIL : ONE_BY_ID)
                .replace("@announced", ANNOUNCED)
                .replace("@errors", ERRORS)
                .replace("@v1", v1)
                .replace("@v2", v2);
        return json(endpoints)
                .with("settings", addresses(given))
                .with("authorization", json(oauth ? OAUTH : API_TOKEN))
                .with("webhooks", Value.of(webhooks(v1, v2)));
    }

    /** The person is the one of the record; without a record, the one of the entry, by the attributes of a plain mapping. */
    private static Map<String, Value.Fields> webhooks(String v1, String v2) {
        String users = v1 + "/users";
        String user = users + "/" + ID;
        String assignments = v1 + "/roles/${settings.roleId}/assignments";
        Value.Fields userId = json("{\"user_id\": \"" + ID + "\"}");
        String persons = v2 + "/persons";
        Value.Fields person = json("""
                {"name": "${record.name ?? entry.cn}",
                 "emails": [{"value": "@mail", "primary": true, "label": "work"}]}""".replace("@mail", MAIL));
        Value id = Value.of(Map.of("id", Value.of("/data/id")));
        Map<String, Value.Fields> webhooks = new LinkedHashMap<>();
        webhooks.put(
                "add-user",
                call("POST", users, json("{\"email\": \"" + MAIL + "\"}")).with("take", id));
        webhooks.put(
                "find-user",
                call("GET", users + "/find?term=" + MAIL + "&search_by_email=1", "")
                        .with(
                                "take",
                                Value.of(Map.of(
                                        "id",
                                        Value.of("${item(map(filter(response.body.data, " + HIT + "), it.id), 0)}")))));
        webhooks.put("deactivate-user", call("PUT", user, "{\"active_flag\": false}"));
        webhooks.put("reactivate-user", call("PUT", user, "{\"active_flag\": true}"));
        webhooks.put("assign-role", call("POST", assignments, userId));
        webhooks.put("unassign-role", call("DELETE", assignments, userId));
        webhooks.put(
                "add-person",
                call("POST", persons, person.with("name", Value.of(NAME))).with("take", id));
        webhooks.put("update-person", call("PATCH", persons + "/" + ID, person));
        String done = "(response.body.success ?? false) == true";
        webhooks.replaceAll((name, call) -> call.with("expect", Value.of(done)));
        webhooks.computeIfPresent(
                "find-user",
                (name, call) -> call.with("expect", Value.of(done + " and any(response.body.data, " + HIT + ")")));
        return webhooks;
    }

    /** The addresses of both versions; whoever names one in baseUrl means the other too. */
    private static Value addresses(Settings given) {
        Optional<String> base = given.optionalText("baseUrl").map(text -> text.replaceFirst("/+$", ""));
        String start = base.orElse(GENERIC);
        String lower = start.toLowerCase(Locale.ROOT);
        boolean short1 = lower.equals(GENERIC) || (lower.endsWith("/v1") && !lower.endsWith("/api/v1"));
        start = start.replaceFirst("(?i)(/api)?/v[12]$", "");
        boolean secret = given.value("baseUrl") instanceof Value.Sensitive;
        return Value.of(Map.of(
                "v1Url", url(start + (short1 ? "/v1" : "/api/v1"), secret), "v2Url", url(start + "/api/v2", secret)));
    }

    /** What came by reference stays unseen. */
    private static Value url(String text, boolean secret) {
        return secret ? Value.of(Secret.of(text)) : Value.of(text);
    }
}
