/**
 * Reconciles user records with a directory or with the accounts of an application.
 *
 * <p>Begin with {@link dev.rollcall.provisioning.Reconciler}: it plans and applies, and its builder takes the
 * policies. What a run does in turn lies in the rooms below; here it is only put together. What decides or
 * writes does not come in here.
 */
@NullMarked
package dev.rollcall.provisioning;

import org.jspecify.annotations.NullMarked;
