/**
 * Turns the body of a response into records: JSON, XML and CSV, one record at a time. Begin with
 * {@link dev.rollcall.rest.internal.decoding.Decoding}.
 *
 * <p>Whether a status is a failure, and whether a list is whole, is decided elsewhere.
 */
@NullMarked
package dev.rollcall.rest.internal.decoding;

import org.jspecify.annotations.NullMarked;
