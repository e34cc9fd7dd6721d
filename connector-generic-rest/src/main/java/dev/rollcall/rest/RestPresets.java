package dev.rollcall.rest;

import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a connector brings along for one application: defaults of its settings, authorization, endpoints and webhooks. What
 * a configuration says is put over it, key by key. Immutable and thread-safe.
 *
 * <pre>{@code
 * RestPresets.builder()
 *         .setting("baseUrl", "https://api.example.com")
 *         .authorization(Authorization.apiKey("x-api-key"))
 *         .endpoint(users)
 *         .webhook("deactivate-user", OutboundCall.put("${settings.baseUrl}/users/${record.id}"))
 *         .build()
 * }</pre>
 */
public final class RestPresets {
    private final Value.Fields keys;

    private RestPresets(Value.Fields keys) {
        this.keys = keys;
    }

    /** {@return presets that bring nothing along} */
    public static RestPresets none() {
        return builder().build();
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the source block that these presets are, as a configuration would say it; with two keys more:
     * {@code otherEndpoints} are taken only where a configuration names them, and {@code webhooks} are calls by name}
     */
    public Value.Fields block() {
        return keys;
    }

    @Override
    public String toString() {
        return "RestPresets" + keys.asMap().keySet();
    }

    /** Builds presets. Not thread-safe: for one thread at a time. */
    public static final class Builder {
        private final Map<String, Value> settings = new LinkedHashMap<>();
        private final List<Value> endpoints = new ArrayList<>();
        private final List<Value> otherEndpoints = new ArrayList<>();
        private final Map<String, Value> webhooks = new LinkedHashMap<>();
        private Value authorization = Value.absent();
        private String first = "";

        private Builder() {}

        /** Sets the default of a setting. */
        public Builder setting(String name, String value) {
            settings.put(name, Value.of(value));
            return this;
        }

        /** Sets the default of a setting that nobody may see. */
        public Builder setting(String name, Secret value) {
            settings.put(name, Value.of(value));
            return this;
        }

        /** Sets how calls are authenticated. */
        public Builder authorization(Authorization how) {
            authorization = how.keys();
            return this;
        }

        /** Adds the endpoint that lists the users; it comes before everything that is joined. */
        public Builder endpoint(Endpoint list) {
            first = first.isEmpty() ? list.name() : first;
            endpoints.add(list.keys());
            return this;
        }

        /** Adds what is joined to the users. */
        public Builder join(Join join) {
            endpoints.add(join.keys(first));
            return this;
        }

        /** Adds an endpoint that is called only where a configuration names it. */
        public Builder otherEndpoint(Endpoint endpoint) {
            otherEndpoints.add(endpoint.keys());
            return this;
        }

        /** Adds a join that is made only where a configuration names its endpoint. */
        public Builder otherJoin(Join join) {
            otherEndpoints.add(join.keys(first));
            return this;
        }

        /** Adds a webhook. */
        public Builder webhook(String name, OutboundCall call) {
            webhooks.put(name, call.keys());
            return this;
        }

        /** {@return the presets} */
        public RestPresets build() {
            return new RestPresets(keys());
        }

        /** The source block of it all; what is empty is left out. */
        Value.Fields keys() {
            Map<String, Value> keys = new LinkedHashMap<>();
            if (!settings.isEmpty()) {
                keys.put("settings", Value.of(settings));
            }
            if (!(authorization instanceof Value.Absent)) {
                keys.put("authorization", authorization);
            }
            if (!endpoints.isEmpty()) {
                keys.put("endpoints", Value.of(endpoints));
            }
            if (!otherEndpoints.isEmpty()) {
                keys.put("otherEndpoints", Value.of(otherEndpoints));
            }
            if (!webhooks.isEmpty()) {
                keys.put("webhooks", Value.of(webhooks));
            }
            return Value.of(keys);
        }
    }
}
