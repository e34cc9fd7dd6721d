/**
 * The records of one reading, spooled, and whether it is whole.
 *
 * <p>Begin with {@code SourceRecords}. Entries and accounts do not come in here.
 */
@NullMarked
package dev.rollcall.provisioning.internal.records;

import org.jspecify.annotations.NullMarked;
