package dev.rollcall.elmo;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.rest.Authorization;
import dev.rollcall.rest.Endpoint;
import dev.rollcall.rest.Join;
import dev.rollcall.rest.Paging;
import dev.rollcall.rest.RestPresets;
import dev.rollcall.rest.RestProvider;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.util.Optional;
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

    private static final String CORE = "${settings.baseUrl}/core/v1";

    /** Whether ELMO answers with its own envelope, with JSON-LD or with a bare array is not published. */
    private static final Paging ANNOUNCED = Paging.announced(
                    Paging.page("page").totalPages("/metadata/lastPage"),
                    Paging.nextUrl("/view/next"),
                    Paging.nextUrl("/hydra:view/hydra:next"))
            .size("itemsPerPage", 100)
            .total("/metadata/totalItems", "/totalItems", "/hydra:totalItems");

    private static final Authorization AUTHORIZATION = Authorization.oauth2(OAuthSettings.Grant.CLIENT_CREDENTIALS)
            .clientAuthentication(OAuthSettings.ClientAuthentication.BODY);

    private static final Pattern ORIGIN = Pattern.compile("(?i)^(https?://[^/?#]+)");

    /** For {@link java.util.ServiceLoader}. */
    public ElmoProvider() {
        super(DESCRIPTOR);
    }

    @Override
    protected RestPresets presets(Settings given) {
        Matcher origin = ORIGIN.matcher(given.optionalText("baseUrl").orElse(""));
        Endpoint.Builder users = list("users", "users");
        one(given.block("primaryKey").text().orElse("")).ifPresent(users::one);
        // Columns about pay, tax and banks come only with the endpoints that a configuration names.
        return RestPresets.builder()
                .authorization(origin.find() ? AUTHORIZATION.tokenUrl(origin.group(1) + "/oauth/token") : AUTHORIZATION)
                .endpoint(users.build())
                .join(referred("positions", "positions", "position"))
                .join(referred("departments", "departments", "department"))
                .join(referred("locations", "locations", "location"))
                .join(referred("managers", "users", "manager"))
                .otherJoin(referred("legal-entities", "legal-entities", "legalEntity"))
                .otherJoin(Join.list(list("employees", "employees").build())
                        .key("id")
                        .lookup("record.id")
                        .as("employee"))
                .build();
    }

    private static Endpoint.Builder list(String name, String path) {
        return Endpoint.get(name, CORE + "/" + path)
                .header("Accept", "application/json")
                .records("/data", "/member", "/hydra:member", "")
                .paging(ANNOUNCED);
    }

    /** A reference is an id, or a URL that ends in one. */
    private static Join referred(String name, String path, String column) {
        return Join.list(list(name, path).build())
                .key("id")
                .lookup("record." + column + " | prepend('/') | substringAfterLast('/')")
                .as(column);
    }

    /** One user stands alone, without an envelope; by e-mail there is a search, which may find parts of it too. */
    private static Optional<Endpoint> one(String primaryKey) {
        return switch (primaryKey) {
            case "id" ->
                Optional.of(
                        Endpoint.get("one", CORE + "/users/${key}").records("").build());
            case "email" ->
                Optional.of(Endpoint.get("one", CORE + "/users")
                        .parameter("itemsPerPage", "100")
                        .parameter("email", "${key}")
                        .build());
            default -> Optional.empty();
        };
    }
}
