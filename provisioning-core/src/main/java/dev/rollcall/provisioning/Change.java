package dev.rollcall.provisioning;

/**
 * One step of a {@link Plan}: what one entry or account gets. A new kind may come; code that asks for {@link #kind()}
 * expects that. Immutable and thread-safe.
 */
public sealed interface Change permits DirectoryChange {
    /** {@return what it does} */
    ChangeKind kind();

    /** {@return the normalized key of the user} */
    String key();

    /** {@return whether it takes something away: disable, delete, a leaver's move, group removal, clearing} */
    boolean isDestructive();
}
