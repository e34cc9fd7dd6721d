/**
 * Where the people of a run come from.
 *
 * <p>Begin with {@link dev.rollcall.provisioning.source.Source}. Mapping, and what becomes of a record, does not
 * come in here.
 */
@NullMarked
package dev.rollcall.provisioning.source;

import org.jspecify.annotations.NullMarked;
