package dev.rollcall.scim;

/** Compares texts of which a service takes capital and small letters for the same. */
final class LetterCase {
    private LetterCase() {}

    /**
     * {@return a text with small letters, where the capital is that letter's own}
     *
     * <p>{@link String#toLowerCase()} makes a {@code k} of the Kelvin sign (U+212A), and {@link String#equalsIgnoreCase}
     * takes them for the same. A service that does not would see two names where we saw one, and the account would be
     * somebody else's. Such characters stay as they are.
     */
    static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int small = Character.toLowerCase(point);
            folded.appendCodePoint(Character.toUpperCase(small) == point ? small : point);
        });
        return folded.toString();
    }
}
