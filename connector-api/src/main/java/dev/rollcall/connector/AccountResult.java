package dev.rollcall.connector;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one {@link AccountWrite}. Immutable and thread-safe. */
public final class AccountResult {
    private static final AccountResult NOT_TRIED = new AccountResult(null, null, false);

    private final @Nullable Account account;
    private final @Nullable ConnectorException failure;
    private final boolean tried;

    private AccountResult(@Nullable Account account, @Nullable ConnectorException failure, boolean tried) {
        this.account = account;
        this.failure = failure;
        this.tried = tried;
    }

    /**
     * {@return a write that was made}
     *
     * @param account as it is now, with the attributes that were written; null for one that was removed
     */
    public static AccountResult done(@Nullable Account account) {
        return new AccountResult(account, null, true);
    }

    /** {@return a write that failed} */
    public static AccountResult failed(ConnectorException failure) {
        return new AccountResult(null, failure, true);
    }

    /** {@return a write that was not tried, since one before it told that the application is lost} */
    public static AccountResult notTried() {
        return NOT_TRIED;
    }

    /** {@return the account as it is now, if it was written and is there} */
    public Optional<Account> account() {
        return Optional.ofNullable(account);
    }

    /** {@return why it failed} */
    public Optional<ConnectorException> failure() {
        return Optional.ofNullable(failure);
    }

    /** {@return whether it was tried} */
    public boolean wasTried() {
        return tried;
    }

    @Override
    public String toString() {
        return !tried
                ? "not tried"
                : failure == null ? "done" : failure.problem().toString();
    }
}
