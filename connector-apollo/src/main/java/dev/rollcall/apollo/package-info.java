/** The connector {@code apollo}: users of Apollo, and calls back to its contacts, accounts and tasks. */
@NullMarked
package dev.rollcall.apollo;

import org.jspecify.annotations.NullMarked;
