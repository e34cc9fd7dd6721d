package dev.rollcall.rest;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Settings;
import java.util.List;

/**
 * Makes connectors for any application with a REST API, by what a configuration says of its endpoints, paging and
 * authorization. Thread-safe.
 *
 * <p>It declares no settings: whatever a configuration writes under {@code settings} can be named in its endpoints.
 */
public final class GenericRestProvider implements ConnectorProvider {
    private static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder("generic-rest")
            .capability(Capability.CHANGED_SINCE, Capability.BY_KEYS, Capability.WEBHOOKS)
            .build();

    /** For {@link java.util.ServiceLoader}. */
    public GenericRestProvider() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Problem> check(Settings settings) {
        return RestSettings.read(settings, DESCRIPTOR).problems();
    }

    @Override
    public Connector create(Settings settings, ConnectorContext context) {
        return RestConnector.of(RestSettings.read(settings, DESCRIPTOR), context);
    }
}
