/** A SCIM 2.0 client (RFC 7643, RFC 7644, RFC 9865) for any service provider: users as a source, accounts to be written. */
@NullMarked
package dev.rollcall.scim;

import org.jspecify.annotations.NullMarked;
