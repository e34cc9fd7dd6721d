package dev.rollcall.provisioning.policy;

import dev.rollcall.connector.Secret;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** How new accounts get a password: made while applying, never in a plan or a report. Immutable and thread-safe. */
public final class PasswordPolicy {
    private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String DIGITS = "23456789";
    private static final String SIGNS = "-_.!#%+=";

    private final int length;
    private final boolean forceChange;
    private final PasswordDelivery delivery;
    private final RandomGenerator random;

    private PasswordPolicy(int length, boolean forceChange, PasswordDelivery delivery, RandomGenerator random) {
        this.length = length;
        this.forceChange = forceChange;
        this.delivery = delivery;
        this.random = random;
    }

    /**
     * {@return a policy of random passwords that have to be changed at the first logon}
     *
     * @param length at least 12
     */
    public static PasswordPolicy generate(int length, PasswordDelivery delivery) {
        if (length < 12 || length > 128) {
            throw new IllegalArgumentException("a generated password has 12 to 128 characters");
        }
        return new PasswordPolicy(length, true, Objects.requireNonNull(delivery, "delivery"), new SecureRandom());
    }

    /** {@return this policy, with or without a change at the first logon} */
    public PasswordPolicy forceChange(boolean force) {
        return new PasswordPolicy(length, force, delivery, random);
    }

    public boolean forcesChange() {
        return forceChange;
    }

    public PasswordDelivery delivery() {
        return delivery;
    }

    @Override
    public String toString() {
        return "generated, of length " + length + (forceChange ? ", to be changed at the first logon" : "");
    }

    /** Letters that are hard to tell apart are left out; every class of characters is in it. */
    public Secret next() {
        String all = LOWER + UPPER + DIGITS + SIGNS;
        char[] password = new char[length];
        String[] classes = {LOWER, UPPER, DIGITS, SIGNS};
        for (int i = 0; i < length; i++) {
            String from = i < classes.length ? classes[i] : all;
            password[i] = from.charAt(random.nextInt(from.length()));
        }
        for (int i = length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            char swap = password[i];
            password[i] = password[other];
            password[other] = swap;
        }
        return Secret.of(new String(password));
    }
}
