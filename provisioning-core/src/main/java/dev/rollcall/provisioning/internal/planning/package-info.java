/**
 * Decides what is to be done in a directory: reads both sides, judges, drafts, seals, and holds the whole
 * against the guardrails.
 *
 * <p>Begin with {@code Planning}. Whatever writes does not come in here, and nothing of {@code internal.apply}.
 */
@NullMarked
package dev.rollcall.provisioning.internal.planning;

import org.jspecify.annotations.NullMarked;
