package com.example.acme;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.rest.Authorization;
import dev.rollcall.rest.Endpoint;
import dev.rollcall.rest.OutboundCall;
import dev.rollcall.rest.Paging;
import dev.rollcall.rest.RequestBody;
import dev.rollcall.rest.RestPresets;
import dev.rollcall.rest.RestProvider;

/** Makes connectors to Acme, an application with a REST API. Thread-safe. */
public final class AcmeProvider extends RestProvider {
    private static final Endpoint USERS = Endpoint.get("users", "${settings.baseUrl}/users")
            .records("/data")
            .paging(Paging.cursor("cursor", "/next").size("limit", 100))
            .build();

    /** For {@link java.util.ServiceLoader}. */
    public AcmeProvider() {
        super(ConnectorDescriptor.builder("acme")
                .primaryKey("id")
                .active("record.active")
                .setting(Setting.uri("baseUrl").description("where the API is"))
                .endpoint("users")
                .webhook("deactivate-user")
                .capability(Capability.WEBHOOKS)
                .build());
    }

    @Override
    protected RestPresets presets(Settings given) {
        return RestPresets.builder()
                .setting("baseUrl", "https://api.acme.example")
                .authorization(Authorization.apiKey("x-api-key"))
                .endpoint(USERS)
                .webhook(
                        "deactivate-user",
                        OutboundCall.put("${settings.baseUrl}/users/${record.id}")
                                .body(RequestBody.json("{\"active\": false}")))
                .build();
    }
}
