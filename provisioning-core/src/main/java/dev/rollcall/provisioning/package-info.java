/** Reconciles user records with a directory: situations, plan, guardrails, apply, report. */
@NullMarked
package dev.rollcall.provisioning;

import org.jspecify.annotations.NullMarked;
