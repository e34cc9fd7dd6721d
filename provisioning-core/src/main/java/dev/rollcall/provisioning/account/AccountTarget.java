package dev.rollcall.provisioning.account;

import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.Connector;

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
        return new WrittenAccounts(name, connector.accounts(), OnFixed.REFUSE);
    }

    /** {@return accounts that are written in any way} */
    static AccountTarget of(String name, AccountWriter writer) {
        return new WrittenAccounts(name, writer, OnFixed.REFUSE);
    }

    /** {@return this target, with what is done when an attribute changes that never changes in an account} */
    AccountTarget onFixed(OnFixed policy);

    /** {@return what reports call it} */
    String name();
}
