package dev.rollcall.apollo;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.RestProvider;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes connectors to Apollo (apollo.io). Thread-safe. */
public final class ApolloProvider extends RestProvider {
    private static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder("apollo")
            .primaryKey("id")
            .active("not (record.deleted ?? false)")
            .capability(Capability.WEBHOOKS)
            .setting(Setting.uri("baseUrl").description("where the API is, https://api.apollo.io/api/v1 by default"))
            .setting(Setting.text("userId").description("the Apollo user who owns the tasks that create-task makes"))
            .endpoint("users")
            .webhook(
                    "create-contact",
                    "update-contact",
                    "find-contact",
                    "create-account",
                    "update-account",
                    "create-task")
            .build();

    /**
     * A limit is per team and endpoint, in windows of a minute, an hour and a day that open at the first call. What is
     * left of each is told with every answer; a window without limit has an empty header.
     */
    private static final String ENDPOINTS = """
            {"endpoints": [
              {"name": "users", "url": "@api/users/search", "records": "/users",
               "headers": {"Cache-Control": "no-cache"},
               "paging": {"type": "page", "parameter": "page", "totalPages": "/pagination/total_pages",
                          "total": "/pagination/total_entries",
                          "size": {"parameter": "per_page", "value": 100}},
               "errors": [
                 {"when": "@limited and response.headers.x-24-hour-requests-left == '0'",
                  "kind": "rate-limited", "retryAfter": "24h", "message": "/message"},
                 {"when": "@limited and response.headers.x-hourly-requests-left == '0'",
                  "kind": "rate-limited", "retryAfter": "1h", "message": "/message"},
                 {"when": "@limited and response.headers.x-minute-requests-left == '0'",
                  "kind": "rate-limited", "retryAfter": "1m", "message": "/message"}]}]}
            """;

    private static final String LIMITED = "response.status == 429 and response.headers.retry-after is absent";

    /** A master key, or one whose list of endpoints has what is called. */
    private static final String KEY = """
            {"type": "api-key", "name": "x-api-key", "in": "header"}""";

    /** The page where a person agrees is behind a {@code #}, and its query with it. */
    private static final String OAUTH = """
            {"type": "oauth2", "grant": "authorization-code", "clientAuthentication": "body",
             "authorizationUrl": "https://app.apollo.io/#/oauth/authorize",
             "tokenUrl": "https://app.apollo.io/api/v1/oauth/token",
             "scopes": ["users_list"]}""";

    /** An empty address would make a contact that nothing finds again. */
    private static final String ADDRESS = "(record.email ?? entry.mail ?? fail('no e-mail address'))";

    private static final String MAIL = "${" + ADDRESS + "}";

    /** The contact that Apollo has for one of its users, or the one that was found before. */
    private static final String CONTACT = "record.contact_id ?? record.zp_contact_id ?? result.id"
            + " ?? fail('no contact: set record.contact_id, or take id of find-contact before')";

    /** A search by words finds parts of addresses too. */
    private static final String HIT = "lower(it.email ?? '') == lower" + ADDRESS;

    /** For {@link java.util.ServiceLoader}. */
    public ApolloProvider() {
        super(DESCRIPTOR);
    }

    @Override
    protected Value.Fields presets(Settings given) {
        boolean oauth = given.block("authorization") instanceof Value.Fields fields
                && fields.get("type").text().filter("oauth2"::equals).isPresent();
        String api = "${settings.baseUrl}" + (hasPath(given) ? "" : "/api/v1");
        return json(ENDPOINTS.replace("@limited", LIMITED).replace("@api", api))
                .with("settings", Value.of(Map.of("baseUrl", Value.of("https://api.apollo.io/api/v1"))))
                .with("authorization", json(oauth ? OAUTH : KEY))
                .with(
                        "webhooks",
                        Value.of(webhooks(
                                api, given.optionalText("userId").isPresent() ? "settings.userId" : "record.id")));
    }

    /** An address without a path is that of a host, where the API has its usual place. */
    private static boolean hasPath(Settings given) {
        return given.optionalText("baseUrl")
                .map(text -> text.matches("(?i)https?://[^/]+/.+"))
                .orElse(true);
    }

    /** Users come and go by SCIM only; contacts, accounts and tasks have calls. */
    private static Map<String, Value.Fields> webhooks(String api, String owner) {
        Value.Fields contact = json("""
                {"first_name": "${record.first_name ?? entry.givenName}", "last_name": "${record.last_name ?? entry.sn}",
                 "email": "@mail", "title": "${record.title ?? entry.title}"}""".replace("@mail", MAIL));
        Value.Fields account = json("""
                {"name": "${record.company ?? entry.o ?? entry.company ?? fail('no company: set record.company or o')}",
                 "domain": "${record.domain ?? substringAfterLast(@address, '@')}"}""".replace("@address", ADDRESS));
        Value.Fields task = json("""
                {"user_id": "${@owner ?? fail('no owner of the task: set settings.userId')}", "contact_id": "${@contact}", "type": "action_item",
                 "status": "scheduled", "due_at": "${now()}", "title": "${record.name ?? entry.cn}"}""".replace("@contact", CONTACT).replace("@owner", owner));
        Value.Fields search = json("""
                {"q_keywords": "@mail", "page": 1, "per_page": 100}""".replace("@mail", MAIL));
        Map<String, Value.Fields> webhooks = new LinkedHashMap<>();
        // With run_dedupe a contact that is there already is updated: else a call that is repeated makes two.
        webhooks.put(
                "create-contact",
                call("POST", api + "/contacts", contact.with("run_dedupe", Value.of(true)))
                        .with("take", id("/contact/id")));
        webhooks.put(
                "update-contact",
                call("PATCH", api + "/contacts/${" + CONTACT + "}", contact).with("take", id("/contact/id")));
        webhooks.put(
                "find-contact",
                call("POST", api + "/contacts/search", search)
                        .with(
                                "take",
                                Value.of(Map.of(
                                        "id",
                                        Value.of("${item(map(filter(response.body.contacts, " + HIT
                                                + "), it.id), 0)}"))))
                        .with("expect", Value.of("any(response.body.contacts, " + HIT + ")")));
        webhooks.put("create-account", call("POST", api + "/accounts", account).with("take", id("/account/id")));
        webhooks.put(
                "update-account",
                call("PATCH", api + "/accounts/${record.account_id ?? result.id}", account)
                        .with("take", id("/account/id")));
        webhooks.put("create-task", call("POST", api + "/tasks", task).with("take", id("/task/id")));
        return webhooks;
    }

    private static Value id(String pointer) {
        return Value.of(Map.of("id", Value.of(pointer)));
    }
}
