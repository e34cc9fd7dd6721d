/**
 * The mapping of one record: values, names, DN, memberships, and the explanation of each.
 *
 * <p>Begin with {@link dev.rollcall.mapping.internal.run.MappingRun}; the classes around it know it as
 * {@link dev.rollcall.mapping.internal.run.Attributes}. This is the hot path of a plan: no parsing, no checks of rules.
 */
@NullMarked
package dev.rollcall.mapping.internal.run;

import org.jspecify.annotations.NullMarked;
