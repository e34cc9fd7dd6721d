package dev.rollcall.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.GenericRestProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads every person of a list, by the connector and by hand. */
final class RestReaders {
    private RestReaders() {}

    /** {@return how many there are, read by {@code generic-rest}} */
    static long byConnector(String url, ConnectorContext context) {
        Value source = Value.from(Map.of(
                "primaryKey",
                "id",
                "endpoints",
                List.of(Map.of(
                        "name",
                        "users",
                        "url",
                        url,
                        "records",
                        "/data",
                        "paging",
                        Map.of("type", "page", "parameter", "page", "totalPages", "/pages")))));
        long count = 0;
        try (Connector connector = new GenericRestProvider().create(Settings.of((Value.Fields) source), context);
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                count += pages.next().items().size();
            }
        }
        return count;
    }

    /** {@return how many there are, read as one would without a library: no retries, no checks, one page at a time} */
    static long byHand(String url) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        JsonFactory factory = new JsonFactory();
        long count = 0;
        for (long page = 1, pages = 1; page <= pages; page++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "&page=" + page))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body();
                    JsonParser parser = factory.createParser(body)) {
                parser.nextToken();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    JsonToken value = parser.nextToken();
                    if (value == JsonToken.START_ARRAY) {
                        count += people(parser);
                    } else {
                        pages = parser.getLongValue();
                    }
                }
                body.readAllBytes();
            }
        }
        return count;
    }

    private static long people(JsonParser parser) throws IOException {
        long count = 0;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            Map<String, Object> person = new LinkedHashMap<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                boolean number = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
                person.put(name, number ? parser.getLongValue() : parser.getText());
            }
            count += person.isEmpty() ? 0 : 1;
        }
        return count;
    }
}
