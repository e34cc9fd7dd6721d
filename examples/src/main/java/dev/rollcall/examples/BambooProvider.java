package dev.rollcall.examples;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.RestProvider;
import java.util.Map;

/**
 * A connector on the REST engine: an application like BambooHR, which takes its API key as the user name, lists its
 * directory in one answer, and tells more of each employee one by one. Thread-safe.
 */
public final class BambooProvider extends RestProvider {
    private static final String PRESETS = """
            {"settings": {"baseUrl": "https://api.bamboohr.com/api/gateway.php"},
             "authorization": {"type": "basic", "username": "${settings.apiKey}", "password": "${settings.apiKey}"},
             "endpoints": [
               {"name": "directory", "url": "@v1/employees/directory", "records": "/employees",
                "one": {"url": "@v1/employees/${key}?fields=firstName,lastName,workEmail,department", "records": ""}}],
             "otherEndpoints": [
               {"name": "details", "for": "directory", "url": "@v1/employees/${record.id}?fields=hireDate,terminationDate",
                "request": {"requestsPerSecond": 5}}]}
            """;

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
    protected Value.Fields presets(Settings given) {
        String v1 = "${settings.baseUrl}/${settings.company}/v1";
        Value.Fields setEmail = call(
                "POST", v1 + "/employees/${record.id ?? entry.employeeNumber}", "{\"workEmail\": \"${entry.mail}\"}");
        return json(PRESETS.replace("@v1", v1)).with("webhooks", Value.of(Map.of("set-email", setEmail)));
    }
}
