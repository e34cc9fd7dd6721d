package dev.rollcall.mapping;

/** How the values of {@code proxyAddresses} mark the primary address. Stateless, and thus thread-safe. */
final class SmtpPrefix {
    private SmtpPrefix() {}

    /** {@return whether a value is a primary address} */
    static boolean isPrimary(String value) {
        return value.startsWith("SMTP:");
    }
}
