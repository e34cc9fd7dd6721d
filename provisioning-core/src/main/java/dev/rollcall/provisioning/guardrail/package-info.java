/**
 * The limits that a whole plan is held against before the first write.
 *
 * <p>Begin with {@link dev.rollcall.provisioning.guardrail.Guardrails}. How a plan is measured lies in {@code
 * internal.guardrail}.
 */
@NullMarked
package dev.rollcall.provisioning.guardrail;

import org.jspecify.annotations.NullMarked;
