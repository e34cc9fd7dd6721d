package dev.rollcall.provisioning.internal.directory;

/** The kind of server, as {@code DirectoryType} tells it to users. */
public enum DirectoryKind {
    OPENLDAP,
    ACTIVE_DIRECTORY,
    GENERIC
}
