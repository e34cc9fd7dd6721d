package dev.rollcall.formats.function;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.internal.source.Keywords;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a function is called and takes, what it does in one sentence, and examples that a test executes. The reference
 * page is made of these. Immutable and thread-safe.
 */
public final class FunctionDeclaration {
    /**
     * An example: both sides are expressions.
     *
     * @param expression a call, such as {@code 'Ada' | lower}
     * @param result an expression with the same value, such as {@code 'ada'}; or {@code error: } and a code
     */
    public record Example(String expression, String result) {
        /** Both parts are required. */
        public Example {
            Objects.requireNonNull(expression, "expression");
            Objects.requireNonNull(result, "result");
        }
    }

    private final String name;
    private final String group;
    private final String documentation;
    private final String alsoKnownAs;
    private final List<Parameter> parameters;
    private final List<Example> examples;
    private final boolean contextual;
    private final boolean sensitive;
    private final boolean fallback;

    private FunctionDeclaration(Builder builder) {
        this.name = builder.name;
        this.group = builder.group;
        this.documentation = builder.documentation;
        this.alsoKnownAs = builder.alsoKnownAs;
        this.parameters = List.copyOf(builder.parameters);
        this.examples = List.copyOf(builder.examples);
        this.contextual = builder.contextual;
        this.sensitive = builder.sensitive;
        this.fallback = builder.fallback;
    }

    /** {@return a builder for a function of this name, a letter followed by letters and digits} */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** {@return the name by which formats call it} */
    public String name() {
        return name;
    }

    /** {@return the section of the reference it belongs to} */
    public String group() {
        return group;
    }

    /** {@return what it does, and with what on the edges} */
    public String documentation() {
        return documentation;
    }

    /** {@return what other products call it, such as {@code Entra PCase}; may be empty} */
    public String alsoKnownAs() {
        return alsoKnownAs;
    }

    /** {@return the parameters, in order} */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** {@return examples, each of which holds} */
    public List<Example> examples() {
        return examples;
    }

    /** {@return whether the value depends on the clock, the seed or the like, so that it is never a constant} */
    public boolean isContextual() {
        return contextual;
    }

    /** {@return whether what it gives is hidden in plans, logs and traces} */
    public boolean isSensitive() {
        return sensitive;
    }

    /** {@return whether its last argument is what is taken when there is no value} */
    public boolean isFallback() {
        return fallback;
    }

    /** {@return the name with its parameters: {@code padLeft(text, length, fill?)}} */
    public String signature() {
        return name + parameters.stream().map(Parameter::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String toString() {
        return signature();
    }

    /** Builds a declaration, or a function right away. Not thread-safe: for one thread at a time. */
    public static final class Builder {
        private final String name;
        private String group = "Others";
        private String documentation = "";
        private String alsoKnownAs = "";
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Example> examples = new ArrayList<>();
        private boolean contextual;
        private boolean sensitive;
        private boolean fallback;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Sets the section of the reference; {@code Others} if not set. */
        public Builder group(String newGroup) {
            this.group = Objects.requireNonNull(newGroup, "newGroup");
            return this;
        }

        /** Sets what it does: one sentence, and what happens on the edges. Required. */
        public Builder documentation(String newDocumentation) {
            this.documentation = Objects.requireNonNull(newDocumentation, "newDocumentation");
            return this;
        }

        /** Sets what other products call it. */
        public Builder alsoKnownAs(String names) {
            this.alsoKnownAs = Objects.requireNonNull(names, "names");
            return this;
        }

        /** Adds a parameter. */
        public Builder parameter(Parameter parameter) {
            parameters.add(Objects.requireNonNull(parameter, "parameter"));
            return this;
        }

        /** Adds an example: an expression, and one of equal value or {@code error: } and a code. */
        public Builder example(String expression, String result) {
            examples.add(new Example(expression, result));
            return this;
        }

        /** Says that the value depends on the clock, the seed or the like. */
        public Builder contextual() {
            this.contextual = true;
            return this;
        }

        /** Says that what it gives is hidden in plans, logs and traces. */
        public Builder sensitive() {
            this.sensitive = true;
            return this;
        }

        /** Says that the last argument is what is taken when there is no value. */
        public Builder fallback() {
            this.fallback = true;
            return this;
        }

        /**
         * Builds the declaration.
         *
         * @throws IllegalStateException if the name is not one, a sentence of documentation is missing, or the
         *     parameters are in an impossible order
         */
        public FunctionDeclaration build() {
            if (!isName(name) || Keywords.ALL.contains(name)) {
                throw new IllegalStateException("'" + name + "' cannot be the name of a function");
            }
            if (documentation.isBlank()) {
                throw new IllegalStateException(name + " has no documentation");
            }
            for (int i = 0; i + 1 < parameters.size(); i++) {
                if (parameters.get(i).isRepeated()
                        || (parameters.get(i).isOptional()
                                && !parameters.get(i + 1).isOptional())) {
                    throw new IllegalStateException(
                            name + ": after " + parameters.get(i) + " nothing required may follow");
                }
            }
            return new FunctionDeclaration(this);
        }

        private static boolean isName(String name) {
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                if (!letter && (i == 0 || c < '0' || c > '9')) {
                    return false;
                }
            }
            return !name.isEmpty();
        }

        /** Builds a function of this declaration and a lambda. */
        public FormatFunction as(Function<Arguments, Value> body) {
            Objects.requireNonNull(body, "body");
            return new Lambda(build(), body);
        }
    }

    private record Lambda(FunctionDeclaration declaration, Function<Arguments, Value> body) implements FormatFunction {
        @Override
        public Value apply(Arguments arguments) {
            return body.apply(arguments);
        }

        @Override
        public String toString() {
            return declaration.signature();
        }
    }
}
