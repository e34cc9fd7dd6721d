package dev.rollcall.connector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * How a connector writes the accounts of its application. Attributes have the names that the connector gives them, such
 * as {@code name.givenName}; their values are texts. Implementations are thread-safe.
 *
 * <p>Every failure is a {@link ConnectorException}. One with the code {@link #STALE} says that the account is no longer
 * what the write had seen, and that nothing was changed.
 */
public interface AccountWriter {
    /** The code of a problem: the account is no longer what was seen. */
    String STALE = "stale";

    /**
     * Lists all accounts, page by page, those that are not active included. The pages end only after every account was
     * listed. The host checks this, as for {@link Connector#fetchUsers}: an account on two pages, or fewer accounts than
     * the total, are fetched again.
     */
    PageIterator<Account> accounts(Set<String> attributes);

    /**
     * Finds accounts by the value of an attribute; every hit really has it.
     *
     * @throws ConnectorException of kind {@link FailureKind#UNSUPPORTED} if only a list of all accounts can tell
     */
    List<Account> find(String attribute, String value, Set<String> attributes);

    /**
     * Makes one write.
     *
     * @return the result, never a failure
     * @throws ConnectorException if it was not made; of kind {@link FailureKind#AMBIGUOUS} if that is not known
     */
    AccountResult write(AccountWrite write);

    /**
     * Makes several writes, each for another account, in any order; a connector that can do them at once does.
     *
     * @return a result for each, in the order of the writes; once the application is lost the rest is not tried
     */
    default List<AccountResult> writeAll(List<AccountWrite> writes) {
        List<AccountResult> results = new ArrayList<>();
        boolean lost = false;
        for (AccountWrite write : writes) {
            AccountResult result = lost ? AccountResult.notTried() : tried(write);
            lost |= result.failure().filter(AccountWriter::isLost).isPresent();
            results.add(result);
        }
        return results;
    }

    private AccountResult tried(AccountWrite write) {
        try {
            return write(write);
        } catch (ConnectorException failed) {
            return AccountResult.failed(failed);
        }
    }

    /**
     * With more new accounts than this in one {@link #writeAll}, a writer need not look each key up; the caller then looks
     * at the list of accounts once all are made.
     */
    int MOST_KEYS_LOOKED_UP = 50;

    /** {@return how many writes {@link #writeAll} is best given} */
    default int batchSize() {
        return 1;
    }

    /**
     * Asks the application what is wrong with writing these attributes, before anything is written: one that it does not
     * know, or lets nobody write. Nothing is wrong where it does not tell.
     *
     * @param creating whether accounts are made, so that those which it requires may not be missing
     * @return the problems, whose paths are names of attributes; empty for one that is missing
     */
    default List<Problem> check(Collection<String> attributes, boolean creating) {
        return List.of();
    }

    /**
     * Asks the application which of these attributes it does not know. They are read and compared, and not written, so that
     * one that does not exist finds no account. Nothing is wrong where it does not tell.
     *
     * @return the problems, whose paths are names of attributes
     */
    default List<Problem> checkRead(Collection<String> attributes) {
        return List.of();
    }

    /** {@return the attributes that the application never changes in an account that is there} */
    default Set<String> fixedAttributes() {
        return Set.of();
    }

    /** {@return a form of a value that is the same for all values that the application takes for the same} */
    default String comparable(String attribute, String value) {
        return value;
    }

    /** {@return whether after this failure no other write can succeed either} */
    static boolean isLost(ConnectorException failure) {
        return switch (failure.kind()) {
            case UNAUTHORIZED, CONSENT_REQUIRED, UNAVAILABLE, RATE_LIMITED, UNTRUSTED_ORIGIN, CANCELLED ->
                !failure.problem().code().equals("status-500");
            default -> false;
        };
    }
}
