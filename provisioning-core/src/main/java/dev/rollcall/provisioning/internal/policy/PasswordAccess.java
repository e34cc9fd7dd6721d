package dev.rollcall.provisioning.internal.policy;

import dev.rollcall.connector.Secret;
import java.util.List;

/** What a run asks of the policy that gives new accounts their passwords. Implementations are thread-safe. */
public interface PasswordAccess {
    /** A password that was prepared, and of which nobody knows whether the account has it. Immutable and thread-safe. */
    record Waiting(String key, String dn, Secret password) {}

    /** Another password. */
    Secret next();

    /** Whether it has to be changed at the first logon. */
    boolean forcesChange();

    /** Keeps a password; when this returns it survives a crash. */
    void prepare(String key, String dn, Secret password);

    /** The account exists and has the password. */
    void confirm(String key);

    /** The account was not made, or refused the password. */
    void cancel(String key);

    /** What earlier runs prepared, and neither confirmed nor canceled. */
    List<Waiting> waiting();
}
