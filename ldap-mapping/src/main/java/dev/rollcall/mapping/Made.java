package dev.rollcall.mapping;

import dev.rollcall.connector.Value;

/** What became of one attribute, what formats read under its name, and what it comes from in a few words. */
record Made(AttributeIntent intent, Value value, String because) {}
