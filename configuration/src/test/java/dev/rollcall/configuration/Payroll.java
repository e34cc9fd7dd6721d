package dev.rollcall.configuration;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.util.List;

/** A connector in plain Java, which contacts nothing. Thread-safe. */
final class Payroll implements ConnectorProvider {
    @Override
    public ConnectorDescriptor descriptor() {
        return ConnectorDescriptor.builder("payroll")
                .primaryKey("id")
                .setting(Setting.uri("url").required())
                .setting(Setting.secret("token").required())
                .build();
    }

    @Override
    public Connector create(Settings settings, ConnectorContext context) {
        return new Connector() {
            @Override
            public AuthorizationResult authorize(AuthorizationRequest request) {
                return AuthorizationResult.notNeeded();
            }

            @Override
            public PageIterator<UserRecord> fetchUsers(UserQuery query) {
                return PageIterator.of(token -> Page.last(List.of()));
            }

            @Override
            public void close() {}
        };
    }
}
