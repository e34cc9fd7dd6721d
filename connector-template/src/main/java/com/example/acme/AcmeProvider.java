package com.example.acme;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.RestProvider;
import java.util.Map;

/** Makes connectors to Acme, an application with a REST API. Thread-safe. */
public final class AcmeProvider extends RestProvider {
    private static final String PRESETS = """
            {"settings": {"baseUrl": "https://api.acme.example"},
             "authorization": {"type": "api-key", "name": "x-api-key", "in": "header"},
             "endpoints": [
               {"name": "users", "url": "${settings.baseUrl}/users", "records": "/data",
                "paging": {"type": "cursor", "parameter": "cursor", "next": "/next",
                           "size": {"parameter": "limit", "value": 100}}}]}
            """;

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
    protected Value.Fields presets(Settings given) {
        return json(PRESETS)
                .with(
                        "webhooks",
                        Value.of(Map.of(
                                "deactivate-user",
                                call("PUT", "${settings.baseUrl}/users/${record.id}", "{\"active\": false}"))));
    }
}
