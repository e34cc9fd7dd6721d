/**
 * Texts of names, DNs, countries and mail addresses, without a rule or a record.
 *
 * <p>Begin with {@link dev.rollcall.mapping.internal.text.DnText}. No other package of the module is used.
 */
@NullMarked
package dev.rollcall.mapping.internal.text;

import org.jspecify.annotations.NullMarked;
