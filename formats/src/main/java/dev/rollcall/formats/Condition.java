package dev.rollcall.formats;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.formats.internal.source.Source;
import dev.rollcall.formats.internal.values.Values;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bare expression that holds, does not hold, or has no answer, such as
 * {@code record.department != 'Sales' and record.email is present}. Immutable and thread-safe.
 */
public final class Condition {
    private final Node node;
    private final Set<Name> names;
    private final String printed;

    private Condition(Node node) {
        this.node = node;
        this.names = Format.names(List.of(node));
        this.printed = node.printed();
    }

    /**
     * Parses a condition with the standard functions.
     *
     * @throws ConfigurationException with every problem, each drawn with its line and a caret
     */
    public static Condition parse(String source) {
        return parse(source, Functions.standard());
    }

    /**
     * Parses a condition.
     *
     * @throws ConfigurationException with every problem, each drawn with its line and a caret
     */
    public static Condition parse(String source, Functions functions) {
        Source text = new Source(Objects.requireNonNull(source, "source"), false);
        Node node = Parser.condition(text, Objects.requireNonNull(functions, "functions"));
        text.throwIfAny();
        return new Condition(Objects.requireNonNull(node, "node"));
    }

    /**
     * Tests the condition.
     *
     * @return unknown, if a value that it turns on is absent, null, blank or unknown
     * @throws FormatException if a value is not what the condition needs, such as a bare column that is no boolean
     */
    public Truth test(Evaluation evaluation) {
        return Values.truth(evaluate(evaluation));
    }

    /**
     * Tests the condition, and says what kept it from an answer.
     *
     * @return true or false; or the nothing that it turned on: {@link Value.Unknown} if a column could not be read,
     *     else absent, null or empty
     * @throws FormatException if a value is not what the condition needs
     */
    public Value evaluate(Evaluation evaluation) {
        Value value = node.evaluate(new Frame(evaluation, printed.hashCode()));
        try {
            Truth truth = Values.truth(value);
            return truth == Truth.UNKNOWN ? value : Value.of(truth == Truth.TRUE);
        } catch (FormatException e) {
            throw e.in(printed, node.position());
        }
    }

    /** {@return the names that the condition uses, but {@code it}} */
    public Set<Name> names() {
        return names;
    }

    /** Two conditions are equal if they are written alike, spaces and the kind of quotes aside. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Condition that && node.equals(that.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** {@return the source in its canonical form, which parses to an equal condition} */
    @Override
    public String toString() {
        return printed;
    }
}
