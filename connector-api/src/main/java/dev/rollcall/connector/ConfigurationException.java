package dev.rollcall.connector;

import java.util.List;
import java.util.stream.Collectors;

/** Settings, formats, mappings or a file are wrong. Holds every problem at once. */
public final class ConfigurationException extends RollcallException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * An exception for all of {@code problems}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ConfigurationException(List<Problem> problems) {
        super(summary(problems), null, null);
        this.problems = List.copyOf(problems);
    }

    /** {@return every problem found, in the order of the configuration; never empty} */
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }

    private static Problem summary(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a configuration exception needs at least one problem");
        }
        if (problems.size() == 1) {
            return problems.get(0);
        }
        String all = problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return Problem.of("configuration", "", problems.size() + " problems:\n" + all, "");
    }
}
