/**
 * What directories take as values: bytes, limits of attributes, Active Directory's own notations, mail addresses.
 *
 * <p>Begin with {@link dev.rollcall.mapping.internal.values.LdapValues}. Nothing about the rule of one mapping belongs
 * here.
 */
@NullMarked
package dev.rollcall.mapping.internal.values;

import org.jspecify.annotations.NullMarked;
