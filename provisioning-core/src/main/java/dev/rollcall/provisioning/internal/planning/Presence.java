package dev.rollcall.provisioning.internal.planning;

import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.source.RecordCondition;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.Optional;

/** Whether a person is there, as far as the record alone tells. Immutable and thread-safe. */
public final class Presence {
    private Presence() {}

    /**
     * Whether a person is in scope and active, as somebody who has an account would be judged: CONFIRMED, OUT_OF_SCOPE or
     * INACTIVE. Empty if that cannot be told, which is a finding.
     *
     * @param leavers what becomes of leavers: a record that is not active is INACTIVE although {@code scope} has no answer
     *     or a part of the record is missing, if the account ends whatever that answer would be
     */
    public static Optional<Situation> of(
            SourceAccess source,
            UserRecord record,
            MappingInput input,
            String key,
            Leavers leavers,
            Findings findings) {
        if (isInactiveAnyway(source, record, input, leavers)) {
            return Optional.of(Situation.INACTIVE);
        }
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

    /** Whether the account ends whatever the answer is that is missing. */
    private static boolean isInactiveAnyway(
            SourceAccess source, UserRecord record, MappingInput input, Leavers leavers) {
        return source.active().isPresent()
                && leavers.endsBothWays()
                && answer(source.active().get(), record, input) == Truth.FALSE
                && (record.fault().isPresent()
                        ? source.active().get().isToldBy(record)
                        : source.scope().isPresent() && answer(source.scope().get(), record, input) == Truth.UNKNOWN);
    }

    private static Truth answer(RecordCondition condition, UserRecord record, MappingInput input) {
        try {
            return condition.test(record, input);
        } catch (RollcallException failed) {
            return Truth.UNKNOWN;
        }
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
}
