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

    private AccountWrite(Kind kind, @Nullable Account seen, Map<String, List<String>> attributes) {
        this.kind = kind;
        this.seen = seen;
        this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** {@return a new account with these values} */
    public static AccountWrite create(Map<String, List<String>> attributes) {
        return new AccountWrite(Kind.CREATE, null, attributes);
    }

    /** {@return other values for some attributes of an account; an empty list is for none} */
    public static AccountWrite modify(Account seen, Map<String, List<String>> attributes) {
        return new AccountWrite(Kind.MODIFY, Objects.requireNonNull(seen, "seen"), attributes);
    }

    /** {@return the end of an account's use} */
    public static AccountWrite disable(Account seen) {
        return new AccountWrite(Kind.DISABLE, Objects.requireNonNull(seen, "seen"), Map.of());
    }

    /** {@return the return of an account} */
    public static AccountWrite enable(Account seen) {
        return new AccountWrite(Kind.ENABLE, Objects.requireNonNull(seen, "seen"), Map.of());
    }

    /** {@return the removal of an account} */
    public static AccountWrite delete(Account seen) {
        return new AccountWrite(Kind.DELETE, Objects.requireNonNull(seen, "seen"), Map.of());
    }

    /** {@return what is done} */
    public Kind kind() {
        return kind;
    }

    /** {@return the account as it was when this was decided; empty for a new one} */
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
