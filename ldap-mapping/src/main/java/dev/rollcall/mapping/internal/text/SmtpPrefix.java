package dev.rollcall.mapping.internal.text;

/** How the values of {@code proxyAddresses} mark the primary address. Stateless, and thus thread-safe. */
public final class SmtpPrefix {
    private SmtpPrefix() {}

    /** {@return whether a value is a primary address} */
    public static boolean isPrimary(String value) {
        return value.startsWith("SMTP:");
    }
}
