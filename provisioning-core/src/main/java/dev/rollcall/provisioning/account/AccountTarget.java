package dev.rollcall.provisioning.account;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.Connector;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/**
 * An application whose accounts are made to agree. Immutable and thread-safe.
 *
 * <pre>{@code
 * Reconciler.builder(Source.of(people), accounts, AccountTarget.of("apollo", apollo)).build();
 * }</pre>
 */
public final class AccountTarget {
    /** What is done when an attribute changes that the application never changes in an account that is there. */
    public enum OnFixed {
        /** Nothing: it is a conflict, for a person to look at. */
        REFUSE,
        /** The account is disabled and another one made; if that fails, the first is enabled again. */
        REPLACE
    }

    private final String name;
    private final AccountWriter writer;
    private final OnFixed onFixed;
    private final ProtectedAccounts protectedAccounts;

    private AccountTarget(String name, AccountWriter writer, OnFixed onFixed, ProtectedAccounts protectedAccounts) {
        this.name = Objects.requireNonNull(name, "name");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.onFixed = Objects.requireNonNull(onFixed, "onFixed");
        this.protectedAccounts = protectedAccounts;
    }

    /**
     * {@return the accounts of an application; the connector stays the caller's to close}
     *
     * @param name what reports call it
     * @throws dev.rollcall.connector.ConnectorException if it writes no accounts
     */
    public static AccountTarget of(String name, Connector connector) {
        return new AccountTarget(name, connector.accounts(), OnFixed.REFUSE, ProtectedAccounts.none());
    }

    /** {@return accounts that are written in any way} */
    public static AccountTarget of(String name, AccountWriter writer) {
        return new AccountTarget(name, writer, OnFixed.REFUSE, ProtectedAccounts.none());
    }

    /** {@return this target, with what is done when an attribute changes that never changes in an account} */
    public AccountTarget onFixed(OnFixed policy) {
        return new AccountTarget(name, writer, policy, protectedAccounts);
    }

    /**
     * {@return this target, with accounts that no run changes, such as an administrator's for emergencies}
     *
     * @param accounts each the id or the name of an account, or a filter over its attributes such as
     *     {@code (userName=admin*)}
     * @throws IllegalArgumentException if one begins as a filter and is not one
     */
    public AccountTarget protect(Collection<String> accounts) {
        return new AccountTarget(name, writer, onFixed, ProtectedAccounts.of(accounts));
    }

    /** {@return what reports call it} */
    public String name() {
        return name;
    }

    public AccountWriter writer() {
        return writer;
    }

    /** {@return whether an account is in no plan} */
    public boolean isProtected(Account account) {
        return protectedAccounts.has(account);
    }

    /** {@return the attributes that must be read to tell which accounts are protected} */
    public Set<String> protectingAttributes() {
        return protectedAccounts.attributes();
    }

    public boolean replaces() {
        return onFixed == OnFixed.REPLACE;
    }

    @Override
    public String toString() {
        return "accounts of " + name;
    }
}
