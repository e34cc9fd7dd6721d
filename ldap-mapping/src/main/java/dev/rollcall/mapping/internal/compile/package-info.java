/**
 * Checks the rules of a mapping, all of them, and makes plans of them.
 *
 * <p>Begin with {@link dev.rollcall.mapping.internal.compile.MappingCompiler}. Nothing here looks at a record.
 */
@NullMarked
package dev.rollcall.mapping.internal.compile;

import org.jspecify.annotations.NullMarked;
