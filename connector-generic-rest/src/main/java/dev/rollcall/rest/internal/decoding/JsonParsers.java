package dev.rollcall.rest.internal.decoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.rollcall.rest.internal.http.ResponseLimits;

/**
 * Makes parsers of JSON that keep to limits; one for all pages of a list, as it remembers the names of columns.
 * Thread-safe.
 */
public final class JsonParsers {
    private final JsonFactory factory;

    private JsonParsers(JsonFactory factory) {
        this.factory = factory;
    }

    public static JsonParsers within(ResponseLimits limits) {
        return new JsonParsers(JsonFactory.builder()
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxStringLength(limits.maxTextLength())
                        .maxNumberLength(limits.maxNumberLength())
                        .build())
                .build());
    }

    JsonFactory factory() {
        return factory;
    }
}
