package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of an entry between two renames, which nobody shall keep. Immutable and thread-safe. */
public final class TemporaryName {
    private static final Pattern TEMPORARY = Pattern.compile("rollcall-[0-9a-f]{16}");

    private TemporaryName() {}

    /** A name that nobody else has, beside an entry, for the time between two renames. */
    public static DN beside(DN dn, String entry) {
        RDN rdn = dn.getRDN();
        DN parent = dn.getParent();
        if (rdn == null || parent == null) {
            throw new IllegalStateException("an entry without RDN cannot be renamed");
        }
        String name = "rollcall-" + HexFormat.of().toHexDigits(HashIndex.hash(entry));
        return new DN(new RDN(rdn.getAttributeNames()[0], name), parent);
    }

    /** Whether a run that was killed between two renames left an entry with a name that nobody shall keep. */
    public static boolean isOn(ReadOnlyEntry entry) {
        RDN rdn = Entries.dn(entry).getRDN();
        return rdn != null && TEMPORARY.matcher(rdn.getAttributeValues()[0]).matches();
    }

    /** What an entry has, but for a name that nobody shall keep. */
    public static ReadOnlyEntry without(ReadOnlyEntry entry) {
        RDN rdn = Entries.dn(entry).getRDN();
        if (rdn == null || !isOn(entry)) {
            return entry;
        }
        Entry rest = entry.duplicate();
        rest.removeAttributeValue(rdn.getAttributeNames()[0], rdn.getAttributeValues()[0]);
        return new ReadOnlyEntry(rest);
    }
}
