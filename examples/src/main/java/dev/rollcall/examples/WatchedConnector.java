package dev.rollcall.examples;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;

/** A connector whose pages are counted, so that a person sees how far it is. Thread-safe, as what it stands before. */
final class WatchedConnector implements Connector {
    private final Connector connector;
    private final Progress progress;

    WatchedConnector(Connector connector, Progress progress) {
        this.connector = connector;
        this.progress = progress;
    }

    @Override
    public AuthorizationResult authorize(AuthorizationRequest request) {
        return connector.authorize(request);
    }

    @Override
    public PageIterator<UserRecord> fetchUsers(UserQuery query) {
        PageIterator<UserRecord> pages = connector.fetchUsers(query);
        return new PageIterator<>() {
            @Override
            public boolean hasNext() {
                return pages.hasNext();
            }

            @Override
            public Page<UserRecord> next() {
                Page<UserRecord> page = pages.next();
                progress.add("users read", page.items().size());
                return page;
            }

            @Override
            public void close() {
                pages.close();
            }
        };
    }

    @Override
    public WebhookResponse invokeWebhook(WebhookCall call) {
        return connector.invokeWebhook(call);
    }

    @Override
    public void close() {
        connector.close();
    }
}
