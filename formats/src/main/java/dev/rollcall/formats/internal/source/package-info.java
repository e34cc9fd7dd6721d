/**
 * The source text of a format: its characters, words, positions and problems, and the limits of the language.
 *
 * <p>Begin with {@link dev.rollcall.formats.internal.source.Lexer}. Nothing that evaluates belongs here, and no other
 * package of the module is used.
 */
@NullMarked
package dev.rollcall.formats.internal.source;

import org.jspecify.annotations.NullMarked;
