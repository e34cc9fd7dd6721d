package dev.rollcall.provisioning.policy;

import java.security.SecureRandom;

/** How new accounts get a password: made while applying, never in a plan or a report. Immutable and thread-safe. */
public sealed interface PasswordPolicy permits GeneratedPasswords {
    /**
     * {@return a policy of random passwords that have to be changed at the first logon}
     *
     * @param length at least 12
     */
    static PasswordPolicy generate(int length, PasswordDelivery delivery) {
        if (length < 12 || length > 128) {
            throw new IllegalArgumentException("a generated password has 12 to 128 characters");
        }
        return new GeneratedPasswords(length, true, delivery, new SecureRandom());
    }

    /** {@return this policy, with or without a change at the first logon} */
    PasswordPolicy forceChange(boolean force);

    /** {@return whether new passwords have to be changed at the first logon} */
    boolean forcesChange();
}
