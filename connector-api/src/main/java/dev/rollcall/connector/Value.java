package dev.rollcall.connector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value as an application told it, or a node of a settings tree. Immutable and thread-safe.
 *
 * <p>Four kinds of nothing are kept apart, because they mean different things for an account: {@link Absent} (the
 * column was not there), {@link Null} (it was there, and null), empty ({@link Text} without characters, {@link Items}
 * without items) and {@link Unknown} (it could not be read).
 */
public sealed interface Value {
    /** {@return the value that stands for a column that is not there} */
    static Value absent() {
        return Absent.INSTANCE;
    }

    /** {@return the value that stands for an explicit null} */
    static Value ofNull() {
        return Null.INSTANCE;
    }

    /** {@return the value of a column that could not be read, with the reason} */
    static Value unknown(String reason) {
        return new Unknown(reason);
    }

    /** {@return a text} */
    static Value of(String text) {
        return new Text(text);
    }

    /** {@return true or false} */
    static Value of(boolean flag) {
        return flag ? Bool.TRUE : Bool.FALSE;
    }

    /** {@return a whole number} */
    static Value of(long number) {
        return new Num(Long.toString(number));
    }

    /** {@return a credential in a settings tree, whole and as it is} */
    static Value of(Secret secret) {
        return new Sensitive(secret, Secret.of(Sensitive.macro(secret.reveal())));
    }

    /** {@return a list} */
    static Value of(List<? extends Value> items) {
        return new Items(List.copyOf(items));
    }

    /** {@return an object with these fields, in this order} */
    static Fields of(Map<String, ? extends Value> fields) {
        return Fields.copyOf(fields);
    }

    /** {@return whether this is absent, null, unknown, white space alone or an empty list: nothing to write} */
    boolean isEmpty();

    /** {@return the single text of this value (text, number, boolean), or empty for anything else} */
    default Optional<String> text() {
        return Optional.empty();
    }

    /** The column was not in the record. */
    record Absent() implements Value {
        private static final Absent INSTANCE = new Absent();

        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public String toString() {
            return "absent";
        }
    }

    /** The column was there, and null. */
    record Null() implements Value {
        private static final Null INSTANCE = new Null();

        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public String toString() {
            return "null";
        }
    }

    /**
     * The column could not be read; whatever depends on it stays as it is.
     *
     * @param reason why, for the report
     */
    record Unknown(String reason) implements Value {
        /** A reason is required. */
        public Unknown {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public String toString() {
            return "unknown (" + reason + ")";
        }
    }

    /**
     * A text, possibly empty.
     *
     * @param value the characters
     */
    record Text(String value) implements Value {
        /** A text is never null: that is {@link Null}. */
        public Text {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public boolean isEmpty() {
            // Most texts begin with a letter, and need no look at the rest.
            return value.isEmpty() || (!Character.isLetterOrDigit(value.charAt(0)) && value.isBlank());
        }

        @Override
        public Optional<String> text() {
            return Optional.of(value);
        }

        @Override
        public String toString() {
            return "'" + value.replace("'", "''") + "'";
        }
    }

    /**
     * A number, as the text it had in the source, so that a key {@code 42} never becomes {@code 42.0}.
     *
     * @param literal the number as written, a JSON number
     */
    record Num(String literal) implements Value {
        /**
         * A number is written as JSON writes it, so that it can be put into JSON as it is.
         *
         * @throws IllegalArgumentException if {@code literal} is no JSON number
         */
        public Num {
            if (!JsonNumber.matches(literal)) {
                throw new IllegalArgumentException("not a JSON number: " + literal);
            }
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public Optional<String> text() {
            return Optional.of(literal);
        }

        @Override
        public String toString() {
            return literal;
        }
    }

