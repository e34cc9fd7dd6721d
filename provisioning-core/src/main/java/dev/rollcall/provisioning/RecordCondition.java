package dev.rollcall.provisioning;

import dev.rollcall.connector.RollcallException;
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
import java.util.Optional;

/** What decides about a record before it is mapped. Immutable and thread-safe. */
final class RecordCondition {
    private final Condition condition;

    RecordCondition(Condition condition) {
        this.condition = Objects.requireNonNull(condition, "condition");
    }

    /** Whether it holds, with the clock, the zone and the seed of {@code input}. */
    Truth test(UserRecord record, MappingInput input) {
        return condition.test(Evaluation.of(scope(record, input))
                .clock(input.clock())
                .zone(input.zone())
                .seed(input.seed()));
    }

    /**
     * Whether a person is in scope and active, as somebody who has an account would be judged: CONFIRMED, OUT_OF_SCOPE or
     * INACTIVE. Empty if that cannot be told, which is a finding.
     */
    static Optional<Situation> presence(
            Source source, UserRecord record, MappingInput input, String key, Findings findings) {
        if (record.fault().isPresent()) {
            findings.conflict(Situation.INVALID, key, record.fault().get());
            return Optional.empty();
        }
        Truth inScope = judge(source.scope(), record, input, key, "scope", findings);
        if (inScope != Truth.TRUE) {
            return inScope == Truth.FALSE ? Optional.of(Situation.OUT_OF_SCOPE) : Optional.empty();
        }
        return switch (judge(source.active(), record, input, key, "active", findings)) {
            case TRUE -> Optional.of(Situation.CONFIRMED);
            case FALSE -> Optional.of(Situation.INACTIVE);
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Truth judge(
            Optional<RecordCondition> condition,
            UserRecord record,
            MappingInput input,
            String key,
            String name,
            Findings findings) {
        if (condition.isEmpty()) {
            return Truth.TRUE;
        }
        try {
            Truth truth = condition.get().test(record, input);
            if (truth == Truth.UNKNOWN) {
                String because = condition.get().unknownBecause(record);
                findings.conflict(Situation.INVALID, key, name + " cannot be told: " + because);
            }
            return truth;
        } catch (RollcallException failed) {
            findings.conflict(
                    Situation.INVALID, key, name + ": " + failed.problem().message());
            return Truth.UNKNOWN;
        }
    }

    /** The columns that it looks at. */
    List<String> columns() {
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

    /** Which columns keep it from an answer. */
    String unknownBecause(UserRecord record) {
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
