package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.ErrorText;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.paging.Declared;
import dev.rollcall.rest.internal.paging.PageFacts;
import dev.rollcall.rest.internal.paging.PageRequest;
import dev.rollcall.rest.internal.paging.PagingRules;
import dev.rollcall.rest.internal.settings.Pointer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds what in a page contradicts that the list is complete, and notes it and the total with the page. Whether the list
 * is complete, the host decides. Not thread-safe: for one thread at a time.
 */
final class PageDoubts {
    private final EndpointDefinition endpoint;
    private final PagingRules rules;
    private final Failures failures;
    private final PageRequest request;
    private final FetchedPage page;
    private final PageFacts facts;

    PageDoubts(EndpointDefinition endpoint, Failures failures, PageRequest request, FetchedPage page, PageFacts facts) {
        this.endpoint = endpoint;
        this.rules = endpoint.rules();
        this.failures = failures;
        this.request = request;
        this.page = page;
        this.facts = facts;
    }

    /**
     * {@return the page with its total and its doubts}
     *
     * @param pageCount how many pages the list had, as an earlier page said
     * @throws AttemptFailed if the endpoint does not say how it is paged, and the response announces more
     */
    Page<UserRecord> noted(Page<UserRecord> read, OptionalLong pageCount) throws AttemptFailed {
        Page<UserRecord> noted = withTotal(read);
        String what = facts.call().what();
        int status = page.status();
        if (status != 200 && !rules.statuses().contains(status) && !page.isPastEnd(isFirst())) {
            noted = noted.withDoubt(Problem.of(
                    "status",
                    "",
                    what + ": status " + status + " instead of 200",
                    "if a complete page has this status, add it to paging.statuses"));
        }
        Optional<String> error = page.error().filter(at -> !isJudged(at));
        if (error.isPresent()) {
            String where = error.get().isEmpty()
                    ? "an error is in the place of the list"
                    : "the response reports a failure at " + error.get() + ", beside the list";
            noted = noted.withDoubt(Problem.of(
                    "error-object",
                    "",
                    what + ": " + where,
                    "if the application reports errors like this, declare them under errors; a field that a rule looks at is"
                            + " left to the rule"));
        }
        Optional<Map.Entry<String, String>> warning =
                page.headers().warning().filter(header -> !isJudgedHeader(header.getKey()));
        if (warning.isPresent()) {
            noted = noted.withDoubt(Problem.of(
                    "warning-header",
                    "",
                    what + ": the header " + warning.get().getKey() + " warns: "
                            + ErrorText.shortened(warning.get().getValue()),
                    "read the users in several shorter lists, one endpoint for each; a header that a rule under errors"
                            + " looks at is left to the rule"));
        }
        boolean counted = endpoint.pager().isCounted() && request.address() == null;
        if (counted && facts.count() == 0 && !noted.isLast() && !rules.emptyPages()) {
            noted = noted.withDoubt(Problem.of(
                    "empty-page",
                    "",
                    what + ": it is empty, and is not the last page",
                    "if the application has such pages, set paging.emptyPages: allow"));
        }
        OptionalLong count = pageCount(OptionalLong.empty());
        if (rules.totals().isEmpty()
                && !rules.totalIgnored()
                && count.isPresent()
                && pageCount.isPresent()
                && count.getAsLong() != pageCount.getAsLong()) {
            noted = noted.withDoubt(Problem.of(
                    ListReading.TOTAL_CHANGED,
                    "",
                    what + ": the list has " + count.getAsLong() + " pages, and had " + pageCount.getAsLong()
                            + " on an earlier page",
                    "run again; if the number of pages changes by nature, set paging.total: ignore"));
        }
        return noted.isLast() ? lastNoted(noted) : noted;
    }

    /** Whether a rule of the endpoint looks at this place beside the list. */
    private boolean isJudged(String at) {
        return !at.isEmpty()
                && endpoint.pointers().stream()
                        .map(Pointer::toString)
                        .anyMatch(read -> read.equals(at) || read.startsWith(at + "/"));
    }

    /** Whether a rule of the endpoint looks at this header. */
    private boolean isJudgedHeader(String name) {
        return endpoint.errors().stream()
                .flatMap(rule -> rule.headers().stream())
                .anyMatch(name::equalsIgnoreCase);
    }

    private Page<UserRecord> withTotal(Page<UserRecord> read) throws AttemptFailed {
        for (Pointer pointer : rules.totals()) {
            OptionalLong total = Declared.number(pointer, facts, failures);
            if (total.isPresent()) {
                return read.withTotal(total.getAsLong());
            }
        }
        // A page past the end may have a total of its own, which is 0.
        boolean told = rules.totals().isEmpty() && !rules.totalIgnored() && isPaged();
        OptionalLong total = told && facts.count() > 0 ? page.headers().total() : OptionalLong.empty();
        return total.isPresent() ? read.withTotal(total.getAsLong()) : read;
    }

    /** A list that ends here although the response announces more. */
    private Page<UserRecord> lastNoted(Page<UserRecord> last) throws AttemptFailed {
        if (!rules.declared()) {
            Optional<String> more = page.announcesMore(true);
            if (more.isPresent()) {
                throw failures.malformed(
                        facts.call(),
                        "paging-not-configured",
                        "no paging is configured, and the response announces more: " + more.get(),
                        "configure paging; if this is the whole list, set paging: {type: none}");
            }
            return last;
        }
        boolean full = rules.size() == 0 || facts.count() >= rules.size();
        if (!isPaged() || facts.count() == 0) {
            return last;
        }
        return page.announcesMore(isFirst() && full && !rules.totalIgnored())
                .map(more -> last.withDoubt(Problem.of(
                        "next-not-found",
                        "",
                        facts.call().what() + ": nothing is where the next page should be announced ("
                                + endpoint.pager().pointers() + "), and the response announces more: " + more,
                        "check paging, where the response says how the list goes on")))
                .orElse(last);
    }

    private boolean isPaged() {
        return endpoint.pager().isAnnounced() || endpoint.pager().isCounted();
    }

    private boolean isFirst() {
        return request.ordinal() == 0;
    }

    /** {@return how many pages the list has, as this page says; else as known} */
    OptionalLong pageCount(OptionalLong known) throws AttemptFailed {
        OptionalLong count = endpoint.pager().pageCount(facts, failures);
        return count.isPresent() ? count : known;
    }
}
