package dev.rollcall.pipedrive;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.Authorization;
import dev.rollcall.rest.Endpoint;
import dev.rollcall.rest.ErrorCondition;
import dev.rollcall.rest.Join;
import dev.rollcall.rest.OutboundCall;
import dev.rollcall.rest.Paging;
import dev.rollcall.rest.RequestBody;
import dev.rollcall.rest.RestPresets;
import dev.rollcall.rest.RestProvider;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
    private static final ErrorCondition[] ERRORS = {
        ErrorCondition.when("response.status == 429 and response.headers.x-daily-ratelimit-token-remaining == '0'")
                .kind(FailureKind.RATE_LIMITED)
                .retryAfter(Duration.ofHours(24))
                .message("/error"),
        refused(" and response.body.errorCode == 401")
                .kind(FailureKind.UNAUTHORIZED)
                .message("/error"),
        refused(" and response.body.error is present").message("/error"),
        refused("").message("/message")
    };

    private static final Paging CURSOR = Paging.cursor("cursor", "/additional_data/next_cursor");

    /** Nothing is asked of version 1; where it says that there is more, that is fetched. */
    private static final Paging ANNOUNCED = Paging.announced(
            Paging.offset("start")
                    .next("/additional_data/pagination/next_start")
                    .hasMore("/additional_data/pagination/more_items_in_collection"),
            CURSOR);

    /** What comes with a token says where to call: at the company's own address. */
    private static final Authorization OAUTH = Authorization.oauth2(OAuthSettings.Grant.AUTHORIZATION_CODE)
            .clientAuthentication(OAuthSettings.ClientAuthentication.BASIC)
            .authorizationUrl("https://oauth.pipedrive.com/oauth/authorize")
            .tokenUrl("https://oauth.pipedrive.com/oauth/token")
            .revocationUrl("https://oauth.pipedrive.com/oauth/revoke")
            .origins("https://*.pipedrive.com");

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
    protected RestPresets presets(Settings given) {
        boolean oauth = given.block("authorization") instanceof Value.Fields fields
                && fields.get("type").text().filter("oauth2"::equals).isPresent();
        boolean told = oauth
                && given.optionalText("baseUrl").isEmpty()
                && given.optionalText("v1Url").isEmpty();
        boolean byEmail =
                given.block("primaryKey").text().filter("email"::equals).isPresent();
        String v1 = told ? "${token.api_domain}/api/v1" : "${settings.v1Url}";
        String v2 = told ? "${token.api_domain}/api/v2" : "${settings.v2Url}";
        RestPresets.Builder presets = RestPresets.builder();
        addresses(given, presets);
        presets.authorization(oauth ? OAUTH : Authorization.apiKey("x-api-token"));
        presets.endpoint(list("users", v1 + "/users").one(one(v1, byEmail)).build());
        others(presets, v1, v2);
        webhooks(presets, v1, v2);
        return presets.build();
    }

    private static Endpoint.Builder list(String name, String url) {
        return Endpoint.get(name, url)
                .records("/data")
                .emptyWhenNull()
                .paging(ANNOUNCED)
                .error(ERRORS);
    }

    private static Endpoint one(String v1, boolean byEmail) {
        return byEmail
                ? Endpoint.get("one", v1 + "/users/find")
                        .parameter("term", "${key}")
                        .parameter("search_by_email", "1")
                        .build()
                : Endpoint.get("one", v1 + "/users/${key}").build();
    }

    private static void others(RestPresets.Builder presets, String v1, String v2) {
        presets.otherEndpoint(Endpoint.get("persons", v2 + "/persons")
                .records("/data")
                .emptyWhenNull()
                .error(ERRORS)
                .paging(CURSOR.size("limit", 100))
                .one(v2 + "/persons/${key}")
                .build());
        presets.otherJoin(Join.list(list("roles", v1 + "/roles").build())
                .key("id")
                .lookup("record.role_id")
                .as("role"));
        presets.otherJoin(
                Join.list(list("permission-sets", v1 + "/permissionSets").build())
                        .key("id")
                        .lookup("map(record.access, it.permission_set_id)")
                        .as("permission_sets")
                        .many());
        presets.otherJoin(Join.perUser(list("role-assignments", v1 + "/users/${record.id}/roleAssignments")
                        .build())
                .as("role_assignments")
                .many());
        presets.otherJoin(Join.perUser(Endpoint.get("permissions", v1 + "/users/${record.id}/permissions")
                .records("/data")
                .error(ERRORS)
                .build()));
    }

    private static ErrorCondition refused(String more) {
        return ErrorCondition.when("response.status < 300 and response.body.success == false" + more);
    }

    /** The person is the one of the record; without a record, the one of the entry, by the attributes of a plain mapping. */
    private static void webhooks(RestPresets.Builder presets, String v1, String v2) {
        String users = v1 + "/users";
        String user = users + "/" + ID;
        String assignments = v1 + "/roles/${settings.roleId}/assignments";
        RequestBody userId = RequestBody.object().field("user_id", ID);
        String persons = v2 + "/persons";
        String done = "(response.body.success ?? false) == true";
        presets.webhook(
                "add-user",
                OutboundCall.post(users)
                        .body(RequestBody.object().field("email", MAIL))
                        .expect(done)
                        .take("id", "/data/id"));
        presets.webhook(
                "find-user",
                OutboundCall.get(users + "/find?term=" + MAIL + "&search_by_email=1")
                        .expect(done + " and any(response.body.data, " + HIT + ")")
                        .take("id", "${item(map(filter(response.body.data, " + HIT + "), it.id), 0)}"));
        presets.webhook("deactivate-user", active(user, false).expect(done));
        presets.webhook("reactivate-user", active(user, true).expect(done));
        presets.webhook(
                "assign-role", OutboundCall.post(assignments).body(userId).expect(done));
        presets.webhook(
                "unassign-role", OutboundCall.delete(assignments).body(userId).expect(done));
        presets.webhook(
                "add-person",
                OutboundCall.post(persons).body(person(NAME)).expect(done).take("id", "/data/id"));
        presets.webhook(
                "update-person",
                OutboundCall.patch(persons + "/" + ID)
                        .body(person("${record.name ?? entry.cn}"))
                        .expect(done));
    }

    private static OutboundCall active(String user, boolean flag) {
        return OutboundCall.put(user).body(RequestBody.json("{\"active_flag\": " + flag + "}"));
    }

    private static RequestBody person(String name) {
        Value.Fields mail = Value.Fields.none()
                .with("value", Value.of(MAIL))
                .with("primary", Value.of(true))
                .with("label", Value.of("work"));
        return RequestBody.object().field("name", name).field("emails", Value.of(List.of(mail)));
    }

    /** The addresses of both versions; a baseUrl that names one stands for the other too. */
    private static void addresses(Settings given, RestPresets.Builder presets) {
        Optional<String> base = given.optionalText("baseUrl").map(text -> text.replaceFirst("/+$", ""));
        String start = base.orElse(GENERIC);
        String lower = start.toLowerCase(Locale.ROOT);
        boolean short1 = lower.equals(GENERIC) || (lower.endsWith("/v1") && !lower.endsWith("/api/v1"));
        start = start.replaceFirst("(?i)(/api)?/v[12]$", "");
        String v1 = start + (short1 ? "/v1" : "/api/v1");
        String v2 = start + "/api/v2";
        if (given.value("baseUrl") instanceof Value.Sensitive) {
            // What came by reference stays unseen.
            presets.setting("v1Url", Secret.of(v1)).setting("v2Url", Secret.of(v2));
        } else {
            presets.setting("v1Url", v1).setting("v2Url", v2);
        }
    }
}
