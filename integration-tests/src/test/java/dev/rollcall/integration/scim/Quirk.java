package dev.rollcall.integration.scim;

/** What service providers do that no RFC expects, as four of them were seen to. */
enum Quirk {
    /** Past the end comes page 1 again. */
    PAGE_ONE_AGAIN,
    /** Past the end the total is 0. */
    TOTAL_ZERO_PAST_END,
    /** Past the end there is no list at all. */
    NO_RESOURCES_PAST_END,
    /** startIndex and count are ignored: every page is the first 20. */
    IGNORES_PAGING,
    /** The total is 0, whatever there is. */
    TOTAL_ALWAYS_ZERO,
    /** No more than 20 come at a time, whatever is asked for. */
    TWENTY_AT_MOST,
    /** Lists go by cursor. */
    CURSOR,
    /** The first cursor expires. */
    CURSOR_EXPIRES,
    /** Every filter finds everybody. */
    IGNORES_FILTER,
    /** Names are compared with their case. */
    CASE_SENSITIVE_FILTER,
    /** A quote in a filter cannot be read. */
    NO_QUOTES_IN_FILTER,
    /** No answer is a list with status 404. */
    NO_HIT_IS_404,
    /** Only application/json is known. */
    PLAIN_JSON_ONLY,
    /** Only application/scim+json is known. */
    SCIM_JSON_ONLY,
    /** A PUT needs the id in its body. */
    ID_IN_PUT,
    /** There is no PATCH, and nothing says so before. */
    NO_PATCH,
    /** A path whose filter finds nothing is refused with noTarget. */
    NO_TARGET,
    /** PATCH and PUT answer 204, without body. */
    ANSWERS_204,
    /** POST answers 201 without body, and says where the user is. */
    CREATED_WITHOUT_BODY,
    /** POST answers 201 without body, and does not say where the user is. */
    CREATED_WITHOUT_PLACE,
    /** The title is taken, told in the answer to a POST, and not kept. */
    DROPS_TITLE,
    /** active is taken and not kept. */
    KEEPS_ACTIVE,
    /** active must be a text. */
    ACTIVE_AS_TEXT,
    /** The configuration of the provider is nowhere. */
    NO_DISCOVERY,
    /** States have versions, which requests must name rightly. */
    ETAGS,
    /** Bulk requests are taken. */
    BULK,
    /** Statuses in bulk answers are objects, and operations have no bulkId. */
    BULK_STATUS_AS_OBJECT,
    /** Numbers are texts. */
    NUMBERS_AS_TEXT,
    /** A name in use is refused without a keyword. */
    CONFLICT_WITHOUT_TYPE,
    /** Refusals are HTML pages. */
    HTML_ERRORS,
    /** Creating is answered and done, but the user is not there: an invitation is pending. */
    INVITES
}
