package dev.rollcall.pipedrive;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A connector to Pipedrive, built in code. Thread-safe.
 *
 * <pre>{@code
 * try (Connector pipedrive = PipedriveConnector.builder().apiToken(token).build()) { ... }
 * }</pre>
 */
public final class PipedriveConnector implements Connector {
    private final Connector connector;

    private PipedriveConnector(Connector connector) {
        this.connector = connector;
    }

    /** {@return a builder; it takes an API token, or the client of an app} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public AuthorizationResult authorize(AuthorizationRequest request) {
        return connector.authorize(request);
    }

    @Override
    public PageIterator<UserRecord> fetchUsers(UserQuery query) {
        return connector.fetchUsers(query);
    }

    @Override
    public WebhookResponse invokeWebhook(WebhookCall call) {
        return connector.invokeWebhook(call);
    }

    @Override
    public void close() {
        connector.close();
    }

    @Override
    public String toString() {
        return "Pipedrive, " + connector;
    }

    /** Builds a connector. Not thread-safe: for one thread at a time. */
    public static final class Builder {
        private final Settings.Builder settings = Settings.builder();
        private ConnectorContext context = ConnectorContext.defaults();

        private Builder() {}

        /** Calls with the API token of a user, whose rights it has. */
        public Builder apiToken(Secret token) {
            settings.block("authorization", Value.of(Map.of("type", Value.of("api-key"), "value", Value.of(token))));
            return this;
        }

        /**
         * Calls with what a person grants to an app; the tokens are kept in the context's store.
         *
         * @param redirectUri where the person's browser is sent back to, the same as registered
         */
        public Builder oauth(String clientId, Secret clientSecret, URI redirectUri) {
            settings.block(
                    "authorization",
                    Value.of(Map.of(
                            "type", Value.of("oauth2"),
                            "clientId", Value.of(clientId),
                            "clientSecret", Value.of(clientSecret),
                            "redirectUri", Value.of(redirectUri.toString()))));
            return this;
        }

        /** Sets the company's address, {@code https://acme.pipedrive.com}. */
        public Builder baseUrl(URI address) {
            settings.set("baseUrl", address.toString());
            return this;
        }

        /** Finds and joins users by this column instead of {@code id}: {@code email} is the other one that is of use. */
        public Builder primaryKey(String column) {
            settings.block("primaryKey", Value.of(column));
            return this;
        }

        /** Takes these endpoints instead of {@code users} alone; the first says who is there. */
        public Builder endpoints(String... names) {
            settings.block(
                    "endpoints", Value.of(List.of(names).stream().map(Value::of).toList()));
            return this;
        }

        /** Sets what a host lends; {@link ConnectorContext#defaults()} by default. */
        public Builder context(ConnectorContext lent) {
            context = Objects.requireNonNull(lent, "lent");
            return this;
        }

        /**
         * {@return the connector; nobody is contacted before its first call}
         *
         * @throws dev.rollcall.connector.ConfigurationException with every problem, if there is no credential
         */
        public PipedriveConnector build() {
            return new PipedriveConnector(new PipedriveProvider().create(settings.build(), context));
        }
    }
}
