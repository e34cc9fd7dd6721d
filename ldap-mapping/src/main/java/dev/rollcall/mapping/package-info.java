/**
 * From a user record to the LDAP entry that is wanted.
 *
 * <p>Begin with {@link dev.rollcall.mapping.Mapping}. The rules that a user writes and what comes back are here; whatever
 * checks or carries out a rule is in a package below {@code internal} and knows no type of this package.
 */
@NullMarked
package dev.rollcall.mapping;

import org.jspecify.annotations.NullMarked;
