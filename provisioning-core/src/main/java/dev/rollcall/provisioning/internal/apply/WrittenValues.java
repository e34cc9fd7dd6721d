package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.controls.PostReadResponseControl;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Normalized;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what was written with what the server keeps. Not thread-safe: for one thread at a time. */
final class WrittenValues {
    private record Written(DirectoryChange change, List<AttributeChange> attributes) {}

    private static final int BATCH = 50;

    private final DirectoryAccess directory;
    private final ApplyLog log;
    private final boolean postRead;
    private final Map<String, Written> unread = new LinkedHashMap<>();

    WrittenValues(DirectoryAccess directory, ApplyLog log, boolean postRead) {
        this.directory = directory;
        this.log = log;
        this.postRead = postRead;
    }

    /** The entry that the server sent with its answer. */
    static Optional<ReadOnlyEntry> postRead(LDAPResult result) {
        for (Control control : result.getResponseControls()) {
            if (control instanceof PostReadResponseControl read) {
                return Optional.of(read.getEntry());
            }
        }
        return Optional.empty();
    }

    void compare(DirectoryChange change, List<AttributeChange> attributes, Optional<ReadOnlyEntry> stored) {
        if (stored.isPresent()) {
            judge(new Written(change, attributes), stored.get());
        } else if (!postRead && change.id().isPresent()) {
            unread.put(change.id().get(), new Written(change, attributes));
            if (unread.size() >= BATCH) {
                readBack();
            }
        }
    }

    /** Where the server does not tell by itself, it is asked, for many entries at once. */
    void readBack() {
        if (unread.isEmpty()) {
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        unread.values().forEach(one -> one.attributes.forEach(attribute -> names.add(attribute.name())));
        Map<String, Written> asked = new LinkedHashMap<>(unread);
        unread.clear();
        for (ReadOnlyEntry entry : directory.findByIds(asked.keySet(), names)) {
            Written written = asked.get(directory.id(entry));
            if (written != null) {
                judge(written, entry);
            }
        }
    }

    private void judge(Written written, ReadOnlyEntry stored) {
        for (AttributeChange attribute : written.attributes) {
            Attribute kept = stored.getAttribute(attribute.name());
            List<ASN1OctetString> values = kept == null ? new ArrayList<>() : Arrays.asList(kept.getRawValues());
            ValueEquality equality = directory.values(attribute.name());
            // A server adds object classes that ours stand under.
            if (!attribute.name().equalsIgnoreCase("objectClass")
                    && !equality.canonical(values).containsAll(equality.canonical(attribute.after()))) {
                Normalized found = new Normalized(written.change.key(), stored.getDN(), attribute.name());
                String id = written.change.id().orElseGet(() -> directory.id(stored));
                log.normalized(found, id, attribute.after(), values);
            }
        }
    }
}
