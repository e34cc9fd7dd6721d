package dev.rollcall.rest;

import dev.rollcall.connector.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which page comes first, and which after another. Implementations are immutable and thread-safe. */
interface Pager {
    /** {@return a pager for a list that comes as one page} */
    static Pager none(Map<String, Value> fixed) {
        return new Pager() {
            @Override
            public Turn first() {
                return new Turn(0, "1", 0, fixed, null);
            }

            @Override
            public Optional<Turn> next(Turn last, PageFacts facts, Failures failures) {
                return Optional.empty();
            }
        };
    }

    /** {@return the first page} */
    Turn first();

    /**
     * The page after another; empty if that was the last.
     *
     * @throws AttemptFailed if the answer says neither how it goes on nor that it ended, or leads astray
     */
    Optional<Turn> next(Turn last, PageFacts facts, Failures failures) throws AttemptFailed;

    /** {@return the pages that will follow {@code turn} if all goes as so far, {@code count} at most} */
    default List<Turn> guess(Turn turn, PageFacts facts, int count) {
        return List.of();
    }

    /** {@return where in the answer it is said how it goes on} */
    default Set<Pointer> pointers() {
        return Set.of();
    }
}
