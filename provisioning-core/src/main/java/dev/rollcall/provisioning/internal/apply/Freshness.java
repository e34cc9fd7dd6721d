package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.plan.EntryFingerprint;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks, right before a write, whether an entry is still what the plan saw. Not thread-safe: for one thread at a time. */
final class Freshness {
    private final DirectoryAccess directory;
    private final LDAPConnection connection;
    private final EntryFingerprint fingerprint;

    Freshness(DirectoryAccess directory, LDAPConnection connection, Collection<String> owned) {
        this.directory = directory;
        this.connection = connection;
        this.fingerprint = new EntryFingerprint(directory, owned);
    }

    /** Why a link, a rename, a move or a delete must not be made. */
    Optional<String> staleBecause(DirectoryChange change, boolean looked) {
        Optional<ReadOnlyEntry> present =
                directory.read(connection, WireNames.of(change.dn()), fingerprint.attributes());
        if (present.isEmpty()) {
            return Optional.of("the entry is gone, or was renamed or moved since the plan was made");
        } else if (!isSame(change, present.get())) {
            return Optional.of("another entry has this name by now");
        }
        Optional<String> protectedNow = directory.protectedBecause(present.get());
        if (protectedNow.isPresent()) {
            return Optional.of("the entry is protected by now: " + protectedNow.get());
        } else if (!change.fingerprint().isEmpty()
                && !looked
                && !change.fingerprint().equals(fingerprint.of(present.get()))) {
            return Optional.of("the entry was changed since the plan was made");
        }
        return Optional.empty();
    }

    /** Whether it is the same entry, and the values to be replaced are the ones that it has. */
    boolean asBefore(DirectoryChange change, String dn, List<AttributeChange> attributes) {
        Set<String> names = new LinkedHashSet<>();
        attributes.forEach(one -> names.add(one.name()));
        Optional<ReadOnlyEntry> present = directory.read(connection, dn, names);
        return present.isPresent()
                && isSame(change, present.get())
                && attributes.stream().allMatch(one -> hasOldValues(present.get(), one));
    }

    private boolean hasOldValues(ReadOnlyEntry entry, AttributeChange change) {
        Attribute attribute = entry.getAttribute(change.name());
        List<ASN1OctetString> values = attribute == null ? List.of() : Arrays.asList(attribute.getRawValues());
        if (change.before().isEmpty()) {
            return values.isEmpty();
        }
        ValueEquality equality = directory.values(change.name());
        return equality.isDn()
                ? equality.canonical(values).containsAll(equality.canonical(change.removed()))
                : new HashSet<>(values).containsAll(change.removed());
    }

    private boolean isSame(DirectoryChange change, ReadOnlyEntry present) {
        return change.id().map(directory.id(present)::equals).orElse(true);
    }
}
