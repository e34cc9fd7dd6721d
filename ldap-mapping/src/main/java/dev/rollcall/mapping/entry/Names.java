package dev.rollcall.mapping.entry;

import com.unboundid.ldap.sdk.DN;
import java.util.Optional;

/**
 * Tells who has a name already: in the directory, in the plan being made, or among retired names. Implementations are
 * thread-safe if the mapping is used by several threads.
 *
 * <p>Names are compared as the directory does, without regard to case. The entry that is being mapped is not a holder
 * of its own names.
 */
@FunctionalInterface
public interface Names {
    /**
     * Looks a name up in the whole search base.
     *
     * @param attribute the attribute that would hold it
     * @param value the name that is wanted
     * @return who has it, for a person to read: a DN, or {@code reserved for key 7}; empty if it is free
     */
    Optional<String> holder(String attribute, String value);

    /**
     * Looks a name up among the direct children of one container, for names with that scope.
     *
     * @param container the parent of the entry that wants the name
     * @return as {@link #holder}; by default the whole search base is asked, which never takes a name twice
     */
    default Optional<String> holderIn(DN container, String attribute, String value) {
        return holder(attribute, value);
    }

    /** {@return names that are all free} */
    static Names free() {
        return (attribute, value) -> Optional.empty();
    }
}
