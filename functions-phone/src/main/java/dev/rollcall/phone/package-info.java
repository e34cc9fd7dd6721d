/**
 * The format function {@code e164}, found by {@link dev.rollcall.formats.Functions#discover}.
 *
 * <pre>{@code
 * Mapping.builder().functions(new E164Function()).attribute("telephoneNumber", "${record.phone | e164('NZ')}")
 * }</pre>
 */
@NullMarked
package dev.rollcall.phone;

import org.jspecify.annotations.NullMarked;
