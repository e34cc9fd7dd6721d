package dev.rollcall.formats.function;

import java.util.Objects;

/** A parameter of a function, as its reference page tells it. Immutable and thread-safe. */
public final class Parameter {
    /** What a parameter takes. */
    public enum Kind {
        /** One text; a number or boolean is taken as its text, a list of one as the one. */
        TEXT,
        /** A whole number, or a text that is one. */
        INTEGER,
        /** A number, or a text that is one. */
        NUMBER,
        /** True or false, or a text that says so. */
        CONDITION,
        /** A list; a single value is a list of one. */
        LIST,
        /** A date or time: ISO 8601 text, such as {@code 2026-11-23} or {@code 2026-11-23T10:15:30Z}. */
        DATE,
        /** Any value, as it is. */
        ANY,
        /** An expression with {@code it}, evaluated for each item. */
        EACH
    }

    private final String name;
    private final Kind kind;
    private final boolean optional;
    private final boolean repeated;
    private final boolean nothing;
    private final boolean lazy;

    private Parameter(String name, Kind kind, boolean optional, boolean repeated, boolean nothing, boolean lazy) {
        this.name = Objects.requireNonNull(name, "name");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.optional = optional;
        this.repeated = repeated;
        this.nothing = nothing;
        this.lazy = lazy;
    }

    /** {@return a required parameter; if it is absent, null or unknown, so is the result} */
    public static Parameter of(String name, Kind kind) {
        return new Parameter(name, kind, false, false, false, kind == Kind.EACH);
    }

    /** {@return this parameter, which may be left out; only optional ones may follow} */
    public Parameter optional() {
        return new Parameter(name, kind, true, repeated, nothing, lazy);
    }

    /** {@return this parameter, the last, which may be given any number of times, but once unless optional} */
    public Parameter repeated() {
        return new Parameter(name, kind, optional, true, nothing, lazy);
    }

    /** {@return this parameter, which takes absent and null too; the result is still unknown if it is unknown} */
    public Parameter acceptsNothing() {
        return new Parameter(name, kind, optional, repeated, true, lazy);
    }

    /** {@return this parameter, evaluated only if the function asks for it; takes absent and null too} */
    public Parameter lazy() {
        return new Parameter(name, kind, optional, repeated, true, true);
    }

    /** {@return the name, for the documentation} */
    public String name() {
        return name;
    }

    /** {@return what it takes} */
    public Kind kind() {
        return kind;
    }

    /** {@return whether it may be left out} */
    public boolean isOptional() {
        return optional;
    }

    /** {@return whether it may be given more than once} */
    public boolean isRepeated() {
        return repeated;
    }

    /** {@return whether absent and null are handed to the function, instead of being the result} */
    public boolean takesNothing() {
        return nothing;
    }

    /** {@return whether it is evaluated only when the function asks} */
    public boolean isLazy() {
        return lazy;
    }

    /** {@return the parameter as a signature shows it: {@code name}, {@code name?}, {@code name...}} */
    @Override
    public String toString() {
        return name + (optional ? "?" : "") + (repeated ? "..." : "");
    }
}
