package dev.rollcall.rest.internal.paging;

/** Where the parameters of the paging go. */
public enum PagingPlacement {
    QUERY,
    HEADER,
    BODY
}
