package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.settings.Pointer;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a page was found to be when all of it was read. Immutable and thread-safe.
 *
 * @param call what was asked for
 * @param uri where the answer came from
 * @param headers of the response
 * @param count how many records are on it
 * @param around the values around the records
 * @param last the last record of the page; null for a page without records
 */
public record PageFacts(
        Call call,
        URI uri,
        HttpHeaders headers,
        long count,
        Function<Pointer, Value> around,
        @Nullable UserRecord last) {}
