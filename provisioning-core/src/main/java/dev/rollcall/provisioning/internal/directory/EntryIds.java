package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What an entry is known by however it is renamed or moved. Immutable and thread-safe. */
public final class EntryIds {
    private static final String DN_PREFIX = "dn:";

    private final DirectoryKind type;

    public EntryIds(DirectoryKind type) {
        this.type = type;
    }

    public Set<String> attributes() {
        return switch (type) {
            case ACTIVE_DIRECTORY -> Set.of("objectGUID");
            case OPENLDAP -> Set.of("entryUUID");
            case GENERIC -> Set.of("entryUUID", "nsUniqueId");
        };
    }

    public String of(ReadOnlyEntry entry) {
        for (String name : new String[] {"objectGUID", "nsUniqueId", "entryUUID"}) {
            Attribute attribute = entry.getAttribute(name);
            if (attribute != null && attribute.size() > 0) {
                return name.equals("objectGUID") ? guid(attribute.getValueByteArray()) : attribute.getValue();
            }
        }
        // A server without any: an entry that moves is then another one.
        return DN_PREFIX + entry.getDN();
    }

    /** What Active Directory takes in place of a DN: the entry with this id, whatever it is called by now. */
    public Optional<String> nameOf(String id) {
        return type == DirectoryKind.ACTIVE_DIRECTORY && !isDn(id)
                ? Optional.of("<GUID=" + HexFormat.of().formatHex(bytes(UUID.fromString(id))) + ">")
                : Optional.empty();
    }

    public Filter filter(String id) {
        if (type == DirectoryKind.ACTIVE_DIRECTORY) {
            return Filter.createEqualityFilter("objectGUID", bytes(UUID.fromString(id)));
        }
        // nsUniqueId has four groups of eight digits, a UUID has five.
        boolean uuid = id.chars().filter(c -> c == '-').count() == 4;
        return Filter.createEqualityFilter(uuid ? "entryUUID" : "nsUniqueId", id);
    }

    /** The DN of an id made of one, or null. */
    public static boolean isDn(String id) {
        return id.startsWith(DN_PREFIX);
    }

    public static String dn(String id) {
        return id.substring(DN_PREFIX.length());
    }

    /** The first three fields of an objectGUID are little-endian, the others are not. */
    static String guid(byte[] bytes) {
        ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long high =
                ((long) little.getInt() << 32) | ((little.getShort() & 0xFFFFL) << 16) | (little.getShort() & 0xFFFFL);
        long low = little.order(ByteOrder.BIG_ENDIAN).getLong();
        return new UUID(high, low).toString();
    }

    static byte[] bytes(UUID guid) {
        long high = guid.getMostSignificantBits();
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
        bytes.order(ByteOrder.BIG_ENDIAN).putLong(guid.getLeastSignificantBits());
        return bytes.array();
    }
}
