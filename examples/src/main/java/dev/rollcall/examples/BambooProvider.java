package dev.rollcall.examples;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.rest.Authorization;
import dev.rollcall.rest.Endpoint;
import dev.rollcall.rest.Join;
import dev.rollcall.rest.OutboundCall;
import dev.rollcall.rest.RequestBody;
import dev.rollcall.rest.RestPresets;
import dev.rollcall.rest.RestProvider;

/**
 * A connector on the REST engine: an application like BambooHR, which takes its API key as the user name, lists its
 * directory in one answer, and has more about each employee in a call of its own. Thread-safe.
 */
public final class BambooProvider extends RestProvider {
    private static final String V1 = "${settings.baseUrl}/${settings.company}/v1";

    /** For {@link java.util.ServiceLoader}. */
    public BambooProvider() {
        super(ConnectorDescriptor.builder("bamboo")
                .primaryKey("id")
                .setting(Setting.text("company").required().description("the first part of your address at BambooHR"))
                .setting(Setting.secret("apiKey").required().description("refer to it: ${env.BAMBOO_KEY}"))
                .setting(Setting.uri("baseUrl").description("where the API is"))
                .endpoint("directory", "details")
                .webhook("set-email")
                .capability(Capability.BY_KEYS, Capability.WEBHOOKS)
                .build());
    }

    @Override
    protected RestPresets presets(Settings given) {
        return RestPresets.builder()
                .setting("baseUrl", "https://api.bamboohr.com/api/gateway.php")
                .authorization(Authorization.basicOf("${settings.apiKey}", "${settings.apiKey}"))
                .endpoint(Endpoint.get("directory", V1 + "/employees/directory")
                        .records("/employees")
                        .one(Endpoint.get(
                                        "one", V1 + "/employees/${key}?fields=firstName,lastName,workEmail,department")
                                .records("")
                                .build())
                        .build())
                .otherJoin(Join.perUser(
                        Endpoint.get("details", V1 + "/employees/${record.id}?fields=hireDate,terminationDate")
                                .requestsPerSecond(5)
                                .build()))
                .webhook(
                        "set-email",
                        OutboundCall.post(V1 + "/employees/${record.id ?? entry.employeeNumber}")
                                .body(RequestBody.json("{\"workEmail\": \"${entry.mail}\"}")))
                .build();
    }
}
