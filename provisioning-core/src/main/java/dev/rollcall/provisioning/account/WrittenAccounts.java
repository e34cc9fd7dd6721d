package dev.rollcall.provisioning.account;

import dev.rollcall.connector.AccountWriter;
import dev.rollcall.provisioning.internal.account.AccountAccess;
import java.util.Objects;

/** The accounts of an application, and how they are written. Immutable and thread-safe, as far as the writer is. */
record WrittenAccounts(String name, AccountWriter writer, OnFixed policy) implements AccountTarget, AccountAccess {
    WrittenAccounts {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(writer, "writer");
        Objects.requireNonNull(policy, "policy");
    }

    @Override
    public AccountTarget onFixed(OnFixed newPolicy) {
        return new WrittenAccounts(name, writer, newPolicy);
    }

    @Override
    public boolean replaces() {
        return policy == OnFixed.REPLACE;
    }

    @Override
    public String toString() {
        return "accounts of " + name;
    }
}
