/**
 * The journal: what runs were about to do, and what became of it.
 *
 * <p>Begin with {@link dev.rollcall.provisioning.journal.Journal}. What is recorded are values; where they are kept is the
 * matter of an implementation, in memory here, in a database elsewhere.
 */
@NullMarked
package dev.rollcall.provisioning.journal;

import org.jspecify.annotations.NullMarked;
