package dev.rollcall.provisioning.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a run has come. */
public enum RunState {
    /** Planned, and neither applied nor waiting for anybody. */
    PLANNED,
    /** Waits until a person approves exactly this plan. */
    WAITING_FOR_APPROVAL,
    /** Being carried out, or ended without saying so. */
    APPLYING,
    /** Carried out. */
    DONE,
    /** Ended with changes that failed, or before its end. */
    FAILED,
    /** A person refused it. */
    REJECTED,
    /** A newer plan of the same automation took its place. */
    REPLACED,
    /** Nobody approved it in time. */
    EXPIRED,
    /** Undone by a later run. */
    UNDONE;

    /** {@return the word for it in lists and reports: {@code waiting-for-approval}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the state of this word} */
    public static Optional<RunState> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
