/** The REST engine, and the connector {@code generic-rest}. */
@NullMarked
package dev.rollcall.rest;

import org.jspecify.annotations.NullMarked;
