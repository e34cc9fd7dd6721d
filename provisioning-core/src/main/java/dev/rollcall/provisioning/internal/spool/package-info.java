/**
 * Much in little memory: items on disk, found by hash, in one order; files that only their owner reads.
 *
 * <p>Begin with {@code Spool}. What the items are does not come in here: no other room is known.
 */
@NullMarked
package dev.rollcall.provisioning.internal.spool;

import org.jspecify.annotations.NullMarked;
