/**
 * Plans and applies towards an application, as planning and apply do towards a directory.
 *
 * <p>Begin with {@code AccountPlanning}, then {@code AccountApplier}. No LDAP connection comes in here: accounts
 * are read and written by a connector. It names nothing of {@code account}, which rests on it.
 */
@NullMarked
package dev.rollcall.provisioning.internal.account;

import org.jspecify.annotations.NullMarked;
