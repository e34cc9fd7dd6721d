package dev.rollcall.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.RestClient;
import java.util.ArrayList;
import java.util.List;

/** A connector to a SCIM 2.0 service provider: reads its users, and writes accounts. Thread-safe. */
public final class ScimConnector implements Connector {
    private final RestClient client;
    private final ScimHttp http;
    private final ScimUsers users;
    private final ScimWriter writer;
    private final String primaryKey;

    private ScimConnector(RestClient client, ScimHttp http, ScimUsers users, ScimWriter writer, String primaryKey) {
        this.client = client;
        this.http = http;
        this.users = users;
        this.writer = writer;
        this.primaryKey = primaryKey;
    }

    /**
     * {@return a connector; no I/O happens here}
     *
     * @param settings a source block as the connector {@code scim} takes it
     * @throws ConfigurationException if something is wrong with the settings
     */
    public static ScimConnector open(Settings settings, ConnectorContext context, ScimQuirks quirks) {
        List<Problem> problems = ScimSettingsReader.check(settings);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        ScimSettings own = ScimSettingsReader.read(settings);
        RestClient client = RestClient.of(ScimSettingsReader.rest(settings), context);
        ScimHttp http = new ScimHttp(client, own.base(), new ScimErrors(quirks));
        ScimUsers users = new ScimUsers(http, own.pageSize(), context.clock());
        ScimBatch.Threads threads = new ScimBatch.Threads(context.lendsThreads() ? context.executor() : null);
        ScimWriter writer = new ScimWriter(http, users, own, quirks, threads);
        return new ScimConnector(
                client, http, users, writer, settings.block("primaryKey").text().orElse("id"));
    }

    @Override
    public AuthorizationResult authorize(AuthorizationRequest request) {
        return client.authorize(request);
    }

    @Override
    public PageIterator<UserRecord> fetchUsers(UserQuery query) {
        if (query.changedSince().isPresent()) {
            throw ConnectorException.unsupported("SCIM tells no changes");
        } else if (query.keys().isEmpty()) {
            return new Records(users.all());
        }
        ScimPath key = ScimPath.parse(primaryKey)
                .filter(path -> primaryKey.equals("id") || ScimUsers.canFind(path))
                .orElseThrow(() -> ConnectorException.unsupported(
                        "users are found by id, userName and externalId only, not by " + primaryKey));
        List<ObjectNode> found = new ArrayList<>();
        for (String wanted : query.keys()) {
            if (primaryKey.equals("id")) {
                users.byId(wanted).ifPresent(answer -> found.add((ObjectNode) answer.body()));
            } else {
                found.addAll(users.find(key, wanted));
            }
        }
        return PageIterator.of(token -> Page.last(records(found)));
    }

    @Override
    public AccountWriter accounts() {
        return writer;
    }

    @Override
    public void close() {
        http.close();
    }

    private static List<UserRecord> records(List<ObjectNode> users) {
        return users.stream()
                .filter(ScimUsers::isUser)
                .map(user -> UserRecord.of((Value.Fields) Value.from(ScimJson.plain(user)))
                        .from("users"))
                .toList();
    }

    @Override
    public String toString() {
        return "ScimConnector";
    }

    /** Users as records. Not thread-safe: for one thread at a time. */
    private static final class Records implements PageIterator<UserRecord> {
        private final PageIterator<ObjectNode> pages;

        Records(PageIterator<ObjectNode> pages) {
            this.pages = pages;
        }

        @Override
        public boolean hasNext() {
            return pages.hasNext();
        }

        @Override
        public Page<UserRecord> next() {
            Page<ObjectNode> page = pages.next();
            return page.withItems(records(page.items()));
        }

        @Override
        public void close() {
            pages.close();
        }
    }
}
