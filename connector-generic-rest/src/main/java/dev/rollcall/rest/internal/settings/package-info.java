/**
 * Reads a tree of settings, with a problem for each key that is missing, unknown or wrong. Begin with
 * {@link dev.rollcall.rest.internal.settings.Node}.
 *
 * <p>The lowest package of the engine: it names no other one.
 */
@NullMarked
package dev.rollcall.rest.internal.settings;

import org.jspecify.annotations.NullMarked;
