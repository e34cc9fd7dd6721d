package dev.rollcall.formats;

import dev.rollcall.connector.ColumnPath;
import java.util.Objects;

/**
 * A name in a format: a namespace ({@code record}, {@code entry}, {@code settings}, or none for a mapped attribute)
 * and a path in it. Immutable and thread-safe.
 */
public final class Name {
    private final String namespace;
    private final ColumnPath path;
    private final int hash;

    private Name(String namespace, ColumnPath path) {
        this.namespace = namespace.intern();
        this.path = Objects.requireNonNull(path, "path");
        this.hash = 31 * namespace.hashCode() + path.hashCode();
    }

    /**
     * A name.
     *
     * @param namespace what stands before the first dot; empty for a bare name
     * @param path the path within the namespace
     */
    public static Name of(String namespace, ColumnPath path) {
        return new Name(namespace, path);
    }

    /** {@return what stands before the first dot, such as {@code record}; empty for a bare name} */
    public String namespace() {
        return namespace;
    }

    /** {@return the path within the namespace} */
    public ColumnPath path() {
        return path;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name that && namespace.equals(that.namespace) && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** {@return the name as it is written in a format} */
    @Override
    public String toString() {
        String text = path.toString();
        if (namespace.isEmpty()) {
            return text;
        }
        return text.startsWith("[") ? namespace + text : namespace + "." + text;
    }
}
