package dev.rollcall.mapping;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * How a record finds an entry that has no key yet, on a first run over accounts that are there. Immutable and
 * thread-safe.
 */
public final class MatchRule {
    private final String attribute;
    private final BiFunction<UserRecord, MappingInput, Optional<String>> value;

    MatchRule(String attribute, BiFunction<UserRecord, MappingInput, Optional<String>> value) {
        this.attribute = attribute;
        this.value = value;
    }

    /** {@return the attribute that is compared} */
    public String attribute() {
        return attribute;
    }

    /**
     * {@return the value that the entry must have; empty if this record gives none, so that the next rule is tried}
     *
     * @throws dev.rollcall.mapping.entry.MappingException if the format fails for this record, or what it needs could not be read
     */
    public Optional<String> value(UserRecord record, MappingInput input) {
        return value.apply(record, input);
    }

    @Override
    public String toString() {
        return "match " + attribute;
    }
}
