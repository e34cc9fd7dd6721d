package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.controls.PostReadResponseControl;
import dev.rollcall.provisioning.directory.DirectoryException;
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
import java.util.function.Consumer;

/** Compares what was written with what the server keeps. Not thread-safe: for one thread at a time. */
final class WrittenValues {
    private record Written(
            DirectoryChange change, List<AttributeChange> attributes, Consumer<Optional<ReadOnlyEntry>> then) {}

    private static final int BATCH = 100;

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
        compare(change, attributes, stored, entry -> {});
    }

    /** Compares, and hands on the entry as it is stored; empty if it cannot be read back. */
    void compare(
            DirectoryChange change,
            List<AttributeChange> attributes,
            Optional<ReadOnlyEntry> stored,
            Consumer<Optional<ReadOnlyEntry>> then) {
        Written written = new Written(change, attributes, then);
        if (stored.isPresent()) {
            judge(written, stored.get());
            then.accept(stored);
        } else if (!postRead && change.id().isPresent()) {
            Written before = unread.put(change.id().get(), written);
            if (before != null) {
                unread.put(change.id().get(), both(before, written));
            }
            if (unread.size() >= BATCH) {
                readBack();
            }
        } else {
            then.accept(Optional.empty());
        }
    }

    /** Two changes of one entry, read back at once: of an attribute that both wrote, the later one counts. */
    private static Written both(Written first, Written second) {
        List<AttributeChange> attributes = new ArrayList<>(second.attributes);
        first.attributes.stream()
                .filter(one -> second.attributes.stream()
                        .noneMatch(other -> other.name().equalsIgnoreCase(one.name())))
                .forEach(attributes::add);
        return new Written(second.change, attributes, first.then.andThen(second.then));
    }

    /** The new entry as it was read back by its key. */
    void compare(DirectoryChange change, List<AttributeChange> attributes, ReadOnlyEntry stored) {
        judge(new Written(change, attributes, entry -> {}), stored);
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
        List<ReadOnlyEntry> found;
        try {
            found = directory.findByIds(asked.keySet(), names);
        } catch (DirectoryException failed) {
            unread.putAll(asked);
            throw failed;
        }
        for (ReadOnlyEntry entry : found) {
            Written written = asked.remove(directory.id(entry));
            if (written != null) {
                judge(written, entry);
                written.then.accept(Optional.of(entry));
            }
        }
        asked.values().forEach(written -> written.then.accept(Optional.empty()));
    }

    /** The directory was lost: nothing can be read back. */
    void abandon() {
        List<Written> left = List.copyOf(unread.values());
        unread.clear();
        left.forEach(written -> written.then.accept(Optional.empty()));
    }

    private void judge(Written written, ReadOnlyEntry stored) {
        for (AttributeChange attribute : written.attributes) {
            Attribute kept = stored.getAttribute(attribute.name());
            List<ASN1OctetString> values = kept == null ? new ArrayList<>() : Arrays.asList(kept.getRawValues());
            ValueEquality equality = directory.values(attribute.name());
            if (values.isEmpty() && !attribute.after().isEmpty() && !attribute.isSensitive()) {
                log.unreadable(attribute.name());
            }
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
