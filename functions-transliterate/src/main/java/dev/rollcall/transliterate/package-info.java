/**
 * The format function {@code transliterate}, found by {@link dev.rollcall.formats.Functions#discover}.
 *
 * <pre>{@code
 * Mapping.builder().functions(new TransliterateFunction()).attribute("uid", unique("${record.name | transliterate('uk')}"))
 * }</pre>
 */
@NullMarked
package dev.rollcall.transliterate;

import org.jspecify.annotations.NullMarked;
