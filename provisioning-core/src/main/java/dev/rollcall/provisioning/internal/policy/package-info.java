/**
 * What a run asks of policies beside what users see of them.
 *
 * <p>Begin with {@code PasswordAccess}. It names nothing of {@code policy}, which rests on it.
 */
@NullMarked
package dev.rollcall.provisioning.internal.policy;

import org.jspecify.annotations.NullMarked;
