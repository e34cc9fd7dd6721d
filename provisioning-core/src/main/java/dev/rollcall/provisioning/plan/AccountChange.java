package dev.rollcall.provisioning.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step for one account of an application. Immutable and thread-safe. */
public final class AccountChange implements Change {
    /** Makes changes. Not thread-safe: for one thread at a time. */
    public static final class Builder {
        private final ChangeKind kind;
        private final String key;
        private final Situation situation;
        private String label = "";
        private List<AttributeChange> attributes = List.of();
        private List<String> identity = List.of();
        private boolean active = true;
        private boolean leaver;
        private boolean replaces;
        private @Nullable String id;
        private @Nullable String version;

        private Builder(ChangeKind kind, String key, Situation situation) {
            this.kind = Objects.requireNonNull(kind, "kind");
            this.key = Objects.requireNonNull(key, "key");
            this.situation = Objects.requireNonNull(situation, "situation");
        }

        /** Sets what the application knows the account by; null for one that is to be made. */
        public Builder id(@Nullable String text) {
            this.id = text;
            return this;
        }

        /** Sets what a person knows the account by. */
        public Builder label(String text) {
            this.label = Objects.requireNonNull(text, "text");
            return this;
        }

        /** Sets what becomes of its attributes. */
        public Builder attributes(List<AttributeChange> changes) {
            this.attributes = List.copyOf(changes);
            return this;
        }

        /** Sets the key as the application has it; none by default. */
        public Builder identity(List<String> values) {
            this.identity = List.copyOf(values);
            return this;
        }

        /** Sets whether the account can be used before the change; it can by default. */
        public Builder active(boolean was) {
            this.active = was;
            return this;
        }

        /** Sets whether the person's account must end. */
        public Builder leaver(boolean is) {
            this.leaver = is;
            return this;
        }

        /** Sets whether this is one half of a replacement. */
        public Builder replacement(boolean is) {
            this.replaces = is;
            return this;
        }

        /** Sets what the application called the state of the account when the plan was made. */
        public Builder version(@Nullable String text) {
            this.version = text;
            return this;
        }

        /** {@return the change} */
        public AccountChange build() {
            return new AccountChange(this);
        }
    }

    private final ChangeKind kind;
    private final String key;
    private final Situation situation;
    private final String label;
    private final List<AttributeChange> attributes;
    private final List<String> identity;
    private final boolean active;
    private final boolean leaver;
    private final boolean replaces;
    private final @Nullable String id;
    private final @Nullable String version;

    private AccountChange(Builder parts) {
        this.kind = parts.kind;
        this.key = parts.key;
        this.situation = parts.situation;
        this.label = parts.label;
        this.attributes = parts.attributes;
        this.identity = parts.identity;
        this.active = parts.active;
        this.leaver = parts.leaver;
        this.replaces = parts.replaces;
        this.id = parts.id;
        this.version = parts.version;
    }

    /** {@return a builder of a change of one account} */
    public static Builder builder(ChangeKind kind, String key, Situation situation) {
        return new Builder(kind, key, situation);
    }

    /** {@return a builder with everything that this change says} */
    public Builder toBuilder() {
        Builder builder = new Builder(kind, key, situation);
        builder.label = label;
        builder.attributes = attributes;
        builder.identity = identity;
        builder.active = active;
        builder.leaver = leaver;
        builder.replaces = replaces;
        builder.id = id;
        builder.version = version;
        return builder;
    }

    @Override
    public ChangeKind kind() {
        return kind;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    @Override
    public String label() {
        return label.isEmpty() ? "account of " + key : label;
    }

    /** {@return why the account is changed} */
    public Situation situation() {
        return situation;
    }

    @Override
    public List<AttributeChange> attributes() {
        return attributes;
    }

    /** {@return the key as the application had it when the plan was made: the account must still have it} */
    public List<String> identity() {
        return identity;
    }

    /** {@return whether the account can be used before this change, or may be: its state may be unreadable} */
    public boolean wasActive() {
        return active;
    }

    /** {@return whether the person's account must end} */
    public boolean isLeaver() {
        return leaver;
    }

    /** {@return whether this is one half of a replacement: the old account disabled, or the new one made} */
    public boolean isReplacement() {
        return replaces;
    }

    /** {@return what the application called the state of the account when the plan was made, if it tells states apart} */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    @Override
    public boolean isDestructive() {
        return switch (kind) {
            case DISABLE, DELETE -> true;
            case CREATE -> replaces;
            case MODIFY -> attributes.stream().anyMatch(AttributeChange::isClearing);
            default -> false;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccountChange that
                && kind == that.kind
                && key.equals(that.key)
                && situation == that.situation
                && label.equals(that.label)
                && attributes.equals(that.attributes)
                && identity.equals(that.identity)
                && active == that.active
                && leaver == that.leaver
                && replaces == that.replaces
                && Objects.equals(id, that.id)
                && Objects.equals(version, that.version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, key, id);
    }

    @Override
    public String toString() {
        return kind.word() + " " + label();
    }
}
