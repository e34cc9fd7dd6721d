/**
 * Sees to it that one run at a time writes: takes the lease of a directory or an application, renews it, and says when nothing
 * may be sent any more.
 *
 * <p>Begin with {@code LeaseTaking}. Where leases are kept, and what is sent, does not come in here.
 */
@NullMarked
package dev.rollcall.provisioning.internal.lease;

import org.jspecify.annotations.NullMarked;
