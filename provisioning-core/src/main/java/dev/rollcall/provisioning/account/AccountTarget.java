package dev.rollcall.provisioning.account;

import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.Connector;
import java.util.Collection;

/**
 * An application whose accounts are made to agree. Immutable and thread-safe.
 *
 * <pre>{@code
 * Reconciler.builder(Source.of(people), accounts, AccountTarget.of("apollo", apollo)).build();
 * }</pre>
 */
public sealed interface AccountTarget permits WrittenAccounts {
    /** What is done when an attribute changes that the application never changes in an account that is there. */
    enum OnFixed {
        /** Nothing: it is a conflict, for a person to look at. */
        REFUSE,
        /** The account is disabled and another one made; if that fails, the first is enabled again. */
        REPLACE
    }

    /**
     * {@return the accounts of an application; the connector stays the caller's to close}
     *
     * @param name what reports call it
     * @throws dev.rollcall.connector.ConnectorException if it writes no accounts
     */
    static AccountTarget of(String name, Connector connector) {
        return new WrittenAccounts(name, connector.accounts(), OnFixed.REFUSE, ProtectedAccounts.none());
    }

    /** {@return accounts that are written in any way} */
    static AccountTarget of(String name, AccountWriter writer) {
        return new WrittenAccounts(name, writer, OnFixed.REFUSE, ProtectedAccounts.none());
    }

    /** {@return this target, with what is done when an attribute changes that never changes in an account} */
    AccountTarget onFixed(OnFixed policy);

    /**
     * {@return this target, with accounts that no run changes, such as an administrator's for emergencies}
     *
     * @param accounts each the id or the name of an account, whatever the case of its letters, or a filter over its
     *     attributes such as {@code (userName=admin*)}
     * @throws IllegalArgumentException if one begins as a filter and is not one
     */
    AccountTarget protect(Collection<String> accounts);

    /** {@return what reports call it} */
    String name();
}
