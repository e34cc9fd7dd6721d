package dev.rollcall.provisioning.policy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of accounts that must end: of people who are missing from the source, inactive, or out of scope.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * Leavers.disable().sourceMissing(Leavers.Action.DELETE)
 * }</pre>
 */
public final class Leavers {
    /** What becomes of one account. */
    public enum Action {
        /** It is left alone. */
        IGNORE,
        /** It is disabled. */
        DISABLE,
        /** It is disabled, and moved to another container. */
        DISABLE_AND_MOVE,
        /** Its entry is removed. Only for people who are missing from the source. */
        DELETE
    }

    /** What becomes of memberships in the groups of the mapping. */
    public enum Groups {
        /** They stay. */
        KEEP,
        /** They end. */
        REMOVE_OWNED
    }

    private final Action sourceMissing;
    private final Action inactive;
    private final Action outOfScope;
    private final @Nullable DN moveTo;
    private final Groups groups;
    private final @Nullable Duration deleteAfter;
    private final boolean deletesTree;
    private final boolean endsNeverSeen;

    private Leavers(
            Action sourceMissing,
            Action inactive,
            Action outOfScope,
            @Nullable DN moveTo,
            Groups groups,
            @Nullable Duration deleteAfter,
            boolean deletesTree,
            boolean endsNeverSeen) {
        this.sourceMissing = Objects.requireNonNull(sourceMissing, "sourceMissing");
        this.inactive = only(inactive, "inactive");
        this.outOfScope = only(outOfScope, "outOfScope");
        this.moveTo = moveTo;
        this.groups = Objects.requireNonNull(groups, "groups");
        this.deleteAfter = deleteAfter;
        this.deletesTree = deletesTree;
        this.endsNeverSeen = endsNeverSeen;
        boolean moves = sourceMissing == Action.DISABLE_AND_MOVE
                || inactive == Action.DISABLE_AND_MOVE
                || outOfScope == Action.DISABLE_AND_MOVE;
        if (moves && moveTo == null) {
            throw new IllegalArgumentException("disable-and-move needs a container to move to");
        }
    }

    private static Action only(Action action, String situation) {
        if (action == Action.DELETE) {
            throw new IllegalArgumentException(
                    situation + " cannot be delete: only people who are missing from the source are deleted");
        }
        return Objects.requireNonNull(action, situation);
    }

    /** {@return all are left alone} */
    public static Leavers ignore() {
        return new Leavers(Action.IGNORE, Action.IGNORE, Action.IGNORE, null, Groups.KEEP, null, false, false);
    }

    /** {@return all are disabled: the default} */
    public static Leavers disable() {
        return new Leavers(Action.DISABLE, Action.DISABLE, Action.DISABLE, null, Groups.KEEP, null, false, false);
    }

    /**
     * All are disabled and moved.
     *
     * @throws IllegalArgumentException if {@code container} is not a DN
     */
    public static Leavers disableAndMove(String container) {
        Action action = Action.DISABLE_AND_MOVE;
        return new Leavers(action, action, action, parse(container), Groups.KEEP, null, false, false);
    }

    /** {@return those missing from the source are deleted, the others disabled} */
    public static Leavers delete() {
        return disable().sourceMissing(Action.DELETE);
    }

    /** {@return these rules, with what becomes of people who are missing from a complete read} */
    public Leavers sourceMissing(Action action) {
        return new Leavers(action, inactive, outOfScope, moveTo, groups, deleteAfter, deletesTree, endsNeverSeen);
    }

    /** {@return these rules, with what becomes of inactive people} */
    public Leavers inactive(Action action) {
        return new Leavers(sourceMissing, action, outOfScope, moveTo, groups, deleteAfter, deletesTree, endsNeverSeen);
    }

    /** {@return these rules, with what becomes of people out of scope} */
    public Leavers outOfScope(Action action) {
        return new Leavers(sourceMissing, inactive, action, moveTo, groups, deleteAfter, deletesTree, endsNeverSeen);
    }

    /**
     * These rules, with the container of those who are moved.
     *
     * @throws IllegalArgumentException if it is not a DN
     */
    public Leavers moveTo(String container) {
        return new Leavers(
                sourceMissing, inactive, outOfScope, parse(container), groups, deleteAfter, deletesTree, endsNeverSeen);
    }

    /** {@return these rules, with what becomes of memberships; by default they stay} */
    public Leavers groups(Groups policy) {
        return new Leavers(
                sourceMissing, inactive, outOfScope, moveTo, policy, deleteAfter, deletesTree, endsNeverSeen);
    }

    /**
     * These rules, with a time between the end of an account and its deletion: who is missing is disabled now, and deleted
     * by a run that many days later whose complete read does not have them either. The directory must have a mark, which
     * holds the day; an account that someone else disabled has none, and stays.
     *
     * @throws IllegalArgumentException if it is less than a day
     */
    public Leavers deleteAfter(Duration time) {
        if (time.toDays() < 1) {
            throw new IllegalArgumentException("deleteAfter is at least a day, and not " + time);
        }
        return new Leavers(sourceMissing, inactive, outOfScope, moveTo, groups, time, deletesTree, endsNeverSeen);
    }

    /**
     * {@return these rules, which also delete what is below an entry that is deleted; by default such an entry is disabled,
     * and the conflict reported}
     */
    public Leavers deleteTree() {
        return new Leavers(sourceMissing, inactive, outOfScope, moveTo, groups, deleteAfter, true, endsNeverSeen);
    }

    /** {@return whether what is below an entry is deleted with it} */
    public boolean deletesTree() {
        return deletesTree;
    }

    /**
     * {@return these rules, which also end accounts that are in no record and that nothing says were ever a person's; by
     * default they are reported: with a state that has {@link dev.rollcall.provisioning.state.SeenKeys} those whose key the data
     * source has never shown, without one where the key is an attribute that every account has and the directory has no mark}
     */
    public Leavers endNeverSeen() {
        return new Leavers(sourceMissing, inactive, outOfScope, moveTo, groups, deleteAfter, deletesTree, true);
    }

    /** {@return whether accounts end that were perhaps never a person's} */
    public boolean endsNeverSeen() {
        return endsNeverSeen;
    }

    /** {@return what becomes of people who are missing from a complete read} */
    public Action sourceMissing() {
        return sourceMissing;
    }

    /** {@return what becomes of inactive people} */
    public Action inactive() {
        return inactive;
    }

    /** {@return what becomes of people out of scope} */
    public Action outOfScope() {
        return outOfScope;
    }

    /** {@return the container of those who are moved} */
    public Optional<DN> moveTo() {
        return Optional.ofNullable(moveTo);
    }

    /** {@return how long who is to be deleted is disabled before; empty if they are deleted at once} */
    public Optional<Duration> deleteAfter() {
        return Optional.ofNullable(deleteAfter);
    }

    /** {@return what becomes of memberships} */
    public Groups groups() {
        return groups;
    }

    private static DN parse(String container) {
        try {
            return new DN(container);
        } catch (LDAPException notADn) {
            throw new IllegalArgumentException("not a DN: " + container, notADn);
        }
    }

    /** Whether an account ends both of an inactive person and of one out of scope. */
    public boolean endsBothWays() {
        return inactive != Action.IGNORE && outOfScope != Action.IGNORE;
    }

    @Override
    public String toString() {
        return "missing " + sourceMissing + ", inactive " + inactive + ", out of scope " + outOfScope + ", groups "
                + groups + (moveTo == null ? "" : ", to " + moveTo.toNormalizedString())
                + (deleteAfter == null ? "" : ", deleted after " + deleteAfter);
    }
}
