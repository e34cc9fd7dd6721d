/**
 * The words of a rule: when it applies, what happens without a value, at a limit, and to other values of an attribute.
 *
 * <p>Begin with {@link dev.rollcall.mapping.rule.ValuesPolicy}. Only values without behaviour towards a record belong
 * here.
 */
@NullMarked
package dev.rollcall.mapping.rule;

import org.jspecify.annotations.NullMarked;
