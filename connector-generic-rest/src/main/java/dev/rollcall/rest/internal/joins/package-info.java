/**
 * Joins endpoints: lists and calls per record that add columns to the records of the first endpoint, and unions of lists.
 * Begin with {@link dev.rollcall.rest.internal.joins.Joins}.
 *
 * <p>One endpoint alone is read by {@code internal.endpoint}, which does not know of joins but for their rules.
 */
@NullMarked
package dev.rollcall.rest.internal.joins;

import org.jspecify.annotations.NullMarked;
