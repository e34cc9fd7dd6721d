package dev.rollcall.connector;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Tokens in a map. Thread-safe. */
final class InMemoryTokenStore implements TokenStore {
    private final Map<String, StoredToken> tokens = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    @Override
    public Optional<StoredToken> load(String credential) {
        return Optional.ofNullable(tokens.get(credential));
    }

    @Override
    public void save(String credential, StoredToken token) {
        tokens.put(credential, token);
    }

    @Override
    public void remove(String credential) {
        tokens.remove(credential);
    }

    @Override
    public <T> T exclusively(String credential, Supplier<T> action) {
        ReentrantLock lock = locks.computeIfAbsent(credential, name -> new ReentrantLock());
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "tokens in memory: " + tokens.size();
    }
}
