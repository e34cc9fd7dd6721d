package dev.rollcall.connector;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where granted tokens outlive a run. Implementations are thread-safe.
 *
 * <p>Many servers give a new refresh token with every refresh and, when the old one is used again, end the whole
 * grant. A store therefore writes durably before {@link #save} returns, and {@link #exclusively} keeps everybody else
 * who shares the store from refreshing at the same moment.
 */
public interface TokenStore {
    /** {@return a store that lasts as long as the process} */
    static TokenStore inMemory() {
        return new InMemoryTokenStore();
    }

    /** {@return the token last saved under this name} */
    Optional<StoredToken> load(String credential);

    /** Saves a token durably, in place of the one before. */
    void save(String credential, StoredToken token);

    /** Forgets the token that was saved under this name, durably. */
    void remove(String credential);

    /**
     * Runs {@code action} while nobody else does so for the same credential, in this process or another that shares the
     * store. Loading and saving inside it is allowed; nesting is not.
     */
    <T> T exclusively(String credential, Supplier<T> action);
}
