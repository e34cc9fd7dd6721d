package dev.rollcall.rest.internal.decoding;

import dev.rollcall.rest.internal.settings.Pointer;

/**
 * What of a list in JSON is a record: each element, each value of an object by key, or what an element holds at a pointer.
 * Immutable and thread-safe.
 *
 * @param values whether the list is an object, whose values are the elements
 * @param within where in an element the record is; the root for the element itself
 */
public record Each(boolean values, Pointer within) {
    /** Each element of an array is a record. */
    public static final Each ELEMENT = new Each(false, Pointer.root());
}
