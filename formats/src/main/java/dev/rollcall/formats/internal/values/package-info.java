/**
 * How values are read as texts, numbers, truths, dates and lists, how they compare, and how patterns run within limits.
 *
 * <p>Begin with {@link dev.rollcall.formats.internal.values.Values}. Nothing about nodes, functions or evaluations belongs
 * here.
 */
@NullMarked
package dev.rollcall.formats.internal.values;

import org.jspecify.annotations.NullMarked;
