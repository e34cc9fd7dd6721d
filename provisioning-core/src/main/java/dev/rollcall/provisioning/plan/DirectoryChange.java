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

    /** The parts of a change, while it is being made. Not thread-safe: for one thread at a time. */
    public static final class Draft {
        public final ChangeKind kind;
        public final String key;
        public final DN dn;

        @Nullable
        public String id;

        @Nullable
        public DN newDn;

        @Nullable
        public DN group;

        public Stage stage = Stage.ENTRIES;
        public Situation situation = Situation.CONFIRMED;
        public List<AttributeChange> attributes = List.of();
        public List<DN> missingParents = List.of();
        public String fingerprint = "";
        public boolean leaver;
        public boolean waits;
        public boolean temporary;

        /** Whether the account could be used when the plan was made; null if that does not matter. */
        @Nullable
        public AccountState state;

        public Draft(ChangeKind kind, String key, DN dn) {
            this.kind = kind;
            this.key = key;
            this.dn = dn;
        }

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

    private DirectoryChange(Draft draft) {
        kind = Objects.requireNonNull(draft.kind, "kind");
        key = Objects.requireNonNull(draft.key, "key");
        dn = Objects.requireNonNull(draft.dn, "dn");
        id = draft.id;
        newDn = draft.newDn;
        group = draft.group;
        stage = draft.stage;
        situation = draft.situation;
        attributes = List.copyOf(draft.attributes);
        missingParents = List.copyOf(draft.missingParents);
        fingerprint = draft.fingerprint;
        leaver = draft.leaver;
        waits = draft.waits;
        temporary = draft.temporary;
        state = draft.state;
    }

    /** {@return a draft with everything that this change says} */
    public Draft toDraft() {
        return toDraft(dn);
    }

    /** {@return a draft with everything that this change says, with the entry at another DN} */
    public Draft toDraft(DN other) {
        Draft draft = new Draft(kind, key, other);
        draft.id = id;
        draft.newDn = newDn;
        draft.group = group;
        draft.stage = stage;
        draft.situation = situation;
        draft.attributes = attributes;
        draft.missingParents = missingParents;
        draft.fingerprint = fingerprint;
        draft.leaver = leaver;
        draft.waits = waits;
        draft.temporary = temporary;
        draft.state = state;
        return draft;
    }

    /** {@return this change, with the entry at another DN} */
    public DirectoryChange at(DN other) {
        return toDraft(other).build();
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

    /** Whether the account could be used when the plan was made, where the change rests on that. */
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
