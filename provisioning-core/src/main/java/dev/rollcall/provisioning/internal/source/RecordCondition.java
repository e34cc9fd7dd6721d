package dev.rollcall.provisioning.internal.source;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What decides about a record before it is mapped. Immutable and thread-safe. */
public final class RecordCondition {
    private final Condition condition;

    public RecordCondition(Condition condition) {
        this.condition = Objects.requireNonNull(condition, "condition");
    }

    /** Whether it holds, with the clock, the zone and the seed of {@code input}. */
    public Truth test(UserRecord record, MappingInput input) {
        return condition.test(Evaluation.of(scope(record, input))
                .clock(input.clock())
                .zone(input.zone())
                .seed(input.seed()));
    }

    /** The columns that it looks at. */
    public List<String> columns() {
        return condition.names().stream()
                .filter(name -> name.namespace().equals("record"))
                .map(name -> name.path().column())
                .toList();
    }

    private static Scope scope(UserRecord record, MappingInput input) {
        return name -> switch (name.namespace()) {
            case "record" -> name.path().in(record.fields());
            case "run" -> name.path().in(input.run());
            default -> Value.absent();
        };
    }

    /** Whether the record has all columns that the condition looks at, though something else of it is missing. */
    public boolean isToldBy(UserRecord record) {
        return condition.names().stream()
                .filter(name -> name.namespace().equals("record"))
                .map(name -> name.path().in(record.fields()))
                .noneMatch(value -> value instanceof Value.Absent || value instanceof Value.Unknown);
    }

    /** Which columns keep it from an answer. */
    public String unknownBecause(UserRecord record) {
        List<String> reasons = new ArrayList<>();
        for (Name name : condition.names()) {
            Value value = name.namespace().equals("record") ? name.path().in(record.fields()) : Value.absent();
            if (value instanceof Value.Unknown || value instanceof Value.Null || value instanceof Value.Absent) {
                reasons.add(name + " is " + value);
            } else if (value.isEmpty()) {
                reasons.add(name + " is empty");
            }
        }
        return reasons.isEmpty() ? condition + " has no answer" : String.join(", ", reasons);
    }
}
