/**
 * Where a run remembers what later ones must know, in memory or in a file.
 *
 * <p>Begin with {@link dev.rollcall.provisioning.state.StateStore}. What is remembered is decided elsewhere: no
 * plan and no entry comes in here.
 */
@NullMarked
package dev.rollcall.provisioning.state;

import org.jspecify.annotations.NullMarked;
