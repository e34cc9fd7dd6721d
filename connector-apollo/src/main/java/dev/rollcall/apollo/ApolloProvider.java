package dev.rollcall.apollo;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.Authorization;
import dev.rollcall.rest.Endpoint;
import dev.rollcall.rest.ErrorCondition;
import dev.rollcall.rest.OutboundCall;
import dev.rollcall.rest.Paging;
import dev.rollcall.rest.RequestBody;
import dev.rollcall.rest.RestPresets;
import dev.rollcall.rest.RestProvider;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.time.Duration;

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

    private static final String BASE_URL = "https://api.apollo.io/api/v1";

    /**
     * A limit is per team and endpoint, in windows of a minute, an hour and a day that open at the first call. The headers of
     * every response hold what is left of each; a window without limit has an empty header.
     */
    private static final ErrorCondition[] LIMITS = {
        limited("x-24-hour-requests-left", Duration.ofHours(24)),
        limited("x-hourly-requests-left", Duration.ofHours(1)),
        limited("x-minute-requests-left", Duration.ofMinutes(1))
    };

    /** A master key, or one whose list of endpoints has what is called. */
    private static final Authorization KEY = Authorization.apiKey("x-api-key");

    /** The page where a person agrees is behind a {@code #}, and its query with it. */
    private static final Authorization OAUTH = Authorization.oauth2(OAuthSettings.Grant.AUTHORIZATION_CODE)
            .clientAuthentication(OAuthSettings.ClientAuthentication.BODY)
            .authorizationUrl("https://app.apollo.io/#/oauth/authorize")
            .tokenUrl("https://app.apollo.io/api/v1/oauth/token")
            .scopes("users_list");

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
    protected RestPresets presets(Settings given) {
        boolean oauth = given.block("authorization") instanceof Value.Fields fields
                && fields.get("type").text().filter("oauth2"::equals).isPresent();
        String api = "${settings.baseUrl}" + (hasPath(given) ? "" : "/api/v1");
        RestPresets.Builder presets = RestPresets.builder()
                .setting("baseUrl", BASE_URL)
                .authorization(oauth ? OAUTH : KEY)
                .endpoint(Endpoint.get("users", api + "/users/search")
                        .records("/users")
                        .header("Cache-Control", "no-cache")
                        .paging(Paging.page("page")
                                .totalPages("/pagination/total_pages")
                                .total("/pagination/total_entries")
                                .size("per_page", 100))
                        .error(LIMITS)
                        .build());
        webhooks(presets, api, given.optionalText("userId").isPresent() ? "settings.userId" : "record.id");
        return presets.build();
    }

    private static ErrorCondition limited(String header, Duration window) {
        return ErrorCondition.when("response.status == 429 and response.headers.retry-after is absent"
                        + " and response.headers." + header + " == '0'")
                .kind(FailureKind.RATE_LIMITED)
                .retryAfter(window)
                .message("/message");
    }

    /** An address without a path is that of a host, where the API has its usual place. */
    private static boolean hasPath(Settings given) {
        return given.optionalText("baseUrl")
                .map(text -> text.matches("(?i)https?://[^/]+/.+"))
                .orElse(true);
    }

    /** Users come and go by SCIM only; contacts, accounts and tasks have calls. */
    private static void webhooks(RestPresets.Builder presets, String api, String owner) {
        RequestBody contact = RequestBody.object()
                .field("first_name", "${record.first_name ?? entry.givenName}")
                .field("last_name", "${record.last_name ?? entry.sn}")
                .field("email", MAIL)
                .field("title", "${record.title ?? entry.title}");
        RequestBody account = RequestBody.object()
                .field(
                        "name",
                        "${record.company ?? entry.o ?? entry.company"
                                + " ?? fail('no company: set record.company or o')}")
                .field("domain", "${record.domain ?? substringAfterLast(" + ADDRESS + ", '@')}");
        RequestBody search =
                RequestBody.object().field("q_keywords", MAIL).field("page", 1).field("per_page", 100);
        // With run_dedupe a contact that is there already is updated: else a call that is repeated makes two.
        presets.webhook(
                "create-contact",
                OutboundCall.post(api + "/contacts")
                        .body(contact.field("run_dedupe", true))
                        .take("id", "/contact/id"));
        presets.webhook(
                "update-contact",
                OutboundCall.patch(api + "/contacts/${" + CONTACT + "}")
                        .body(contact)
                        .take("id", "/contact/id"));
        presets.webhook(
                "find-contact",
                OutboundCall.post(api + "/contacts/search")
                        .body(search)
                        .expect("any(response.body.contacts, " + HIT + ")")
                        .take("id", "${item(map(filter(response.body.contacts, " + HIT + "), it.id), 0)}"));
        presets.webhook(
                "create-account",
                OutboundCall.post(api + "/accounts").body(account).take("id", "/account/id"));
        presets.webhook(
                "update-account",
                OutboundCall.patch(api + "/accounts/${record.account_id ?? result.id}")
                        .body(account)
                        .take("id", "/account/id"));
        presets.webhook(
                "create-task",
                OutboundCall.post(api + "/tasks")
                        .body(RequestBody.object()
                                .field(
                                        "user_id",
                                        "${" + owner + " ?? fail('no owner of the task: set settings.userId')}")
                                .field("contact_id", "${" + CONTACT + "}")
                                .field("type", "action_item")
                                .field("status", "scheduled")
                                .field("due_at", "${now()}")
                                .field("title", "${record.name ?? entry.cn}"))
                        .take("id", "/task/id"));
    }
}
