/**
 * The rules of a mapping, checked and ready to run.
 *
 * <p>Begin with {@link dev.rollcall.mapping.internal.plan.CompiledMapping}. Nothing here looks at a record.
 */
@NullMarked
package dev.rollcall.mapping.internal.plan;

import org.jspecify.annotations.NullMarked;
