/**
 * Makes one call of an endpoint and describes the response: columns, possible keys, suggestions for the endpoint. Begin
 * with {@link dev.rollcall.rest.internal.preview.Previewer}.
 *
 * <p>Guesses are allowed here and nowhere else in the engine; no other package may use this one.
 */
@NullMarked
package dev.rollcall.rest.internal.preview;

import org.jspecify.annotations.NullMarked;
