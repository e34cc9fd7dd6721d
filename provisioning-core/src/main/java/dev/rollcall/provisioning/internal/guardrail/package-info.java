/**
 * Holds plans against the guardrails, and takes out what takes something away.
 *
 * <p>Begin with {@code GuardrailCheck}; how a limit is measured and told is in {@code Limits}. What is measured
 * is counted by others: nothing is read from a directory here.
 */
@NullMarked
package dev.rollcall.provisioning.internal.guardrail;

import org.jspecify.annotations.NullMarked;
