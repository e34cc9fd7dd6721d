/**
 * URLs and bodies with macros, each value encoded for the place it stands in. Begin with
 * {@link dev.rollcall.rest.internal.template.UrlTemplate}.
 *
 * <p>Rendering only: nothing here sends or pages.
 */
@NullMarked
package dev.rollcall.rest.internal.template;

import org.jspecify.annotations.NullMarked;
