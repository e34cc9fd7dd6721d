package dev.rollcall.rest.oauth;

import dev.rollcall.connector.Secret;
import dev.rollcall.connector.StoredToken;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;

/** A process of its own that refreshes a token, for tests that limit what it may write. */
final class TokenSaver {
    static final int NOT_SAVED = 7;

    private TokenSaver() {}

    /** Saves a long token in the file that is named. */
    public static void main(String... arguments) {
        FileTokenStore store = new FileTokenStore(Path.of(arguments[0]), Secret.of(arguments[1]), new SecureRandom());
        Secret fresh = Secret.of("fresh".repeat(20_000));
        try {
            store.save("crm", new StoredToken(fresh, fresh, Instant.EPOCH, null, Map.of()));
        } catch (UncheckedIOException e) {
            System.exit(NOT_SAVED);
        }
    }
}
