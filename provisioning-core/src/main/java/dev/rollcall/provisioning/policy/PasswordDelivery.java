package dev.rollcall.provisioning.policy;

import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.plan.StopReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where the password of a new account goes. It is prepared, durably, before the account is made, so that no account
 * exists whose password nobody has. Implementations are thread-safe.
 *
 * <p>All methods are called on the thread that called {@link Reconciler#apply}, with arguments that are never null. If
 * one throws an exception, no further change is made, and the outcomes say {@link StopReason#CALLBACK_FAILED}: after
 * {@link #prepare} the account is not made, after {@link #confirm} it exists, and its password stays prepared.
 */
public interface PasswordDelivery {
    /**
     * A password that was prepared, and of which nobody knows whether the account has it.
     *
     * @param key the key of the user
     * @param dn the entry, as it was to be made
     * @param password the password
     */
    record Prepared(String key, String dn, Secret password) {
        /** All are required. */
        public Prepared {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(dn, "dn");
            Objects.requireNonNull(password, "password");
        }
    }

    /** Keeps the password; when this returns it survives a crash. */
    void prepare(String key, String dn, Secret password);

    /** The account exists and has the password. */
    void confirm(String key);

    /** The account was not made, or refused the password. */
    void cancel(String key);

    /**
     * {@return what earlier runs prepared and neither confirmed nor canceled, the last one of each key; nothing, for a
     * delivery that does not know}
     */
    default List<Prepared> prepared() {
        return List.of();
    }

    /** {@return a delivery that forgets, for accounts whose users reset their password themselves} */
    static PasswordDelivery discard() {
        return new PasswordDelivery() {
            @Override
            public void prepare(String key, String dn, Secret password) {
                // forgotten on purpose
            }

            @Override
            public void confirm(String key) {
                // nothing was kept
            }

            @Override
            public void cancel(String key) {
                // nothing was kept
            }
        };
    }

    /**
     * {@return a delivery into a CSV file that only its owner can read: status, key, dn, password. A line whose status
     * is {@code prepared} is of an account of which it is not known whether it was made.}
     */
    static PasswordDelivery file(Path file) {
        return new PasswordFile(file);
    }
}
