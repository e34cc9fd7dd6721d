package dev.rollcall.mapping.internal.definition;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with a mapping, so that all of it is reported at once. Not thread-safe: for one thread at a time. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final Functions functions;

    public Problems(Functions functions) {
        this.functions = functions;
    }

    public void add(String code, String path, String message, String remedy) {
        found.add(Problem.of(code, path, message, remedy));
    }

    /** Parses a format; its problems are reported at {@code path}. */
    public Optional<Format> format(String path, String source) {
        return collect(path, () -> Format.parse(source, functions));
    }

    /** Parses a condition; its problems are reported at {@code path}. */
    public Optional<Condition> condition(String path, String source) {
        return collect(path, () -> Condition.parse(source, functions));
    }

    private <T> Optional<T> collect(String path, Supplier<T> parse) {
        try {
            return Optional.of(parse.get());
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> found.add(problem.under(path)));
            return Optional.empty();
        }
    }

    public int count() {
        return found.size();
    }

    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigurationException(found);
        }
    }
}
