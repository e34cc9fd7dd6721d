package dev.rollcall.rest.internal.settings;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Functions;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.Sink;
import dev.rollcall.formats.function.FormatException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A format in a request, which may hold a credential and then shows nothing of itself. Immutable and thread-safe.
 */
public final class Template {
    private final Format format;
    private final boolean secret;

    private Template(Format format, boolean secret) {
        this.format = format;
        this.secret = secret;
    }

    /** {@return the template of a value in a settings tree; empty if it is not one, which is reported to {@code problems}} */
    public static Optional<Template> read(Value value, String path, List<Problem> problems) {
        if (value instanceof Value.Sensitive sensitive) {
            return parse(sensitive.format().reveal(), true, path, problems);
        }
        Optional<String> text = value.text();
        if (text.isEmpty()) {
            problems.add(Problem.of("wrong-type", path, "must be a text", ""));
            return Optional.empty();
        }
        return parse(text.get(), false, path, problems);
    }

    public static Optional<Template> parse(String source, boolean secret, String path, List<Problem> problems) {
        try {
            return Optional.of(new Template(
                    secret ? Format.parse(Secret.of(source), Functions.standard()) : Format.parse(source), secret));
        } catch (ConfigurationException e) {
            if (secret) {
                String message = "is no format; the text holds a secret and is not shown";
                problems.add(Problem.of("format", path, message, "check its macros"));
            } else {
                e.problems().forEach(problem -> problems.add(problem.under(path)));
            }
            return Optional.empty();
        }
    }

    public boolean isConstant() {
        return format.isConstant();
    }

    public Set<Name> names() {
        return format.names();
    }

    /** {@return the text, encoded for its place; a kind of nothing if a macro has no value} */
    public Value render(Sink sink, Evaluation evaluation) {
        try {
            return SecretValues.revealed(format.render(sink, evaluation));
        } catch (FormatException e) {
            throw failed(e);
        }
    }

    public Value evaluate(Evaluation evaluation) {
        try {
            return SecretValues.revealed(format.evaluate(evaluation));
        } catch (FormatException e) {
            throw failed(e);
        }
    }

    /** A connector fails in one way only. */
    private ConnectorException failed(FormatException failure) {
        Problem told = failure.problem();
        Problem shown = secret ? Problem.of(told.code(), "", "a text that holds a secret cannot be made", "") : told;
        return new ConnectorException(FailureKind.REJECTED, shown, null, secret ? null : failure);
    }

    @Override
    public String toString() {
        return secret ? "[secret]" : format.toString();
    }
}
