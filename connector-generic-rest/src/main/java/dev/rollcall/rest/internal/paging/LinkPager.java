package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.ErrorText;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.http.Headers;
import dev.rollcall.rest.internal.http.Origin;
import dev.rollcall.rest.internal.http.Queries;
import dev.rollcall.rest.internal.settings.Pointer;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages of which each tells the address of the next, in a {@code Link} header (RFC 8288) or in its body. An address of
 * another origin is not followed. Immutable and thread-safe.
 *
 * @param next where in the body the address is; null if it is in the header
 * @param fixed parameters of the first page, the size
 */
public record LinkPager(@Nullable Pointer next, Map<String, Value> fixed) implements Pager {
    @Override
    public PageRequest first() {
        return new PageRequest(0, "", 0, fixed, null);
    }

    @Override
    public Optional<PageRequest> next(PageRequest last, PageFacts facts, Failures failures) throws AttemptFailed {
        Optional<String> reference = next == null
                ? LinkHeader.next(Headers.texts(facts.headers(), "Link"))
                : Declared.token(next, facts, failures);
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        URI address;
        try {
            address = Queries.resolve(facts.uri(), reference.get());
        } catch (IllegalArgumentException e) {
            String message = "the URL of the next page, '" + ErrorText.oneLine(reference.get()) + "', is not valid";
            throw failures.malformed(facts.call(), "paging", message, "check paging, where the response has that URL");
        }
        Origin here = Origin.of(facts.uri());
        Origin there = Origin.of(address);
        if (!there.equals(here)) {
            String message = "the next page is at another origin, " + there + " instead of " + here;
            throw failures.failed(
                    facts.call(),
                    FailureKind.UNTRUSTED_ORIGIN,
                    "next-origin",
                    message,
                    "if that is the application, write its address into the url",
                    false,
                    null);
        }
        return Optional.of(new PageRequest(last.ordinal() + 1, address.toString(), 0, Map.of(), address));
    }

    @Override
    public boolean isAnnounced() {
        return true;
    }

    @Override
    public Set<Pointer> pointers() {
        return next == null ? Set.of() : Set.of(next);
    }
}
