package dev.rollcall.mapping;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * How a record finds an entry that has no key yet, on a first run over accounts that are there, or, if the rule takes
 * rehires, one whose key is in no record any more. Immutable and
 * thread-safe.
 */
public final class MatchRule {
    private final String attribute;
    private final boolean rehire;
    private final BiFunction<UserRecord, MappingInput, Optional<String>> value;

    MatchRule(String attribute, boolean rehire, BiFunction<UserRecord, MappingInput, Optional<String>> value) {
        this.attribute = attribute;
        this.rehire = rehire;
        this.value = value;
    }

    /** {@return the attribute that is compared} */
    public String attribute() {
        return attribute;
    }

    /**
     * {@return whether a record may also find an entry with the key of somebody who is in no record any more: a person who
     * returns with a new key gets the old account}
     */
    public boolean takesRehires() {
        return rehire;
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
