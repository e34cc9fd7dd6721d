package dev.rollcall.benchmarks;

import java.util.Map;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.SearchResult;
import org.identityconnectors.framework.spi.SearchResultsHandler;

/**
 * Takes the objects of one paged search by their key. ConnId's paged search wants this kind of handler and no plain one.
 * Not thread-safe: for one thread at a time.
 */
final class Page implements SearchResultsHandler {
    private final Map<String, ConnectorObject> byKey;

    Page(Map<String, ConnectorObject> byKey) {
        this.byKey = byKey;
    }

    @Override
    public boolean handle(ConnectorObject object) {
        Attribute key = object.getAttributeByName("employeeNumber");
        byKey.put(String.valueOf(key.getValue().get(0)), object);
        return true;
    }

    @Override
    public void handleResult(SearchResult result) {
        // The search returns it as well.
    }
}
