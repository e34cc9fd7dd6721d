/**
 * One HTTP call: authorization, redirects, origins, rate, retries, limits of the body, and failures without secrets. Begin
 * with {@link dev.rollcall.rest.internal.http.Exchange}.
 *
 * <p>Nothing about endpoints, paging or records belongs here. No other package makes an HTTP request, but for the token
 * requests of {@code internal.oauth}.
 */
@NullMarked
package dev.rollcall.rest.internal.http;

import org.jspecify.annotations.NullMarked;
