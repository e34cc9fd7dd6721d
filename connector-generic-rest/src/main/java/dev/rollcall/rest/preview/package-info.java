/**
 * What a test call of an endpoint shows to a person. Begin with {@link dev.rollcall.rest.preview.RestPreview}.
 *
 * <p>Values only; what makes the call and fills them is in {@code internal.preview}.
 */
@NullMarked
package dev.rollcall.rest.preview;

import org.jspecify.annotations.NullMarked;
