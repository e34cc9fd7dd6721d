package dev.rollcall.provisioning.guardrail;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The limits that a whole plan is held against before the first write. Immutable and thread-safe. */
public final class Guardrails {
    /** What happens when a limit is exceeded. */
    public enum OnTrip {
        /**
         * What the limit is about is left out of the plan, and the rest is done: for {@code maxDisableOrDelete}
         * everything that takes something away, for {@code maxEnable} the enables, for {@code maxGroupRemove} the
         * removals from that group. After {@code maxConflicts} only the accounts of leavers are ended. If any other
         * limit is exceeded, nothing is written.
         */
        BLOCK_DESTRUCTIVE,
        /** Nothing is written. */
        STOP
    }

    private final Map<GuardrailName, Limit> limits;
    private final OnTrip onTrip;

    private Guardrails(Map<GuardrailName, Limit> limits, OnTrip onTrip) {
        this.limits = limits;
        this.onTrip = Objects.requireNonNull(onTrip, "onTrip");
    }

    /**
     * {@return at most 25 or 10 % disabled or deleted, 60 % modified, 60 % with the same attribute changed, 50 % created,
     * 5 or 1 % of the records without key, 25 % enabled, 25 and 25 % of the members taken out of one group, 20 % in
     * conflict, 20 or 20 % failures}
     */
    public static Guardrails defaults() {
        Map<GuardrailName, Limit> limits = new EnumMap<>(GuardrailName.class);
        limits.put(GuardrailName.MAX_DISABLE_OR_DELETE, Limit.of(25, 10));
        limits.put(GuardrailName.MAX_MODIFY, Limit.percent(60));
        limits.put(GuardrailName.MAX_ATTRIBUTE_CHANGE, Limit.percent(60));
        limits.put(GuardrailName.MAX_CREATE, Limit.percent(50).atLeast(50));
        limits.put(GuardrailName.MAX_KEYLESS, Limit.of(5, 1));
        limits.put(GuardrailName.MAX_ENABLE, Limit.percent(25));
        limits.put(GuardrailName.MAX_GROUP_REMOVE, Limit.of(25, 25));
        limits.put(GuardrailName.MAX_CONFLICTS, Limit.percent(20).atLeast(20));
        limits.put(GuardrailName.FAILURES, Limit.of(20, 20));
        return new Guardrails(limits, OnTrip.BLOCK_DESTRUCTIVE);
    }

    private Guardrails with(GuardrailName name, Limit limit) {
        Map<GuardrailName, Limit> changed = new EnumMap<>(limits);
        changed.put(name, Objects.requireNonNull(limit, "limit"));
        return new Guardrails(changed, onTrip);
    }

    /** {@return these guardrails, with how many entries may be disabled or deleted} */
    public Guardrails maxDisableOrDelete(Limit limit) {
        return with(GuardrailName.MAX_DISABLE_OR_DELETE, limit);
    }

    /** {@return these guardrails, with how many entries may be modified, renamed or moved} */
    public Guardrails maxModify(Limit limit) {
        return with(GuardrailName.MAX_MODIFY, limit);
    }

    /**
     * {@return these guardrails, with how many entries may get another value, or none, in one and the same attribute; a
     * column that so many entries have a value from must not vanish from all records either}
     */
    public Guardrails maxAttributeChange(Limit limit) {
        return with(GuardrailName.MAX_ATTRIBUTE_CHANGE, limit);
    }

    /** {@return these guardrails, with how many entries may be created, of all that are in base and filter} */
    public Guardrails maxCreate(Limit limit) {
        return with(GuardrailName.MAX_CREATE, limit);
    }

    /** {@return these guardrails, with how many records may be without key, of all records} */
    public Guardrails maxKeyless(Limit limit) {
        return with(GuardrailName.MAX_KEYLESS, limit);
    }

    /** {@return these guardrails, with how many entries may be enabled, of all that have a key} */
    public Guardrails maxEnable(Limit limit) {
        return with(GuardrailName.MAX_ENABLE, limit);
    }

    /**
     * {@return these guardrails, with how many people who stay active may leave one group, of its members that have a
     * key; trips only if both the count and the percentage are exceeded}
     */
    public Guardrails maxGroupRemove(Limit limit) {
        return with(GuardrailName.MAX_GROUP_REMOVE, limit);
    }

    /** {@return these guardrails, with how many conflicts there may be, of the records or the entries with a key} */
    public Guardrails maxConflicts(Limit limit) {
        return with(GuardrailName.MAX_CONFLICTS, limit);
    }

    /** {@return these guardrails, with how many changes may fail before the run stops} */
    public Guardrails failures(Limit limit) {
        return with(GuardrailName.FAILURES, limit);
    }

    /** {@return these guardrails, with what happens when one trips} */
    public Guardrails onTrip(OnTrip policy) {
        return new Guardrails(limits, policy);
    }

    /** {@return the limit of a guardrail; {@link Limit#none()} for one that has no number to configure} */
    public Limit limit(GuardrailName name) {
        return limits.getOrDefault(name, Limit.none());
    }

    /** {@return what happens when one trips} */
    public OnTrip onTrip() {
        return onTrip;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Guardrails that && limits.equals(that.limits) && onTrip == that.onTrip;
    }

    @Override
    public int hashCode() {
        return Objects.hash(limits, onTrip);
    }

    @Override
    public String toString() {
        return limits + ", " + onTrip;
    }
}
