/** From a user record to the LDAP entry that is wanted. */
@NullMarked
package dev.rollcall.mapping;

import org.jspecify.annotations.NullMarked;
