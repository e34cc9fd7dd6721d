/**
 * What a run is made of, towards a directory or an application: values that are used together travel together.
 *
 * <p>Begin with {@code Policies}. Nothing is read, decided or written here, and neither a directory nor an
 * application comes in here.
 */
@NullMarked
package dev.rollcall.provisioning.internal.run;

import org.jspecify.annotations.NullMarked;
