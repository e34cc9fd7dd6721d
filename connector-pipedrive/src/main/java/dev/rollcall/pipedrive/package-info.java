/** The connector {@code pipedrive}: users of Pipedrive, with roles and permission sets, and calls back to it. */
@NullMarked
package dev.rollcall.pipedrive;

import org.jspecify.annotations.NullMarked;
