/** The format language: parse, check, evaluate, render to a sink; and its functions. */
@NullMarked
package dev.rollcall.formats;

import org.jspecify.annotations.NullMarked;
