package dev.rollcall.provisioning.plan;

import java.util.Optional;

/** What a change does. An automation category allows one of these (both group kinds are one category). */
public enum ChangeKind {
    /** A new entry. */
    CREATE("create"),
    /** Gives an entry that was there before us its key. */
    LINK("link"),
    /** Changes attributes. */
    MODIFY("modify"),
    /** A new RDN under the same parent. */
    RENAME("rename"),
    /** A new parent, possibly with a new RDN. */
    MOVE("move"),
    /** Makes an account usable again. */
    ENABLE("enable"),
    /** Makes an account unusable. */
    DISABLE("disable"),
    /** Removes the entry. */
    DELETE("delete"),
    /** Makes the entry a member of a group. */
    GROUP_ADD("groupAdd"),
    /** Takes the entry out of a group. */
    GROUP_REMOVE("groupRemove");

    private final String word;

    ChangeKind(String word) {
        this.word = word;
    }

    /** {@return the word that reports and configuration files have for this} */
    public String word() {
        return word;
    }

    /** {@return the kind with this word} */
    public static Optional<ChangeKind> of(String word) {
        for (ChangeKind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
