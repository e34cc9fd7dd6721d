package dev.rollcall.connector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing to be done to one account. Immutable and thread-safe. */
public final class AccountWrite {
    /** What is done. */
    public enum Kind {
        /** A new account, active, with these attributes. */
        CREATE,
        /** Other values, or none, for some attributes; the rest stays as it is. */
        MODIFY,
        /** The account cannot be used any more. */
        DISABLE,
        /** The account can be used again. */
        ENABLE,
        /** The account is removed. */
        DELETE
    }

    private final Kind kind;
    private final @Nullable Account seen;
    private final Map<String, List<String>> attributes;
    private final @Nullable String key;
    private final boolean replacing;

    private AccountWrite(
            Kind kind,
            @Nullable Account seen,
            Map<String, List<String>> attributes,
            @Nullable String key,
            boolean replacing) {
        this.kind = kind;
        this.seen = seen;
        this.key = key;
        this.replacing = replacing;
        this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** {@return a new account with these values} */
    public static AccountWrite create(Map<String, List<String>> attributes) {
        return new AccountWrite(Kind.CREATE, null, attributes, null, false);
    }

    /** {@return other values for some attributes of an account; an empty list is for none} */
    public static AccountWrite modify(Account seen, Map<String, List<String>> attributes) {
        return new AccountWrite(Kind.MODIFY, Objects.requireNonNull(seen, "seen"), attributes, null, false);
    }

    /** {@return the end of an account's use} */
    public static AccountWrite disable(Account seen) {
        return new AccountWrite(Kind.DISABLE, Objects.requireNonNull(seen, "seen"), Map.of(), null, false);
    }

    /** {@return the return of an account} */
    public static AccountWrite enable(Account seen) {
        return new AccountWrite(Kind.ENABLE, Objects.requireNonNull(seen, "seen"), Map.of(), null, false);
    }

    /** {@return the removal of an account} */
    public static AccountWrite delete(Account seen) {
        return new AccountWrite(Kind.DELETE, Objects.requireNonNull(seen, "seen"), Map.of(), null, false);
    }

    /**
     * {@return this write, with the attribute that identifies accounts: a new account must not be made where one has this
     * key, and no write counts as made if the account does not have its key afterwards}
     */
    public AccountWrite keyed(String attribute) {
        return new AccountWrite(kind, seen, attributes, Objects.requireNonNull(attribute, "attribute"), replacing);
    }

    /** {@return this write of a new account, which takes the place of one with the same key that is inactive} */
    public AccountWrite replacing() {
        return new AccountWrite(kind, seen, attributes, key, true);
    }

    /** {@return the attribute that identifies accounts, if the caller says} */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** {@return whether an inactive account may have the same key as this new one} */
    public boolean isReplacing() {
        return replacing;
    }

    /** {@return what is done} */
    public Kind kind() {
        return kind;
    }

    /**
     * {@return the account as it was when this was decided; empty for a new one}
     *
     * <p>Each of its attributes must still have these values when the write is made, also one that is not written: the
     * account may be somebody else's by now.
     */
    public Optional<Account> seen() {
        return Optional.ofNullable(seen);
    }

    /** {@return the values to be written, by attribute} */
    public Map<String, List<String>> attributes() {
        return attributes;
    }

    @Override
    public String toString() {
        return kind + (seen == null ? "" : " " + seen) + " " + attributes.keySet();
    }
}
