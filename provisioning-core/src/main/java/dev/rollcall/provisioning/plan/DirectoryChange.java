package dev.rollcall.provisioning.plan;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.directory.AccountState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step for one LDAP entry. Immutable and thread-safe. */
public final class DirectoryChange implements Change {
    /**
     * When a change is made. All changes of a stage are done before the next begins; {@link Plan#changes()} is in this
     * order, and within a stage by key, or as the DNs that move demand.
     */
    public enum Stage {
        /** Ends: disables, then memberships that leavers lose. */
        ENDS,
        /** Deletes. */
        DELETES,
        /** Links: an entry is ours from then on. */
        LINKS,
        /** Renames and moves. */
        NAMES,
        /** Modifies and enables of entries that are there. */
        ENTRIES,
        /** Memberships of entries that are there. */
        GROUPS,
        /** Creates: last, so that a server that refuses them keeps nobody else waiting. */
        CREATES,
        /** Memberships of new entries. */
        NEW_MEMBERS
    }

    /** Makes changes. Not thread-safe: for one thread at a time. */
    public static final class Builder {
        private final ChangeKind kind;
        private final String key;
        private DN dn;
        private @Nullable String id;
        private @Nullable DN newDn;
        private @Nullable DN group;
        private Stage stage = Stage.ENTRIES;
        private Situation situation = Situation.CONFIRMED;
        private List<AttributeChange> attributes = List.of();
        private List<DN> missingParents = List.of();
        private String fingerprint = "";
        private boolean leaver;
        private boolean waits;
        private boolean temporary;
        private @Nullable AccountState state;

        private Builder(ChangeKind kind, String key, DN dn) {
            this.kind = Objects.requireNonNull(kind, "kind");
            this.key = Objects.requireNonNull(key, "key");
            this.dn = Objects.requireNonNull(dn, "dn");
        }

        /** Sets where the entry is when the change is made. */
        public Builder dn(DN newPlace) {
            this.dn = Objects.requireNonNull(newPlace, "newPlace");
            return this;
        }

        /** Sets what the entry is known by however it is renamed; null for one that is to be made. */
        public Builder id(@Nullable String text) {
            this.id = text;
            return this;
        }

        /** Sets where a rename or move takes the entry. */
        public Builder newDn(@Nullable DN to) {
            this.newDn = to;
            return this;
        }

        /** Sets the group of a membership. */
        public Builder group(@Nullable DN of) {
            this.group = of;
            return this;
        }

        /** Sets when it is made; with the entries by default. */
        public Builder stage(Stage when) {
            this.stage = Objects.requireNonNull(when, "when");
            return this;
        }

        /** Sets why the entry is changed; {@link Situation#CONFIRMED} by default. */
        public Builder situation(Situation why) {
            this.situation = Objects.requireNonNull(why, "why");
            return this;
        }

        /** Sets what becomes of its attributes. */
        public Builder attributes(List<AttributeChange> changes) {
            this.attributes = List.copyOf(changes);
            return this;
        }

        /** Sets the containers that must be made first, the topmost first. */
        public Builder missingParents(List<DN> containers) {
            this.missingParents = List.copyOf(containers);
            return this;
        }

        /** Sets the short text for what the entry was when the plan was made. */
        public Builder fingerprint(String text) {
            this.fingerprint = Objects.requireNonNull(text, "text");
            return this;
        }

        /** Sets whether the person's account must end. */
        public Builder leaver(boolean is) {
            this.leaver = is;
            return this;
        }

        /** Sets whether every change before this one must be done first. */
        public Builder waits(boolean does) {
            this.waits = does;
            return this;
        }

        /** Sets whether this only makes way in a cycle of names. */
        public Builder temporary(boolean is) {
            this.temporary = is;
            return this;
        }

        /** Sets whether the account can be used when the plan is made; null if that does not matter. */
        public Builder state(@Nullable AccountState is) {
            this.state = is;
            return this;
        }

        /** {@return the change} */
        public DirectoryChange build() {
            return new DirectoryChange(this);
        }
    }

