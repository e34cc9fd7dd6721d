/**
 * Entries, names and values, as the wire and every room have them.
 *
 * <p>Begin with {@code Entries}. It names UnboundID's types and nothing of {@code directory}, which rests on it.
 */
@NullMarked
package dev.rollcall.provisioning.internal.directory;

import org.jspecify.annotations.NullMarked;
