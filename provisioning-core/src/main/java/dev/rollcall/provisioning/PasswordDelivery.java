package dev.rollcall.provisioning;

import dev.rollcall.connector.Secret;
import java.nio.file.Path;

/**
 * Where the password of a new account goes. It is prepared, durably, before the account is made, so that no account
 * exists whose password nobody has. Implementations are thread-safe.
 */
public interface PasswordDelivery {
    /** Keeps the password; when this returns it survives a crash. */
    void prepare(String key, String dn, Secret password);

    /** The account exists and has the password. */
    void confirm(String key);

    /** The account was not made, or refused the password. */
    void cancel(String key);

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
