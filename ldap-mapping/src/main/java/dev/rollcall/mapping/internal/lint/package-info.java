/**
 * Finds what is allowed in a mapping and yet most likely wrong.
 *
 * <p>Begin with {@link dev.rollcall.mapping.internal.lint.LintRules}. Nothing that a run needs belongs here.
 */
@NullMarked
package dev.rollcall.mapping.internal.lint;

import org.jspecify.annotations.NullMarked;
