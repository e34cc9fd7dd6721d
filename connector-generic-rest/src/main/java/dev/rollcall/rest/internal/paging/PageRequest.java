package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.Value;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which page to ask for. Immutable and thread-safe.
 *
 * @param ordinal how many pages come before it
 * @param token says which, for messages and guards: a number, a cursor, an address
 * @param position where in the list it begins, for numbered pages
 * @param parameters what is added to the request, each a number or a text
 * @param address the whole address, if the application gave one; null if the endpoint's own is meant
 */
public record PageRequest(
        long ordinal,
        String token,
        long position,
        Map<String, Value> parameters,
        @Nullable URI address) {}
