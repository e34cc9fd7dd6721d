package dev.rollcall.provisioning.account;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.provisioning.internal.account.AccountAccess;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/** The accounts of an application, and how they are written. Immutable and thread-safe, as far as the writer is. */
record WrittenAccounts(String name, AccountWriter writer, OnFixed policy, ProtectedAccounts untouched)
        implements AccountTarget, AccountAccess {
    WrittenAccounts {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(writer, "writer");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(untouched, "untouched");
    }

    @Override
    public AccountTarget onFixed(OnFixed newPolicy) {
        return new WrittenAccounts(name, writer, newPolicy, untouched);
    }

    @Override
    public AccountTarget protect(Collection<String> accounts) {
        return new WrittenAccounts(name, writer, policy, ProtectedAccounts.of(accounts));
    }

    @Override
    public boolean isProtected(Account account) {
        return untouched.has(account);
    }

    @Override
    public Map<String, Integer> protectingAttributes() {
        return untouched.attributes();
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
