/**
 * The rules of a mapping as they were given, unchecked, and the problems found in them.
 *
 * <p>Begin with {@link dev.rollcall.mapping.internal.definition.MappingDefinition}. Nothing that was compiled belongs
 * here.
 */
@NullMarked
package dev.rollcall.mapping.internal.definition;

import org.jspecify.annotations.NullMarked;
