/**
 * What a run may do, and who is asked and told: categories, leavers, enabling, gates, listeners, passwords.
 *
 * <p>Begin with {@link dev.rollcall.provisioning.policy.Leavers} or {@link
 * dev.rollcall.provisioning.policy.ChangeGate}. Policies are said here and followed elsewhere: no plan is made
 * and nothing is written here, but a file of passwords.
 */
@NullMarked
package dev.rollcall.provisioning.policy;

import org.jspecify.annotations.NullMarked;