    /**
     * True or false.
     *
     * @param value which
     */
    record Bool(boolean value) implements Value {
        private static final Bool TRUE = new Bool(true);
        private static final Bool FALSE = new Bool(false);

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public Optional<String> text() {
            return Optional.of(Boolean.toString(value));
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /**
     * A list of values, in order.
     *
     * @param items the values
     */
    record Items(List<Value> items) implements Value {
        /** The list is copied. */
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public boolean isEmpty() {
            return items.isEmpty();
        }

        @Override
        public String toString() {
            return items.toString();
        }
    }

    /**
     * Bytes: a photo, a certificate, an {@code objectGUID}.
     *
     * <p>A class and not a record, since an array in a record compares by identity.
     */
    final class Bytes implements Value {
        private final byte[] content;

        /** Copies {@code content}. */
        public Bytes(byte[] content) {
            this.content = content.clone();
        }

        /** {@return a copy of the bytes} */
        public byte[] content() {
            return content.clone();
        }

        @Override
        public boolean isEmpty() {
            return content.length == 0;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes that && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }

        @Override
        public String toString() {
            return content.length + " bytes";
        }
    }

    /**
     * A part of a settings tree that holds a credential, by reference to the environment or a file. Never in a user
     * record. Prints as {@code [secret]}.
     *
     * <p>The text around the reference is kept apart from what was put in, so that a key whose text is a format
     * ({@code Bearer ${env.TOKEN}}) is read as that format, and the credential in it as a macro with a constant value,
     * which is encoded for the place it lands in.
     */
    final class Sensitive implements Value {
        private final Secret secret;
        private final Secret format;
        private final List<Secret> credentials;

        /**
         * A text that is one credential, all of it.
         *
         * @param secret the whole text
         * @param format the same as the source of a format, as {@link #macro} writes it
         */
        public Sensitive(Secret secret, Secret format) {
            this(secret, format, List.of(secret));
        }

        /**
         * A text with credentials in it.
         *
         * @param secret the whole text with credentials put in
         * @param format the same as the source of a format, in which each credential is written by {@link #macro}
         * @param credentials what was put in, without the text around it
         */
        public Sensitive(Secret secret, Secret format, List<Secret> credentials) {
            this.secret = Objects.requireNonNull(secret, "secret");
            this.format = Objects.requireNonNull(format, "format");
            this.credentials = List.copyOf(credentials);
        }

        /**
         * {@return a text as a macro of the format language, whose value is that text whatever characters it has}
         *
         * <p>A format encodes the value of a macro for the place it lands in. It leaves literal text as it is, and takes
         * {@code ${'text'}} for that; hence the fallback, which has no effect on the value.
         */
        public static String macro(String text) {
            return text.isEmpty() ? "" : "${'" + text.replace("'", "''") + "' ?? ''}";
        }

        /** {@return the whole text with credentials put in} */
        public Secret secret() {
            return secret;
        }

        /** {@return the text as the source of a format, in which each credential is a macro with a constant value} */
        public Secret format() {
            return format;
        }

        /**
         * {@return the credentials alone, without the text around them: what must be hidden wherever it comes back}
         */
        public List<Secret> credentials() {
            return credentials;
        }

        @Override
        public boolean isEmpty() {
            return secret.reveal().isBlank();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Sensitive that
                    && secret.equals(that.secret)
                    && format.equals(that.format)
                    && credentials.equals(that.credentials);
        }

        @Override
        public int hashCode() {
            return secret.hashCode();
        }

        @Override
        public String toString() {
            return "[secret]";
        }
    }

    /** Named values in order: a user record, a nested object, a block of settings. */
    final class Fields implements Value {
        private static final Fields NONE = new Fields(Map.of());

        private final Map<String, Value> fields;

        /** Keeps {@code own}, which nobody else may hold. */
        private Fields(Map<String, Value> own) {
            this.fields = own;
        }

        private static Fields copyOf(Map<String, ? extends Value> fields) {
            LinkedHashMap<String, Value> copy = new LinkedHashMap<>(fields.size() * 2);
            fields.forEach((name, value) ->
                    copy.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value")));
            return new Fields(copy);
        }

        /** {@return a builder, for who makes many: it copies nothing} */
        public static Builder builder() {
            return new Builder();
        }

        /** {@return an object without fields} */
        public static Fields none() {
            return NONE;
        }

        /** {@return the value of the field of exactly this name; {@link Value#absent()} if there is none} */
        public Value get(String name) {
            Value value = fields.get(name);
            return value == null ? Absent.INSTANCE : value;
        }

        /** {@return an unmodifiable view of the fields, in order} */
        public Map<String, Value> asMap() {
            return Collections.unmodifiableMap(fields);
        }

        /** {@return a copy in which the field has another value, added at the end if it was not there} */
        public Fields with(String name, Value value) {
            LinkedHashMap<String, Value> copy = new LinkedHashMap<>(fields);
            copy.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return new Fields(copy);
        }

        @Override
        public boolean isEmpty() {
            return fields.isEmpty();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Fields that && fields.equals(that.fields);
        }

        @Override
        public int hashCode() {
            return fields.hashCode();
        }

        @Override
        public String toString() {
            return fields.toString();
        }

        /** Builds an object field by field. Not thread-safe: for one thread at a time. */
        public static final class Builder {
            private @Nullable Map<String, Value> fields = new LinkedHashMap<>();

            private Builder() {}

            /** {@return whether the field is new; a field of the same name keeps its value and its place} */
            public boolean add(String name, Value value) {
                Objects.requireNonNull(name, "name");
                return open().putIfAbsent(name, Objects.requireNonNull(value, "value")) == null;
            }

            /** {@return the object; the builder is used up} */
            public Fields build() {
                return new Fields(take());
            }

            private Map<String, Value> take() {
                Map<String, Value> taken = open();
                fields = null;
                return taken;
            }

            private Map<String, Value> open() {
                if (fields == null) {
                    throw new IllegalStateException("the builder is used up");
                }
                return fields;
            }
        }
    }

    /**
     * Converts plain Java values, as a JSON library or a JDBC driver gives them.
     *
     * @param object null, a {@link Value}, Boolean, Number, byte[], {@link Secret}, a collection, an array of objects,
     *     a Map, whose keys become texts, or anything else, which becomes the text of its {@code toString}
     */
    static Value from(@Nullable Object object) {
        if (object == null) {
            return ofNull();
        } else if (object instanceof Value value) {
            return value;
        } else if (object instanceof Boolean flag) {
            return of(flag.booleanValue());
        } else if (object instanceof java.math.BigDecimal number && Math.abs((long) number.scale()) <= 400) {
            return new Num(number.toPlainString());
        } else if (object instanceof Number number) {
            // NaN and the infinities are no JSON numbers.
            return JsonNumber.matches(number.toString()) ? new Num(number.toString()) : of(number.toString());
        } else if (object instanceof byte[] bytes) {
            return new Bytes(bytes);
        } else if (object instanceof Secret secret) {
            return of(secret);
        } else if (object instanceof Object[] array) {
            return from(Arrays.asList(array));
        } else if (object instanceof Collection<?> list) {
            List<Value> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(from(item)));
            return of(items);
        } else if (object instanceof Map<?, ?> map) {
            LinkedHashMap<String, Value> fields = new LinkedHashMap<>();
            map.forEach((name, value) -> fields.put(String.valueOf(name), from(value)));
            return new Fields(fields);
        }
        return of(object.toString());
    }
}
