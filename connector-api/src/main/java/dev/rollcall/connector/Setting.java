package dev.rollcall.connector;

import java.util.Objects;

/** What one setting of a connector is called, holds and is for. Immutable and thread-safe. */
public final class Setting {
    /** What a setting holds. */
    public enum Type {
        /** Any text. */
        TEXT,
        /** An absolute URI. */
        URI,
        /** A whole number. */
        INTEGER,
        /** True or false. */
        BOOLEAN,
        /** A credential, only ever given by reference. */
        SECRET
    }

    private final String name;
    private final Type type;
    private final boolean required;
    private final String description;

    private Setting(String name, Type type, boolean required, String description) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = type;
        this.required = required;
        this.description = Objects.requireNonNull(description, "description");
    }

    /** {@return an optional setting that holds any text} */
    public static Setting text(String name) {
        return new Setting(name, Type.TEXT, false, "");
    }

    /** {@return an optional setting that holds an absolute URI} */
    public static Setting uri(String name) {
        return new Setting(name, Type.URI, false, "");
    }

    /** {@return an optional setting that holds a whole number} */
    public static Setting integer(String name) {
        return new Setting(name, Type.INTEGER, false, "");
    }

    /** {@return an optional setting that is true or false} */
    public static Setting flag(String name) {
        return new Setting(name, Type.BOOLEAN, false, "");
    }

    /** {@return an optional setting that holds a credential} */
    public static Setting secret(String name) {
        return new Setting(name, Type.SECRET, false, "");
    }

    /** {@return this setting, required} */
    public Setting required() {
        return new Setting(name, type, true, description);
    }

    /** {@return this setting, with one sentence of what it is for} */
    public Setting description(String text) {
        return new Setting(name, type, required, text);
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return what it holds} */
    public Type type() {
        return type;
    }

    /** {@return whether there is no default} */
    public boolean isRequired() {
        return required;
    }

    /** {@return what it is for; may be empty} */
    public String description() {
        return description;
    }

    @Override
    public String toString() {
        return name + " (" + type + (required ? ", required)" : ")");
    }
}
