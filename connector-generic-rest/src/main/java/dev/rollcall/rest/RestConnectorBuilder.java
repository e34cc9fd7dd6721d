package dev.rollcall.rest;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link RestConnector} is made of. Not thread-safe: for one thread at a time. */
public final class RestConnectorBuilder {
    private static final ConnectorDescriptor DESCRIPTOR =
            ConnectorDescriptor.builder("generic-rest").build();

    private final RestPresets.Builder source = RestPresets.builder();
    private final Map<String, Value> more = new LinkedHashMap<>();
    private ConnectorContext context = ConnectorContext.defaults();
    private @Nullable HttpSettings http;

    RestConnectorBuilder() {}

    /** Sets the base URL, which formats name as <code>${settings.baseUrl}</code>. */
    public RestConnectorBuilder baseUrl(URI url) {
        return setting("baseUrl", url.toString());
    }

    /** Sets what formats name as <code>${settings.NAME}</code>. */
    public RestConnectorBuilder setting(String name, String value) {
        source.setting(name, value);
        return this;
    }

    /** Sets a credential that formats name as <code>${settings.NAME}</code>. */
    public RestConnectorBuilder setting(String name, Secret value) {
        source.setting(name, value);
        return this;
    }

    /** Sets how calls are authenticated; not at all by default. */
    public RestConnectorBuilder authorization(Authorization how) {
        source.authorization(how);
        return this;
    }

    /** Sets the endpoint that lists the users. */
    public RestConnectorBuilder endpoint(Endpoint list) {
        source.endpoint(list);
        return this;
    }

    /** Adds what is joined to the users; after the endpoint that lists them. */
    public RestConnectorBuilder join(Join join) {
        source.join(join);
        return this;
    }

    /** Sets the column that identifies a user. */
    public RestConnectorBuilder primaryKey(String column) {
        more.put("primaryKey", Value.of(column));
        return this;
    }

    /** Says that the endpoint lists only users who changed since <code>${run.lastSuccess}</code>. */
    public RestConnectorBuilder delta() {
        more.put("completeness", Value.of("delta"));
        return this;
    }

    /** Sets how connections are made; {@link HttpSettings#defaults()} by default. */
    public RestConnectorBuilder http(HttpSettings settings) {
        http = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Sets clock, executor, token store and what else a host provides; {@link ConnectorContext#defaults()} by default. */
    public RestConnectorBuilder context(ConnectorContext provided) {
        context = Objects.requireNonNull(provided, "provided");
        return this;
    }

    /**
     * {@return the connector; nothing is contacted before its first call}
     *
     * @throws ConfigurationException with every problem, each with the path that it has in a file:
     *     {@code endpoints[0].paging.next}
     */
    public RestConnector build() {
        Map<String, Value> block = new LinkedHashMap<>(source.keys().asMap());
        block.putAll(more);
        RestSettings settings = RestSettings.read(Settings.of(Value.of(block)), DESCRIPTOR);
        return http == null ? RestConnector.of(settings, context) : RestConnector.of(settings, context, http);
    }
}
