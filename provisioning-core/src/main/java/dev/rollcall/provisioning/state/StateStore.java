package dev.rollcall.provisioning.state;

import dev.rollcall.provisioning.journal.Journal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run must know of earlier ones and no directory or application can tell it. It holds no value of anybody's
 * attribute, only fingerprints. Implementations are thread-safe, and fail with a
 * {@link dev.rollcall.connector.RollcallException} if they cannot be read or written.
 *
 * <pre>{@code
 * Reconciler.builder(source, people, directory).state(StateStore.file(Path.of("rollcall-state.json")))
 * }</pre>
 */
public interface StateStore {
    /**
     * An attribute of which a server keeps something else than it was given. As long as the same is wanted and the same is
     * kept, writing it again would change nothing.
     *
     * @param id what the entry or account is known by however it is renamed
     * @param attribute the attribute
     * @param wanted a fingerprint of the values that were written
     * @param stored a fingerprint of the values that were there afterwards
     */
    record Normalization(String id, String attribute, String wanted, String stored) {
        /** All are required. */
        public Normalization {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(attribute, "attribute");
            Objects.requireNonNull(wanted, "wanted");
            Objects.requireNonNull(stored, "stored");
        }
    }

    /**
     * What the last complete run left at an application: a list that is much shorter now is hardly all of it.
     *
     * @param accounts how many accounts there were
     * @param loading whether a first load was begun and has not come to its end
     */
    record Accounts(long accounts, boolean loading) {}

    /** {@return all that is remembered of a target} */
    List<Normalization> normalizations(String target);

    /**
     * Remembers these, each in place of what was remembered of its attribute. They are durable when this returns.
     *
     * @param target the directory or application that keeps the values
     */
    void remember(String target, Collection<Normalization> normalizations);

    /**
     * {@return what the last complete run left at an application; empty if that is not known, as in a store that does
     * not keep it}
     */
    default Optional<Accounts> accounts(String target) {
        return Optional.empty();
    }

    /** Remembers what a run left at an application, in place of what was known; durable when this returns. */
    default void remember(String target, Accounts accounts) {}

    /** {@return the journal of runs; empty in a store that keeps none} */
    default Optional<Journal> journal() {
        return Optional.empty();
    }

    /** {@return what data sources have ever shown; empty in a store that does not keep it} */
    default Optional<SeenKeys> seen() {
        return Optional.empty();
    }

    /** {@return who may write where; empty in a store that several processes cannot share} */
    default Optional<Leases> leases() {
        return Optional.empty();
    }

    /** {@return a store that forgets everything with this program} */
    static StateStore memory() {
        return new MemoryState();
    }

    /**
     * {@return a store that forgets everything else with this program, and has this journal}
     *
     * @param journal where runs are recorded, such as {@link Journal#memory()}
     */
    static StateStore memory(Journal journal) {
        return new MemoryState(journal);
    }

    /**
     * {@return a store in a file that the present user alone can read; nothing is opened yet}
     *
     * <p>Several programs may share it: each adds what it learns to what the others did.
     *
     * @param file the file, which is made when there is something to remember
     */
    static StateStore file(Path file) {
        return new StateFile(file);
    }
}
