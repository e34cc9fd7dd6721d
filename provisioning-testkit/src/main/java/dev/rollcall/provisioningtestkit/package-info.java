/**
 * A directory for tests that behaves like Active Directory where it matters to provisioning. Start at
 * {@link dev.rollcall.provisioningtestkit.InMemoryActiveDirectory}.
 */
@NullMarked
package dev.rollcall.provisioningtestkit;

import org.jspecify.annotations.NullMarked;
