/**
 * The format language: text with macros, conditions, and the functions in them.
 *
 * <p>Begin with {@link dev.rollcall.formats.Format} and {@link dev.rollcall.formats.Condition}; {@code Parser} makes the
 * nodes that both evaluate. This package may use every other package of the module, and none of them may use this one.
 */
@NullMarked
package dev.rollcall.formats;

import org.jspecify.annotations.NullMarked;
