package dev.rollcall.provisioning.policy;

import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Random passwords. Immutable and thread-safe, as far as the delivery is. */
final class GeneratedPasswords implements PasswordPolicy, PasswordAccess {
    private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String DIGITS = "23456789";
    private static final String SIGNS = "-_.!#%+=";

    private final int length;
    private final boolean forceChange;
    private final PasswordDelivery delivery;
    private final RandomGenerator random;

    GeneratedPasswords(int length, boolean forceChange, PasswordDelivery delivery, RandomGenerator random) {
        this.length = length;
        this.forceChange = forceChange;
        this.delivery = Objects.requireNonNull(delivery, "delivery");
        this.random = random;
    }

    @Override
    public PasswordPolicy forceChange(boolean force) {
        return new GeneratedPasswords(length, force, delivery, random);
    }

    @Override
    public String toString() {
        return "generated, of length " + length + (forceChange ? ", to be changed at the first logon" : "");
    }

    @Override
    public boolean forcesChange() {
        return forceChange;
    }

    @Override
    public void prepare(String key, String dn, Secret password) {
        delivery.prepare(key, dn, password);
    }

    @Override
    public void confirm(String key) {
        delivery.confirm(key);
    }

    @Override
    public void cancel(String key) {
        delivery.cancel(key);
    }

    @Override
    public List<Waiting> waiting() {
        return delivery.prepared().stream()
                .map(one -> new Waiting(one.key(), one.dn(), one.password()))
                .toList();
    }

    /** Letters that are hard to tell apart are left out; every class of characters is in it. */
    @Override
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
