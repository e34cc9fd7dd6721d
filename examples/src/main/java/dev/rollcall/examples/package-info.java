/** Programs that use the library, and the command behind {@code examples/run}. Start with {@link dev.rollcall.examples.Run}. */
@NullMarked
package dev.rollcall.examples;

import org.jspecify.annotations.NullMarked;
