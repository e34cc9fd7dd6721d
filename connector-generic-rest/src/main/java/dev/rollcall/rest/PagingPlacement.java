package dev.rollcall.rest;

/** Where the parameters of the paging go. */
enum PagingPlacement {
    QUERY,
    HEADER,
    BODY
}
