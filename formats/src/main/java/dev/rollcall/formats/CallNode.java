package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.source.Source;
import dev.rollcall.formats.internal.values.Texts;
import dev.rollcall.formats.internal.values.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function call; a function of nothing is nothing. Immutable and thread-safe. */
final class CallNode extends Node {
    /** How a call is written: {@code f(a, b)}, {@code a | f(b)} or {@code a matches b}. */
    enum Style {
        PREFIX,
        PIPED,
        INFIX
    }

    private final FunctionDeclaration declaration;
    private final FormatFunction function;
    private final List<Node> arguments;
    private final Parameter[] parameters;
    private final Style style;
    private final @Nullable Value folded;

    private CallNode(
            int at,
            Source source,
            FunctionDeclaration declaration,
            FormatFunction function,
            List<Node> arguments,
            Style style,
            @Nullable Value folded) {
        super(at, source);
        this.declaration = declaration;
        this.function = function;
        this.arguments = List.copyOf(arguments);
        this.parameters = new Parameter[arguments.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = Signature.parameter(declaration, i);
        }
        this.style = style;
        this.folded = folded;
    }

    /**
     * A call of a function that takes so many arguments; computed right away if all of them are constants and
     * it asks for no clock, zone or seed.
     *
     * @throws FormatException if the constants make no sense
     */
    static CallNode of(int at, Source source, FormatFunction function, List<Node> arguments, Style style) {
        FunctionDeclaration declaration = function.declaration();
        FormatFunction prepared;
        try {
            prepared = function.prepare(new ConstantArguments(arguments));
        } catch (FormatException e) {
            throw e.in(declaration.name(), source.position(at));
        } catch (RuntimeException e) {
            throw unexpected(declaration.name(), source.position(at), e);
        }
        CallNode call = new CallNode(at, source, declaration, prepared, arguments, style, null);
        if (declaration.isContextual() || arguments.stream().anyMatch(argument -> argument.constant() == null)) {
            return call;
        }
        Frame frame = new Frame(Evaluation.of(name -> Value.absent()), 0);
        Value value = call.evaluate(frame);
        // The day of a date is another instant in the zone of each evaluation.
        return frame.contextual ? call : new CallNode(at, source, declaration, prepared, arguments, style, value);
    }

    @Override
    Value evaluate(Frame frame) {
        Value constant = folded;
        if (constant != null) {
            return frame.trace == null ? constant : traced(frame, declaration.name(), List.of(), constant);
        }
        TraceListener listener = frame.trace;
        if (declaration.isSensitive()) {
            frame.trace = null;
        }
        Value result = call(frame);
        if (declaration.isSensitive()) {
            frame.trace = listener;
            result = Values.hide(result);
            return listener == null ? result : traced(frame, declaration.name(), List.of(), result);
        }
        return result;
    }

    private Value call(Frame frame) {
        frame.step();
        int size = parameters.length;
        @Nullable Value[] values = new @Nullable Value[size];
        boolean sensitive = false;
        Value nothing = null;
        for (int i = 0; i < size; i++) {
            Parameter parameter = parameters[i];
            if (parameter.isLazy()) {
                continue;
            }
            Value value = arguments.get(i).evaluate(frame);
            if (Values.isSensitive(value)) {
                sensitive = true;
                value = Values.plain(value);
            }
            if (Values.isNothing(value) && (value instanceof Value.Unknown || !parameter.takesNothing())) {
                nothing = Values.worse(nothing, value);
            }
            values[i] = value;
        }
        CallArguments evaluated = new CallArguments(frame, this, values, sensitive);
        Value result = nothing != null ? nothing : apply(evaluated);
        return frame.trace == null
                ? result
                : traced(
                        frame,
                        declaration.name(),
                        evaluated.evaluated().stream()
                                .map(value -> evaluated.isSensitive() ? Values.hide(value) : value)
                                .toList(),
                        result);
    }

    private Value apply(CallArguments evaluated) {
        Value result;
        try {
            result = function.apply(evaluated);
            if (result instanceof Value.Text text) {
                Texts.output(text.value().length());
            }
        } catch (FormatException e) {
            if (evaluated.isSensitive()) {
                throw hidden(e.problem().code());
            }
            throw e.in(declaration.name(), position());
        } catch (RuntimeException e) {
            throw evaluated.isSensitive() ? hidden("function-failed") : unexpected(declaration.name(), position(), e);
        }
        Value unknown = evaluated.unknown();
        if (unknown != null) {
            return unknown;
        }
        return evaluated.isSensitive() ? Values.hide(result) : result;
    }

    /** {@return a failure that a function did not mean: an exception of another type} */
    private static FormatException unexpected(String function, String position, RuntimeException cause) {
        String message = "failed with " + cause.getClass().getSimpleName();
        return FormatException.of("function-failed", message, "mend the function, or what it is given", cause)
                .in(function, position);
    }

    private FormatException hidden(String code) {
        return hidden(code, declaration.name(), position());
    }

    /** {@return a failure over a sensitive value, of which nothing may be told} */
    static FormatException hidden(String code, String function, String position) {
        return FormatException.of(code, "failed on a sensitive value").in(function, position);
    }

    Node argument(int index) {
        return arguments.get(index);
    }

    FunctionDeclaration declaration() {
        return declaration;
    }

    @Override
    List<Node> children() {
        return arguments;
    }

    @Override
    @Nullable
    Value constant() {
        return folded;
    }

    @Override
    boolean fallsBack() {
        if (arguments.isEmpty()) {
            return false;
        }
        Node last = arguments.get(arguments.size() - 1);
        boolean alternatives = declaration.isFallback() && arguments.size() > 1;
        Node deciding = alternatives ? last : arguments.get(0);
        return (alternatives && last.constant() != null) || deciding.fallsBack();
    }

    @Override
    int level() {
        return style == Style.PIPED ? PIPELINE : style == Style.INFIX ? COMPARISON : PRIMARY;
    }

    @Override
    void print(StringBuilder out) {
        int first = 0;
        if (style != Style.PREFIX) {
            arguments.get(0).print(out, PIPELINE);
            out.append(style == Style.PIPED ? " | " : " ");
            first = 1;
        }
        out.append(declaration.name());
        if (style == Style.INFIX) {
            out.append(' ');
            arguments.get(1).print(out, PIPELINE);
        } else if (style == Style.PREFIX || arguments.size() > 1) {
            out.append('(');
            for (int i = first; i < arguments.size(); i++) {
                out.append(i == first ? "" : ", ");
                arguments.get(i).print(out, OR);
            }
            out.append(')');
        }
    }
}
