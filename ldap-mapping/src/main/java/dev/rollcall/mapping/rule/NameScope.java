package dev.rollcall.mapping.rule;

/** Where a unique name must be unique. */
public enum NameScope {
    /** Under the directory's search base. */
    DIRECTORY,
    /** Among the children of the entry's container. */
    CONTAINER
}
