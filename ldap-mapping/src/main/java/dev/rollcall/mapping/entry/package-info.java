/**
 * What a mapping reads beside the record and what it wants: taken names, intents for attributes and groups, failures.
 *
 * <p>Begin with {@link dev.rollcall.mapping.entry.AttributeIntent} and
 * {@link dev.rollcall.mapping.entry.MappingInput}. Nothing that evaluates a rule belongs here.
 */
@NullMarked
package dev.rollcall.mapping.entry;

import org.jspecify.annotations.NullMarked;
