package dev.rollcall.configuration;

import dev.rollcall.rest.WebhookDefinition;

/**
 * A webhook that a configuration names, and the connector that sends it, which is not opened yet. Immutable and
 * thread-safe.
 */
public final class Webhook {
    private final WebhookDefinition definition;
    private final ConnectorSettings connector;

    Webhook(WebhookDefinition definition, ConnectorSettings connector) {
        this.definition = definition;
        this.connector = connector;
    }

    /** {@return its name under {@code webhooks}} */
    public String name() {
        return definition.name();
    }

    /** {@return the call: what is rendered, and what is expected of the answer} */
    public WebhookDefinition definition() {
        return definition;
    }

    /** {@return whose credentials it is sent with} */
    public ConnectorSettings connector() {
        return connector;
    }

    @Override
    public String toString() {
        return "webhook " + name() + " of " + connector;
    }
}
