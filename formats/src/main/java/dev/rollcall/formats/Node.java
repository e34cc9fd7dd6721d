package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.internal.source.Source;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An expression, compiled. Two are equal if they are written alike, wherever they stand. Immutable and thread-safe. */
abstract class Node {
    static final int OR = 0;
    static final int AND = 1;
    static final int NOT = 2;
    static final int COMPARISON = 3;
    static final int PIPELINE = 4;
    static final int PRIMARY = 5;

    private final int at;
    private final String position;
    private final boolean secret;

    Node(int at, Source source) {
        this.at = at;
        this.position = source.position(at);
        this.secret = source.isSecret();
    }

    /** The value, in this evaluation. */
    abstract Value evaluate(Frame frame);

    /** How tightly it binds, from {@link #OR} to {@link #PRIMARY}. */
    abstract int level();

    /** Prints it, without parentheses around. */
    abstract void print(StringBuilder out);

    /** The expressions it is made of. */
    List<Node> children() {
        return List.of();
    }

    /** The value, if it is the same in every evaluation. */
    @Nullable
    Value constant() {
        return null;
    }

    /** Whether it ends in a constant that is taken when there is no value: then nothing is an answer. */
    boolean fallsBack() {
        return false;
    }

    final int at() {
        return at;
    }

    final String position() {
        return position;
    }

    final void visit(Consumer<Node> visitor) {
        visitor.accept(this);
        children().forEach(child -> child.visit(visitor));
    }

    final void print(StringBuilder out, int least) {
        if (level() < least) {
            out.append('(');
            print(out);
            out.append(')');
        } else {
            print(out);
        }
    }

    final String printed() {
        StringBuilder out = new StringBuilder();
        print(out);
        return out.toString();
    }

    final Value traced(Frame frame, String what, List<Value> inputs, Value result) {
        TraceListener trace = frame.trace;
        if (trace != null) {
            trace.step(new TraceStep(position, printed(), what, inputs, result));
        }
        return result;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Node that
                && getClass() == that.getClass()
                && printed().equals(that.printed());
    }

    @Override
    public final int hashCode() {
        return printed().hashCode();
    }

    @Override
    public final String toString() {
        return secret ? "[secret]" : printed();
    }
}
