/**
 * Records in the journal what a run is about to do, and what became of it.
 *
 * <p>Begin with {@code RunJournal}. What is recorded are changes of a plan and the other writes of a run; how they are
 * sent, and to whom, does not come in here.
 */
@NullMarked
package dev.rollcall.provisioning.internal.journal;

import org.jspecify.annotations.NullMarked;
