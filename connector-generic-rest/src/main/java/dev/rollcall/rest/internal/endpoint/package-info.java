/**
 * One inbound call: its definition, the reader of its block, and the fetching of its pages, one after another or ahead.
 * Begin with {@link dev.rollcall.rest.internal.endpoint.EndpointDefinition}, then
 * {@link dev.rollcall.rest.internal.endpoint.EndpointFetcher}.
 *
 * <p>How pages follow each other is decided in {@code internal.paging}, how a body becomes records in
 * {@code internal.decoding}.
 */
@NullMarked
package dev.rollcall.rest.internal.endpoint;

import org.jspecify.annotations.NullMarked;
