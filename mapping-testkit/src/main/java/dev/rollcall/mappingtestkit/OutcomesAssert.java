package dev.rollcall.mappingtestkit;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what came of several records. Not thread-safe: for one thread at a time. */
public final class OutcomesAssert extends AbstractAssert<OutcomesAssert, Object> {
    private final List<Outcome> outcomes;

    OutcomesAssert(List<Outcome> outcomes) {
        super(outcomes, OutcomesAssert.class);
        this.outcomes = List.copyOf(outcomes);
    }

    /** {@return assertions about one of the records, counted from 0} */
    public OutcomeAssert record(int index) {
        return new OutcomeAssert(outcomes.get(index));
    }

    /** Verifies the values of an attribute, record by record; of several values the first. */
    public OutcomesAssert haveAttribute(String attribute, String... values) {
        List<String> found = outcomes.stream()
                .map(outcome -> outcome.failure().isPresent()
                        ? "!" + outcome.failure().get().problem().code()
                        : outcome.values(attribute).stream().findFirst().orElse(""))
                .toList();
        if (!found.equals(List.of(values))) {
            failWithMessage(
                    "%s",
                    "\nexpected " + attribute + ": " + List.of(values) + "\n but was " + attribute + ": " + found);
        }
        return this;
    }

    /**
     * Verifies that all outcomes are what a file holds. With {@code -Drollcall.golden=update} the file is written
     * instead.
     */
    public OutcomesAssert matchGolden(Path file) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            text.append(i == 0 ? "" : "\n")
                    .append("# ")
                    .append(outcome.record().fields())
                    .append('\n');
            text.append(outcome.print());
        }
        GoldenFile.verify(file, text.toString()).ifPresent(difference -> failWithMessage("%s", difference));
        return this;
    }
}
