/**
 * One HTTP call: authorization, redirects, origins, rate, retries, limits of the body, and failures without secrets. Begin
 * with {@link dev.rollcall.rest.internal.http.Exchange}.
 *
 * <p>Every request of the engine goes out through {@link dev.rollcall.rest.internal.http.HttpTransport}, token requests
 * included. Nothing about endpoints, paging or records belongs here.
 */
@NullMarked
package dev.rollcall.rest.internal.http;

import org.jspecify.annotations.NullMarked;
