package dev.rollcall.rest.internal.http;

/**
 * The body of a request: bytes and their type. Immutable and thread-safe; the bytes are not copied, nobody changes them.
 * {@code toString} shows the size only.
 */
public final class Payload {
    private static final Payload NONE = new Payload("", new byte[0]);

    private final String contentType;
    private final byte[] bytes;

    private Payload(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    public static Payload none() {
        return NONE;
    }

    public static Payload of(String contentType, byte[] bytes) {
        return new Payload(contentType, bytes);
    }

    public boolean isNone() {
        return contentType.isEmpty();
    }

    public String contentType() {
        return contentType;
    }

    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
