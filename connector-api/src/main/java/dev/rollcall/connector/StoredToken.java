package dev.rollcall.connector;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization server granted (RFC 6749, section 5.1). Immutable and thread-safe. {@code toString} shows when
 * it expires and nothing else.
 */
public final class StoredToken {
    private final Secret accessToken;
    private final @Nullable Secret refreshToken;
    private final Instant receivedAt;
    private final @Nullable Instant expiresAt;
    private final Map<String, String> extra;

    /**
     * A token.
     *
     * @param refreshToken null if none was granted
     * @param receivedAt when it was granted, by our clock
     * @param expiresAt null if the server did not say
     * @param extra other members of the answer, such as {@code api_domain}; never a credential
     */
    public StoredToken(
            Secret accessToken,
            @Nullable Secret refreshToken,
            Instant receivedAt,
            @Nullable Instant expiresAt,
            Map<String, String> extra) {
        this.accessToken = Objects.requireNonNull(accessToken, "accessToken");
        this.refreshToken = refreshToken;
        this.receivedAt = Objects.requireNonNull(receivedAt, "receivedAt");
        this.expiresAt = expiresAt;
        this.extra = java.util.Collections.unmodifiableMap(new TreeMap<>(extra));
    }

    /** {@return what calls are made with} */
    public Secret accessToken() {
        return accessToken;
    }

    /** {@return what a new access token is asked for with} */
    public Optional<Secret> refreshToken() {
        return Optional.ofNullable(refreshToken);
    }

    /** {@return when it was granted, by our clock} */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** {@return when the access token stops working, if the server said} */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** {@return other members of the answer by name, sorted} */
    public Map<String, String> extra() {
        return extra;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredToken that
                && accessToken.equals(that.accessToken)
                && Objects.equals(refreshToken, that.refreshToken)
                && receivedAt.equals(that.receivedAt)
                && Objects.equals(expiresAt, that.expiresAt)
                && extra.equals(that.extra);
    }

    @Override
    public int hashCode() {
        return accessToken.hashCode();
    }

    @Override
    public String toString() {
        return "token" + (expiresAt == null ? " without expiry" : " until " + expiresAt);
    }
}
