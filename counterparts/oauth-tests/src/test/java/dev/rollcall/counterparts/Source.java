package dev.rollcall.counterparts;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.GenericRestProvider;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A source whose calls carry tokens of the real server. Immutable.
 *
 * @param api where users and tokens are
 * @param spring where a person is sent
 * @param tokens the file that keeps them
 */
record Source(URI api, URI spring, String tokens) {
    Connector open(String grant, Clock clock) {
        Map<String, Object> authorization = new LinkedHashMap<>(Map.of(
                "type",
                "oauth2",
                "grant",
                grant,
                "tokenUrl",
                api + "/token",
                "clientId",
                SpringServer.CLIENT,
                "clientSecret",
                Secret.of(SpringServer.SECRET),
                "scopes",
                List.of("users.read"),
                "tokens",
                Map.of("file", tokens, "key", Secret.of("a key of more than sixteen characters"))));
        if (grant.equals("authorization-code")) {
            authorization.put("authorizationUrl", spring.toString());
            authorization.put("redirectUri", SpringServer.REDIRECT.toString());
        }
        Map<String, Object> users = Map.of(
                "name",
                "users",
                "url",
                api + "/users",
                "records",
                "/data",
                "paging",
                Map.of("type", "page", "parameter", "page", "totalPages", "/pages"));
        Value.Fields source = (Value.Fields)
                Value.from(Map.of("primaryKey", "id", "authorization", authorization, "endpoints", List.of(users)));
        return new GenericRestProvider()
                .create(Settings.of(source), ConnectorContext.defaults().clock(clock));
    }

    static int count(Connector connector) {
        int users = 0;
        try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                users += pages.next().items().size();
            }
        }
        return users;
    }
}
