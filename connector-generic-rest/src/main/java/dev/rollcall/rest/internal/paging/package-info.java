/**
 * Which pages a list has: by number, offset, cursor, link header or next URL. Begin with
 * {@link dev.rollcall.rest.internal.paging.Pager}.
 *
 * <p>No I/O: a pager sees the facts of the last page and says what to request next. Nothing about endpoints belongs here.
 */
@NullMarked
package dev.rollcall.rest.internal.paging;

import org.jspecify.annotations.NullMarked;
