package dev.rollcall.state.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Text as a database keeps it. PostgreSQL refuses U+0000, and no database keeps half a surrogate pair; both may occur in what
 * an application sends. They are written as {@code U+E000} and four hexadecimal digits. Stateless, and thus thread-safe.
 */
final class StoredText {
    private static final char MARK = '\uE000';
    private static final int DIGITS = 4;

    /** Beyond this, an index entry of PostgreSQL may become too large (2,704 bytes). */
    private static final int INDEXED = 500;

    private StoredText() {}

    /** Text to be written; null stays null. */
    static @Nullable String encoded(@Nullable String text) {
        if (text == null || isPlain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + DIGITS);
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            boolean isPair = Character.isHighSurrogate(next)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (isPair) {
                out.append(next).append(text.charAt(++at));
            } else if (next == 0 || next == MARK || Character.isSurrogate(next)) {
                out.append(MARK).append(HexFormat.of().toHexDigits(next));
            } else {
                out.append(next);
            }
        }
        return out.toString();
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(each -> each == 0 || each == MARK || Character.isSurrogate((char) each));
    }

    /** Text that was read; null stays null. */
    static @Nullable String decoded(@Nullable String text) {
        if (text == null || text.indexOf(MARK) < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next == MARK && at + DIGITS < text.length()) {
                out.append((char) HexFormat.fromHexDigits(text, at + 1, at + 1 + DIGITS));
                at += DIGITS;
            } else {
                out.append(next);
            }
        }
        return out.toString();
    }

    /** Text to be compared only: long text is replaced by its hash, so that it fits into an index. */
    static String compared(String text) {
        String written = String.valueOf(encoded(text));
        return written.length() <= INDEXED ? written : "sha256:" + hash(text);
    }

    /** The SHA-256 of texts, in hexadecimal digits. */
    static String hash(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException every) {
            throw new IllegalStateException("every Java has SHA-256", every);
        }
    }
}
