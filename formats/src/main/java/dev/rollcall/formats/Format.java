package dev.rollcall.formats;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.internal.source.Source;
import dev.rollcall.formats.internal.values.Texts;
import dev.rollcall.formats.internal.values.Values;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A text with macros, such as {@code ${record.first_name | first(1) | lower}.${record.last_name | lower}}, parsed and
 * checked. Immutable and thread-safe.
 *
 * <pre>{@code
 * Format format = Format.parse("${record.first_name} ${record.last_name}");
 * Value name = format.evaluate(Evaluation.of(Scope.record(record)));
 * }</pre>
 */
public final class Format {
    private final Object[] parts;
    /** The macro, if it is all there is. */
    private final @Nullable Node single;

    private final Set<Name> names;
    private final @Nullable Secret secret;
    private final String printed;
    private final long salt;
    private final boolean contextual;

    private Format(List<Object> parts, @Nullable Secret secret) {
        this.parts = parts.toArray();
        this.single = parts.size() == 1 && parts.get(0) instanceof Node node ? node : null;
        this.secret = secret;
        this.names = names(parts);
        this.printed = print(parts);
        this.salt = printed.hashCode();
        this.contextual = parts.stream().anyMatch(part -> part instanceof Node root && isContextual(root));
    }

    private static boolean isContextual(Node root) {
        boolean[] found = new boolean[1];
        root.visit(node ->
                found[0] |= node instanceof CallNode call && call.declaration().isContextual());
        return found[0];
    }

    /**
     * Parses a text with the standard functions.
     *
     * @throws ConfigurationException with every problem, each drawn with its line and a caret
     */
    public static Format parse(String source) {
        return parse(source, Functions.standard());
    }

    /**
     * Parses a text.
     *
     * @throws ConfigurationException with every problem, each drawn with its line and a caret
     */
    public static Format parse(String source, Functions functions) {
        return parse(Objects.requireNonNull(source, "source"), functions, null);
    }

    /**
     * Parses a text that has credentials in its literal parts. Problems and failures show no text, {@code toString} shows
     * {@code [secret]}, its evaluation reports no steps, and what it gives is sensitive.
     *
     * @throws ConfigurationException with every problem, by position alone
     */
    public static Format parse(Secret source, Functions functions) {
        return parse(source.reveal(), functions, source);
    }

    private static Format parse(String text, Functions functions, @Nullable Secret secret) {
        Objects.requireNonNull(functions, "functions");
        Source source = new Source(text, secret != null);
        List<Object> parts = Parser.format(source, functions);
        source.throwIfAny();
        return new Format(parts, secret);
    }

    /**
     * Evaluates the format. A text of one single macro gives the value of the macro as it is: a list, a number, bytes.
     * Any other gives a text; or nothing, if one of its macros has no value: unknown before absent before null, or the
     * empty text if a macro was empty or blank.
     *
     * @return a {@link Value.Sensitive} if a sensitive value is in it
     * @throws FormatException if a value is not what the format needs
     */
    public Value evaluate(Evaluation evaluation) {
        return secret == null ? value(evaluation) : hidden(() -> value(evaluation));
    }

    /** Failures of functions quote values, and what the source says is a value too. */
    private static Value hidden(Supplier<Value> made) {
        try {
            return made.get();
        } catch (FormatException e) {
            throw FormatException.of(
                    e.problem().code(), "a format that holds a secret failed", "check its macros and their values");
        }
    }

    private Frame frame(Evaluation evaluation) {
        Frame frame = new Frame(evaluation, salt);
        if (secret != null) {
            frame.trace = null; // steps quote the source
        }
        return frame;
    }

    private Value value(Evaluation evaluation) {
        if (single != null) {
            // Most macros are a name and nothing else.
            Value value = single instanceof NameNode name && evaluation.listener() == null
                    ? evaluation.scope().get(name.name())
                    : single.evaluate(frame(evaluation));
            return secret == null ? value : Values.hide(value);
        }
        return text(frame(evaluation), null);
    }

    /**
     * Evaluates the format to a text in which each macro is encoded for a place.
     *
     * @return a text; or nothing, as {@link #evaluate} says; a {@link Value.Sensitive} if a sensitive value is in it
     * @throws FormatException if a value is not what the format needs, or cannot be written at that place
     */
    public Value render(Sink sink, Evaluation evaluation) {
        return secret == null
                ? text(frame(evaluation), sink.open())
                : hidden(() -> text(frame(evaluation), sink.open()));
    }

    private Value text(Frame frame, Sink.@Nullable Encoder encoder) {
        StringBuilder out = new StringBuilder(64);
        Value nothing = null;
        boolean sensitive = secret != null;
        for (Object part : parts) {
            if (part instanceof String literal) {
                if (encoder == null) {
                    out.append(literal);
                } else {
                    encoder.literal(literal, out);
                }
                continue;
            }
            Node node = (Node) part;
            Value value = node.evaluate(frame);
            if (value.isEmpty() && (value instanceof Value.Unknown || !node.fallsBack())) {
                nothing = Values.worse(nothing, Values.isNothing(value) ? value : Values.EMPTY);
            }
            if (nothing != null) {
                continue;
            }
            if (Values.isSensitive(value)) {
                sensitive = true;
                value = Values.plain(value);
            }
            write(node, value, encoder, out, sensitive);
        }
        if (nothing != null) {
            return nothing;
        }
        String text = out.toString();
        return sensitive ? Values.sensitive(text) : Value.of(text);
    }

    private static void write(
            Node node, Value value, Sink.@Nullable Encoder encoder, StringBuilder out, boolean sensitive) {
        try {
            if (encoder != null) {
                encoder.value(value, out);
            } else if (!Values.isNothing(value)) {
                out.append(Values.text(value));
            }
            Texts.output(out.length());
        } catch (FormatException e) {
            throw sensitive
                    ? CallNode.hidden(e.problem().code(), "text", node.position())
                    : e.in(node.printed(), node.position());
        }
    }

    /** {@return the names that the macros use, but {@code it}} */
    public Set<Name> names() {
        return names;
    }

    /** {@return whether the format is the same text in every evaluation} */
    public boolean isConstant() {
        return Arrays.stream(parts).allMatch(part -> part instanceof String || ((Node) part).constant() != null);
    }

    /** {@return whether it depends on more than its names: the clock, the zone or the seed, as a function of it declares} */
    public boolean isContextual() {
        return contextual;
    }

    static Set<Name> names(List<Object> parts) {
        Set<Name> names = new LinkedHashSet<>();
        for (Object part : parts) {
            if (part instanceof Node root) {
                root.visit(node -> {
                    if (node instanceof NameNode name) {
                        names.add(name.name());
                    }
                });
            }
        }
        return java.util.Collections.unmodifiableSet(names);
    }

    private static String print(List<Object> parts) {
        StringBuilder out = new StringBuilder();
        for (Object part : parts) {
            if (part instanceof Node node) {
                out.append("${");
                node.print(out, Node.OR);
                out.append('}');
            } else {
                out.append(((String) part).replace("${", "${'${'}"));
            }
        }
        return out.toString();
    }

    /** Two formats are equal if they are written alike, spaces and the kind of quotes aside. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Format that && Arrays.equals(parts, that.parts) && Objects.equals(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parts);
    }

    /** {@return the source in its canonical form, which parses to an equal format; {@code [secret]} for a secret one} */
    @Override
    public String toString() {
        return secret == null ? printed : "[secret]";
    }
}
