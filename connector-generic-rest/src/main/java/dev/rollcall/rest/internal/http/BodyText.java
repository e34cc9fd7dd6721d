package dev.rollcall.rest.internal.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Decodes whole bodies, such as errors, tokens and the responses to webhooks. Thread-safe. */
public final class BodyText {
    private BodyText() {}

    /**
     * {@return a body as text, without a byte order mark} JSON is UTF-8, whatever charset a header names (RFC 8259, section
     * 8.1). Bytes that are no characters become U+FFFD.
     *
     * @param mediaType in lower case, without parameters
     * @param charset that the header names; empty if none
     */
    public static String of(byte[] body, String mediaType, String charset) {
        String text = new String(body, isJson(mediaType) ? StandardCharsets.UTF_8 : charset(charset));
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** {@return a body of JSON as text, without a byte order mark} */
    public static String ofJson(byte[] body) {
        return of(body, "application/json", "");
    }

    private static boolean isJson(String mediaType) {
        return mediaType.endsWith("/json") || mediaType.endsWith("+json");
    }

    private static Charset charset(String name) {
        try {
            return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
