/**
 * What a function of the format language is written with: its declaration, its arguments, dates, truths, and failures.
 *
 * <p>Begin with {@link dev.rollcall.formats.function.FormatFunction}. Nothing about parsing or evaluation belongs here.
 */
@NullMarked
package dev.rollcall.formats.function;

import org.jspecify.annotations.NullMarked;
