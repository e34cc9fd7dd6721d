package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.Filter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Security identifiers of Active Directory, and the names {@code <SID=..>} and {@code <GUID=..>}. Immutable and thread-safe. */
public final class SecurityId {
    private static final Pattern NAME =
            Pattern.compile("<\\s*(GUID|SID)\\s*=\\s*([^>]*?)\\s*>", Pattern.CASE_INSENSITIVE);
    private static final int HEADER = 8;

    private SecurityId() {}

    /** The last sub-authority, as text. */
    public static String relativeId(byte[] sid) {
        int last = ByteBuffer.wrap(sid).order(ByteOrder.LITTLE_ENDIAN).getInt(sid.length - Integer.BYTES);
        return Integer.toUnsignedString(last);
    }

    /** What finds the entry that such a name stands for; empty if it is another sort of name, or cannot be read. */
    public static Optional<Filter> boundBy(String name) {
        Matcher matcher = NAME.matcher(name.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean guid = matcher.group(1).equalsIgnoreCase("GUID");
        String value = matcher.group(2);
        try {
            byte[] bytes;
            if (guid && value.contains("-")) {
                bytes = EntryIds.bytes(UUID.fromString(value.replaceAll("[{}]", "")));
            } else if (!guid && value.toUpperCase(Locale.ROOT).startsWith("S-")) {
                bytes = bytes(value);
            } else {
                bytes = HexFormat.of().parseHex(value);
            }
            return Optional.of(Filter.createEqualityFilter(guid ? "objectGUID" : "objectSid", bytes));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** {@code S-1-5-21-...} in the form in which entries hold it. */
    private static byte[] bytes(String sid) {
        String[] parts = sid.split("-", -1);
        if (parts.length < 4) {
            throw new IllegalArgumentException("not a SID");
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + Integer.BYTES * (parts.length - 3));
        bytes.put((byte) Integer.parseInt(parts[1])).put((byte) (parts.length - 3));
        long authority = Long.parseLong(parts[2]);
        bytes.putShort((short) (authority >>> 32)).putInt((int) authority);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 3; i < parts.length; i++) {
            bytes.putInt(Integer.parseUnsignedInt(parts[i]));
        }
        return bytes.array();
    }
}
