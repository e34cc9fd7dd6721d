package dev.rollcall.provisioning.guardrail;

import java.util.List;
import java.util.Objects;

/** The limits that a whole plan is held against before the first write. Immutable and thread-safe. */
public final class Guardrails {
    /** What happens when a limit is exceeded. */
    public enum OnTrip {
        /** What takes something away is dropped; the rest is done unless another limit was exceeded as well. */
        BLOCK_DESTRUCTIVE,
        /** Nothing is written. */
        STOP
    }

    private static final String MAX_DISABLE_OR_DELETE = "maxDisableOrDelete";
    private static final String MAX_MODIFY = "maxModify";
    private static final String MAX_ATTRIBUTE_CHANGE = "maxAttributeChange";
    private static final String MAX_CREATE = "maxCreate";
    private static final String MAX_KEYLESS = "maxKeyless";
    private static final String EMPTY_SOURCE = "emptySource";
    private static final String UNLINKED_ENTRIES = "unlinkedEntries";
    private static final String VANISHED_COLUMN = "vanishedColumn";
    private static final String FAILURES = "failures";

    private static final List<String> NAMES = List.of(
            MAX_DISABLE_OR_DELETE,
            MAX_MODIFY,
            MAX_ATTRIBUTE_CHANGE,
            MAX_CREATE,
            MAX_KEYLESS,
            EMPTY_SOURCE,
            UNLINKED_ENTRIES,
            VANISHED_COLUMN,
            FAILURES);

    private final Limit maxDisableOrDelete;
    private final Limit maxModify;
    private final Limit maxAttributeChange;
    private final Limit maxCreate;
    private final Limit maxKeyless;
    private final Limit failures;
    private final OnTrip onTrip;

    private Guardrails(
            Limit maxDisableOrDelete,
            Limit maxModify,
            Limit maxAttributeChange,
            Limit maxCreate,
            Limit maxKeyless,
            Limit failures,
            OnTrip onTrip) {
        this.maxDisableOrDelete = Objects.requireNonNull(maxDisableOrDelete, MAX_DISABLE_OR_DELETE);
        this.maxModify = Objects.requireNonNull(maxModify, MAX_MODIFY);
        this.maxAttributeChange = Objects.requireNonNull(maxAttributeChange, MAX_ATTRIBUTE_CHANGE);
        this.maxCreate = Objects.requireNonNull(maxCreate, MAX_CREATE);
        this.maxKeyless = Objects.requireNonNull(maxKeyless, MAX_KEYLESS);
        this.failures = Objects.requireNonNull(failures, FAILURES);
        this.onTrip = Objects.requireNonNull(onTrip, "onTrip");
    }

    /**
     * {@return at most 25 or 10 % disabled or deleted, 60 % modified, 60 % with the same attribute changed, 50 % created,
     * 5 or 1 % of the records without key, 20 or 20 % failures}
     */
    public static Guardrails defaults() {
        return new Guardrails(
                Limit.of(25, 10),
                Limit.percent(60),
                Limit.percent(60),
                Limit.percent(50).atLeast(50),
                Limit.of(5, 1),
                Limit.of(20, 20),
                OnTrip.BLOCK_DESTRUCTIVE);
    }

    /** {@return the names of all guardrails, as reports and {@code allow} have them} */
    public static List<String> names() {
        return NAMES;
    }

    /** {@return these guardrails, with how many entries may be disabled or deleted} */
    public Guardrails maxDisableOrDelete(Limit limit) {
        return new Guardrails(limit, maxModify, maxAttributeChange, maxCreate, maxKeyless, failures, onTrip);
    }

    /** {@return these guardrails, with how many entries may be modified, renamed or moved} */
    public Guardrails maxModify(Limit limit) {
        return new Guardrails(maxDisableOrDelete, limit, maxAttributeChange, maxCreate, maxKeyless, failures, onTrip);
    }

    /**
     * {@return these guardrails, with how many entries may get another value, or none, in one and the same attribute; a
     * column that so many entries have a value from must not vanish from all records either}
     */
    public Guardrails maxAttributeChange(Limit limit) {
        return new Guardrails(maxDisableOrDelete, maxModify, limit, maxCreate, maxKeyless, failures, onTrip);
    }

    /** {@return these guardrails, with how many entries may be created, of all that are in base and filter} */
    public Guardrails maxCreate(Limit limit) {
        return new Guardrails(maxDisableOrDelete, maxModify, maxAttributeChange, limit, maxKeyless, failures, onTrip);
    }

    /** {@return these guardrails, with how many records may be without key, of all records} */
    public Guardrails maxKeyless(Limit limit) {
        return new Guardrails(maxDisableOrDelete, maxModify, maxAttributeChange, maxCreate, limit, failures, onTrip);
    }

    /** {@return these guardrails, with how many changes may fail before the run stops} */
    public Guardrails failures(Limit limit) {
        return new Guardrails(maxDisableOrDelete, maxModify, maxAttributeChange, maxCreate, maxKeyless, limit, onTrip);
    }

    /** {@return these guardrails, with what happens when one trips} */
    public Guardrails onTrip(OnTrip policy) {
        return new Guardrails(
                maxDisableOrDelete, maxModify, maxAttributeChange, maxCreate, maxKeyless, failures, policy);
    }

    /** {@return how many entries may be disabled or deleted} */
    public Limit maxDisableOrDelete() {
        return maxDisableOrDelete;
    }

    /** {@return how many entries may be modified, renamed or moved} */
    public Limit maxModify() {
        return maxModify;
    }

    /** {@return how many entries may get another value, or none, in one and the same attribute} */
    public Limit maxAttributeChange() {
        return maxAttributeChange;
    }

    /** {@return how many entries may be created, of all that are in base and filter} */
    public Limit maxCreate() {
        return maxCreate;
    }

    /** {@return how many records may be without key, of all records} */
    public Limit maxKeyless() {
        return maxKeyless;
    }

    /** {@return how many changes may fail before the run stops, of those that were tried} */
    public Limit failures() {
        return failures;
    }

    /** {@return what happens when one trips} */
    public OnTrip onTrip() {
        return onTrip;
    }
}
