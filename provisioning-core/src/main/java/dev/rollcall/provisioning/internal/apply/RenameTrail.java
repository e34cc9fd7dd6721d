package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where entries are while names move: some went where the plan said, some stayed. Later changes follow them. Not
 * thread-safe: for one thread at a time.
 */
final class RenameTrail {
    private final DirectoryAccess directory;
    private final Set<String> onTheWay = new HashSet<>();

    /** By entry: where it is, though the plan says that it is somewhere else by now. */
    private final Map<String, DN> stayed = new HashMap<>();

    /** The forms of DNs that were to be free by now. */
    private final Set<String> occupied = new HashSet<>();

    /** By the form of the planned DN: where that entry is instead. */
    private final Map<String, DN> instead = new HashMap<>();

    /** By entry: where it was when the plan was made. */
    private final Map<String, DN> began = new HashMap<>();

    /** By the form of the DN of the plan's time: where that entry is now. */
    private final Map<String, DN> moved = new HashMap<>();

    RenameTrail(DirectoryAccess directory) {
        this.directory = directory;
    }

    void renamed(DirectoryChange change, DN to) {
        String entry = ChangeEntries.of(change);
        DN from = began.computeIfAbsent(entry, first -> change.dn());
        moved.put(DnForm.of(from), to);
        if (change.isTemporary()) {
            onTheWay.add(entry);
        }
    }

    /** A rename, a move or a delete that did not happen. */
    void stays(DirectoryChange change) {
        occupied.add(DnForm.of(change.dn()));
        DN planned = change.newDn().orElse(null);
        DN present = stayed.computeIfAbsent(ChangeEntries.of(change), first -> change.dn());
        if (planned != null) {
            instead.put(DnForm.of(planned), present);
        }
    }

    /** A rename or a move that was made, and is taken back. */
    void takenBack(DirectoryChange change) {
        stays(change);
        stayed.put(ChangeEntries.of(change), change.dn());
        moved.remove(DnForm.of(change.dn()));
        DN left = change.newDn().orElseThrow();
        instead.put(DnForm.of(left), change.dn());
        instead.replaceAll((planned, present) -> DnForm.same(present, left) ? change.dn() : present);
    }

    /** Whether a step before this one, with the same entry, did not happen. */
    boolean hasStayed(DirectoryChange change) {
        return stayed.containsKey(ChangeEntries.of(change));
    }

    /** Whether the entry is between the two steps of a rename, so that the first has looked whether it is stale. */
    boolean isOnTheWay(DirectoryChange change) {
        return onTheWay.contains(ChangeEntries.of(change));
    }

    /** Whether somebody was to leave this DN, and did not. */
    boolean isOccupied(DN dn) {
        return occupied.contains(DnForm.of(dn));
    }

    /** Where the entry is. */
    String dn(DirectoryChange change) {
        DN present = stayed.get(ChangeEntries.of(change));
        return WireNames.of(present == null ? change.dn() : present);
    }

    /** What is to be written now: old values as a server that follows renames has them, references to where people are. */
    List<AttributeChange> present(List<AttributeChange> attributes) {
        if (moved.isEmpty() && instead.isEmpty()) {
            return attributes;
        }
        List<AttributeChange> present = new ArrayList<>();
        for (AttributeChange attribute : attributes) {
            if (!directory.values(attribute.name()).isDn()) {
                present.add(attribute);
                continue;
            }
            List<ASN1OctetString> after = attribute.references().isEmpty()
                    ? attribute.after()
                    : ChangeEntries.mapped(attribute.after(), instead);
            present.add(attribute.values(ChangeEntries.mapped(attribute.before(), moved), after));
        }
        return present;
    }
}
