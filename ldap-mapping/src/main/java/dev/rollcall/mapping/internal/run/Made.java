package dev.rollcall.mapping.internal.run;

import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;

/** What became of one attribute, what formats read under its name, and what it comes from in a few words. */
public record Made(AttributeIntent intent, Value value, String because) {}
