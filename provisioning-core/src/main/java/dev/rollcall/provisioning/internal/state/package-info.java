/**
 * What was learnt by earlier runs, as a plan needs it.
 *
 * <p>Begin with {@code Normalizations}. How it is stored does not come in here.
 */
@NullMarked
package dev.rollcall.provisioning.internal.state;

import org.jspecify.annotations.NullMarked;
