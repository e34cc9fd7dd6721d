/**
 * An application whose accounts are made to agree.
 *
 * <p>Begin with {@link dev.rollcall.provisioning.account.AccountTarget}. How accounts are compared and written
 * lies in {@code internal.account}.
 */
@NullMarked
package dev.rollcall.provisioning.account;

import org.jspecify.annotations.NullMarked;
