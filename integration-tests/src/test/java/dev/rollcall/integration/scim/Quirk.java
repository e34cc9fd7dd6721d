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
    /** Elements of lists lose their type. */
    DROPS_TYPES,
    /** active is taken and not kept. */
    KEEPS_ACTIVE,
    /** A change of the roles is answered, and not made. */
    KEEPS_ROLES,
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
    INVITES,
    /** itemsPerPage is what was asked for, not what came. */
    ITEMS_AS_ASKED,
    /** Lists go by cursor as soon as there is more than one page, and nothing says so before. */
    CURSOR_UNANNOUNCED,
    /** Lists by cursor tell no total. */
    CURSOR_WITHOUT_TOTAL,
    /** The second cursor leads to the first page. */
    CURSOR_CYCLES,
    /** A list is an array, with nothing around it. */
    BARE_LIST,
    /** Somebody is deleted between page 1 and page 2. */
    SHRINKS,
    /** Versions are sent, and a request that names a wrong one is carried out all the same. */
    VERSIONS_IGNORED,
    /** Requests must name the ETag header, which is not the version in the user. */
    ETAG_HEADER,
    /** One e-mail address is kept: the last one; removing that of any type removes it. */
    ONE_EMAIL,
    /** A path to the title is an internal error. */
    TITLE_IS_500,
    /** A path to the title is refused as a filter. */
    TITLE_IS_400,
    /** There is no PATCH, and that is a wrong method. */
    PATCH_IS_405,
    /** Everything is somewhere else, on the same host. */
    MOVED,
    /** Answers say that they are HTML, and are JSON. */
    JSON_AS_HTML,
    /** Attributes are written in capitals in answers. */
    OTHER_CASE,
    /** What is not there is null, or an empty list. */
    NULLS,
    /** POST answers 200. */
    CREATED_AS_200,
    /** Answers to bulk requests do not say where new users are. */
    BULK_WITHOUT_PLACE,
    /** Statuses in bulk answers are numbers. */
    BULK_STATUS_AS_NUMBER,
    /** Places in bulk answers are paths from the root. */
    BULK_PLACE_AS_PATH,
    /** The configuration of the provider is an HTML page, with status 200. */
    DISCOVERY_IS_HTML,
    /** The configuration of the provider is for others. */
    DISCOVERY_IS_403,
    /** There is no discovery yet, says the provider. */
    DISCOVERY_IS_501,
    /** Users are under /People. */
    USERS_AT_PEOPLE,
    /** Users are said to be at another host. */
    USERS_ELSEWHERE,
    /** Schemas are listed, and hold all that users have. */
    SCHEMAS,
    /** Schemas are a bare array. */
    SCHEMAS_BARE
}
