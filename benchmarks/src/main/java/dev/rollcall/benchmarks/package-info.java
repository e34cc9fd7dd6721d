/**
 * Rollcall and a program written by hand do the same work over the same source and the same OpenLDAP; see
 * {@link dev.rollcall.benchmarks.Compare}.
 */
@NullMarked
package dev.rollcall.benchmarks;

import org.jspecify.annotations.NullMarked;
