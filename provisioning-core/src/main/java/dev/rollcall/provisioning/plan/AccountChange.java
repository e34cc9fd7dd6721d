package dev.rollcall.provisioning.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step for one account of an application. Immutable and thread-safe. */
public final class AccountChange implements Change {
    /** The parts of a change, while it is being made. Not thread-safe: for one thread at a time. */
    public static final class Draft {
        public final ChangeKind kind;
        public final String key;
        public final Situation situation;
        public String label = "";
        public List<AttributeChange> attributes = List.of();

        /** The key as the application had it when the plan was made; empty for an account without one. */
        public List<String> identity = List.of();

        public boolean active = true;
        public boolean leaver;
        public boolean replaces;

        @Nullable
        public String id;

        @Nullable
        public String version;

        public Draft(ChangeKind kind, String key, Situation situation) {
            this.kind = kind;
            this.key = key;
            this.situation = situation;
        }

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

    private AccountChange(Draft draft) {
        this.kind = Objects.requireNonNull(draft.kind, "kind");
        this.key = Objects.requireNonNull(draft.key, "key");
        this.situation = Objects.requireNonNull(draft.situation, "situation");
        this.label = Objects.requireNonNull(draft.label, "label");
        this.attributes = List.copyOf(draft.attributes);
        this.identity = List.copyOf(draft.identity);
        this.active = draft.active;
        this.leaver = draft.leaver;
        this.replaces = draft.replaces;
        this.id = draft.id;
        this.version = draft.version;
    }

    public Draft toDraft() {
        Draft draft = new Draft(kind, key, situation);
        draft.label = label;
        draft.attributes = attributes;
        draft.identity = identity;
        draft.active = active;
        draft.leaver = leaver;
        draft.replaces = replaces;
        draft.id = id;
        draft.version = version;
        return draft;
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
