package dev.rollcall.mapping;

/** Makes a text fit to be a name of a certain sort. */
public enum Sanitizer {
    /** A Windows logon name, without what Active Directory and Microsoft 365 refuse in it. */
    SAM_ACCOUNT_NAME("sAMAccountName"),
    /** A user principal name: {@code name@domain}. */
    UPN("upn"),
    /** A POSIX login. */
    UID("uid"),
    /** A mail address, or its part before the at sign. */
    MAIL("mail");

    private final String word;

    Sanitizer(String word) {
        this.word = word;
    }

    /** {@return the word that the configuration file has for this} */
    public String word() {
        return word;
    }
}
