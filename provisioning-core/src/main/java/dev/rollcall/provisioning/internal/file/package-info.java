/**
 * Files of the host that a run writes beside the directory: how they are written although the run is cancelled.
 *
 * <p>Begin with {@code LaterInterrupt}. What stands in the files does not come in here: no other room is known.
 */
@NullMarked
package dev.rollcall.provisioning.internal.file;

import org.jspecify.annotations.NullMarked;
