/**
 * What a run asks of a directory, and what its kind of server needs: accounts, marks, protection, ids, equality,
 * names.
 *
 * <p>Begin with {@code DirectoryAccess}. It names UnboundID's types and nothing of {@code directory}, which
 * rests on it.
 */
@NullMarked
package dev.rollcall.provisioning.internal.directory;

import org.jspecify.annotations.NullMarked;
