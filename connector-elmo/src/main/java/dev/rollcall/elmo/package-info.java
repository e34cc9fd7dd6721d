/** The connector {@code elmo}: users of ELMO with positions, departments, locations and managers. */
@NullMarked
package dev.rollcall.elmo;

import org.jspecify.annotations.NullMarked;