    private final ChangeKind kind;
    private final String key;
    private final DN dn;
    private final @Nullable String id;
    private final @Nullable DN newDn;
    private final @Nullable DN group;
    private final Stage stage;
    private final Situation situation;
    private final List<AttributeChange> attributes;
    private final List<DN> missingParents;
    private final String fingerprint;
    private final boolean leaver;
    private final boolean waits;
    private final boolean temporary;
    private final @Nullable AccountState state;

    private DirectoryChange(Builder parts) {
        kind = parts.kind;
        key = parts.key;
        dn = parts.dn;
        id = parts.id;
        newDn = parts.newDn;
        group = parts.group;
        stage = parts.stage;
        situation = parts.situation;
        attributes = parts.attributes;
        missingParents = parts.missingParents;
        fingerprint = parts.fingerprint;
        leaver = parts.leaver;
        waits = parts.waits;
        temporary = parts.temporary;
        state = parts.state;
    }

    /** {@return a builder of a change of one entry} */
    public static Builder builder(ChangeKind kind, String key, DN dn) {
        return new Builder(kind, key, dn);
    }

    /** {@return a builder with everything that this change says} */
    public Builder toBuilder() {
        Builder builder = new Builder(kind, key, dn);
        builder.id = id;
        builder.newDn = newDn;
        builder.group = group;
        builder.stage = stage;
        builder.situation = situation;
        builder.attributes = attributes;
        builder.missingParents = missingParents;
        builder.fingerprint = fingerprint;
        builder.leaver = leaver;
        builder.waits = waits;
        builder.temporary = temporary;
        builder.state = state;
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
        return dn.toString();
    }

    /**
     * {@return where the entry is when this change is made: for a create where it shall be; for the changes after a
     * rename or move of the same entry its new DN}
     */
    public DN dn() {
        return dn;
    }

    /** {@return where a rename or move takes the entry} */
    public Optional<DN> newDn() {
        return Optional.ofNullable(newDn);
    }

    /** {@return the group of a membership} */
    public Optional<DN> group() {
        return Optional.ofNullable(group);
    }

    /** {@return when it is made} */
    public Stage stage() {
        return stage;
    }

    /** {@return why the entry is changed} */
    public Situation situation() {
        return situation;
    }

    /** {@return what becomes of its attributes, in the order of the mapping; for a create all of them, but a password} */
    @Override
    public List<AttributeChange> attributes() {
        return attributes;
    }

    /** {@return the containers that must be made first, the topmost first} */
    public List<DN> missingParents() {
        return missingParents;
    }

    /**
     * {@return a short text for the owned values, the mark and the state of the entry when the plan was made; empty for a
     * create. A rename, move or delete of an entry with another one is stale.}
     */
    public String fingerprint() {
        return fingerprint;
    }

    /** {@return whether the person's account must end} */
    public boolean isLeaver() {
        return leaver;
    }

    /** {@return whether every change before this one must be done first, since it takes a DN that one of them frees} */
    public boolean waits() {
        return waits;
    }

    /** {@return whether this only makes way in a cycle of names; not counted, and the same entry is renamed again} */
    public boolean isTemporary() {
        return temporary;
    }

    /** {@return whether the account could be used when the plan was made, where the change rests on that} */
    public Optional<AccountState> state() {
        return Optional.ofNullable(state);
    }

    @Override
    public boolean isDestructive() {
        return switch (kind) {
            case DISABLE, DELETE, GROUP_REMOVE -> true;
            case MOVE -> leaver;
            case MODIFY -> attributes.stream().anyMatch(AttributeChange::isClearing);
            case CREATE, LINK, RENAME, ENABLE, GROUP_ADD -> false;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DirectoryChange that
                && kind == that.kind
                && key.equals(that.key)
                && dn.toString().equals(that.dn.toString())
                && Objects.equals(id, that.id)
                && Objects.equals(newDn, that.newDn)
                && Objects.equals(group, that.group)
                && stage == that.stage
                && situation == that.situation
                && attributes.equals(that.attributes)
                && missingParents.equals(that.missingParents)
                && fingerprint.equals(that.fingerprint)
                && leaver == that.leaver
                && waits == that.waits
                && temporary == that.temporary
                && state == that.state;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, key, id);
    }

    @Override
    public String toString() {
        return kind.word() + " " + dn + (newDn == null ? "" : " to " + newDn) + (group == null ? "" : " " + group);
    }
}
