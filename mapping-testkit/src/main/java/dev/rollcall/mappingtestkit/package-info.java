/**
 * Assertions for mappings in plain JUnit: no directory, no application, no network.
 *
 * <p>Start at {@link dev.rollcall.mappingtestkit.MappingAssertions}:
 *
 * <pre>{@code
 * assertThat(PEOPLE)
 *         .taken("uid", "alovelace")
 *         .given(json("{'id': 8, 'first_name': 'Al', 'last_name': 'Lovelace'}"))
 *         .hasAttribute("uid", "alovelace2");
 * }</pre>
 */
@NullMarked
package dev.rollcall.mappingtestkit;

import org.jspecify.annotations.NullMarked;
