/**
 * What a run asks of its source, what is said about records, and records as bytes.
 *
 * <p>Begin with {@code SourceAccess}. It knows single records only; a whole reading lies in {@code
 * internal.records}.
 */
@NullMarked
package dev.rollcall.provisioning.internal.source;

import org.jspecify.annotations.NullMarked;
