package dev.rollcall.provisioning.internal.account;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWriter;
import java.util.Map;

/** What a run asks of the application whose accounts it makes agree. Implementations are thread-safe, as far as the writer is. */
public interface AccountAccess {
    /** What reports call it. */
    String name();

    /** Reads and writes its accounts. */
    AccountWriter writer();

    /** Whether another account is made when an attribute changes that never changes in an account. */
    boolean replaces();

    /** Whether an account is in no plan. */
    boolean isProtected(Account account);

    /**
     * The attributes that must be read to tell which accounts are protected, each with the index of the first item of the
     * list that names it.
     */
    Map<String, Integer> protectingAttributes();
}
