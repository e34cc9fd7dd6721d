package dev.rollcall.rest;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Settings;

/**
 * Makes connectors for any application with a REST API, by what a configuration says of its endpoints, paging and
 * authorization. Thread-safe.
 *
 * <p>It declares no settings: whatever a configuration writes under {@code settings} can be named in its endpoints.
 */
public final class GenericRestProvider extends RestProvider {
    /** For {@link java.util.ServiceLoader}. */
    public GenericRestProvider() {
        super(ConnectorDescriptor.builder("generic-rest")
                .capability(Capability.CHANGED_SINCE, Capability.BY_KEYS, Capability.WEBHOOKS)
                .build());
    }

    @Override
    protected RestPresets presets(Settings given) {
        return RestPresets.none();
    }
}
