package dev.rollcall.provisioning.plan;

import java.util.List;
import java.util.Optional;

/**
 * One step of a {@link Plan}: what one entry or account gets. A new kind may come; code that asks for {@link #kind()}
 * expects that. Immutable and thread-safe.
 */
public sealed interface Change permits DirectoryChange, AccountChange {
    /** {@return what it does} */
    ChangeKind kind();

    /** {@return the normalized key of the user} */
    String key();

    /** {@return what the entry or account is known by however it is renamed; empty for one that is to be made} */
    Optional<String> id();

    /** {@return what people know the entry or account by: its DN, or the account's name} */
    String label();

    /** {@return what becomes of the attributes, in the order of the mapping} */
    List<AttributeChange> attributes();

    /** {@return whether it takes something away: disable, delete, a leaver's move, group removal, clearing} */
    boolean isDestructive();
}
