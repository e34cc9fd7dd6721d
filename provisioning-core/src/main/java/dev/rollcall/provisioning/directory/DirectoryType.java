package dev.rollcall.provisioning.directory;

import dev.rollcall.provisioning.internal.directory.DirectoryKind;

/** The kind of directory server, which decides how accounts are disabled, identified and given passwords. */
public enum DirectoryType {
    /** OpenLDAP: {@code entryUUID}, {@code pwdAccountLockedTime}, Password Modify. */
    OPENLDAP("openldap"),
    /** Active Directory: {@code objectGUID}, {@code userAccountControl}, {@code unicodePwd}. */
    ACTIVE_DIRECTORY("active-directory"),
    /** Any other server: what disables an account has to be said. */
    GENERIC("generic");

    private final String word;

    DirectoryType(String word) {
        this.word = word;
    }

    DirectoryKind kind() {
        return DirectoryKind.valueOf(name());
    }

    /** {@return the word for it in the configuration file} */
    public String word() {
        return word;
    }
}
