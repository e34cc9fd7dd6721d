package dev.rollcall.provisioning.internal.plan;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.spool.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A short text that stays the same as long as an entry has the same owned values, mark and disabled state, however they
 * are spelled. Not the DN, which is compared by itself. Immutable and thread-safe.
 */
public final class EntryFingerprint {
    private final DirectoryAccess directory;
    private final Set<String> attributes;

    public EntryFingerprint(DirectoryAccess directory, Collection<String> owned) {
        this.directory = directory;
        this.attributes = new TreeSet<>();
        for (String name : owned) {
            attributes.add(name.toLowerCase(Locale.ROOT));
        }
        directory.markAttribute().ifPresent(name -> attributes.add(name.toLowerCase(Locale.ROOT)));
    }

    /** The attributes that must have been read. */
    public Set<String> attributes() {
        return attributes;
    }

    public String of(ReadOnlyEntry entry) {
        MessageDigest digest = Digests.sha256();
        put(digest, directory.isEnabled(entry) ? "ENABLED" : "DISABLED");
        for (String name : attributes) {
            Attribute attribute = entry.getAttribute(name);
            // References change by themselves when the server follows a rename of this run.
            if (attribute != null && !directory.values(name).isDn()) {
                put(digest, name);
                new TreeSet<>(directory.values(name).canonical(Arrays.asList(attribute.getRawValues())))
                        .forEach(value -> put(digest, value));
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static void put(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
