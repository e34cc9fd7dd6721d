/**
 * The functions that come with the language, one class for each section of the reference.
 *
 * <p>Begin with {@link dev.rollcall.formats.internal.functions.TextFunctions}. A function sees its arguments only: nothing
 * here knows the parser or the nodes.
 */
@NullMarked
package dev.rollcall.formats.internal.functions;

import org.jspecify.annotations.NullMarked;
