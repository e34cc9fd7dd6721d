/**
 * An LDAP directory, the part of it that is managed, and what its kind of server needs.
 *
 * <p>Begin with {@link dev.rollcall.provisioning.directory.Directory}. It answers what it is asked: plans,
 * records and policies do not come in here.
 */
@NullMarked
package dev.rollcall.provisioning.directory;

import org.jspecify.annotations.NullMarked;
