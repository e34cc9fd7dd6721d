package dev.rollcall.provisioning.plan;

/** What a record and an entry are to each other. */
public enum Situation {
    /** One record, one managed entry. */
    CONFIRMED(false),
    /** A record, and no entry anywhere. */
    ABSENT(false),
    /** No entry has the key, and a match rule ties the record to exactly one entry without key. */
    MATCHED(false),
    /**
     * No entry has the key, and the previous key or a match rule that takes rehires ties the record to exactly one entry
     * whose key is in no record of a complete read.
     */
    REKEYED(false),
    /** A managed entry without key; never touched. */
    UNLINKED(false),
    /** The key is in use outside the managed entries, or by a protected one. */
    ELSEWHERE(true),
    /** The entry carries the mark of another source. */
    OWNED_BY_OTHER(true),
    /** A managed entry, and no record in a complete read. */
    SOURCE_MISSING(false),
    /** The record fails the condition {@code active}. */
    INACTIVE(false),
    /** The record fails the condition {@code scope}. */
    OUT_OF_SCOPE(false),
    /** An entry would be missing, and a record without entry has its key in another spelling, or ties to it otherwise. */
    KEY_CHANGED(true),
    /** Several entries have the key or match, or several records match one entry. */
    AMBIGUOUS(true),
    /** Several records have the key. */
    DUPLICATE_KEY(true),
    /** The record has no key, or cannot be judged or mapped. */
    INVALID(true),
    /** The account is disabled though its record is active, and as far as is known no run disabled it. */
    DISABLED_ELSEWHERE(true),
    /** Another entry has the DN, and stays. */
    DN_TAKEN(true),
    /** The container of the DN does not exist. */
    PARENT_MISSING(true),
    /** An attribute has changed that the application never changes in an account that is there. */
    REPLACEMENT_NEEDED(true),
    /** A group of the mapping does not exist, or is one that must not be touched. */
    GROUP_UNAVAILABLE(true),
    /** A change of an earlier run is taken back. */
    UNDONE(false),
    /** An entry is not as an earlier run left it, so that what that run did to it is not taken back. */
    CHANGED_SINCE(true);

    private final boolean conflict;

    Situation(boolean conflict) {
        this.conflict = conflict;
    }

    /** {@return whether the record has found an entry that does not have its key yet, and gets it by a link} */
    public boolean isLinked() {
        return this == MATCHED || this == REKEYED;
    }

    /** {@return whether a person must look, and nothing is done meanwhile} */
    public boolean isConflict() {
        return conflict;
    }
}
