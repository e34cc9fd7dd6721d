package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.internal.spool.SpooledMap;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where entries are while names move: some went where the plan said, some stayed. Later changes follow them. It may be
 * everybody who is renamed, so that is spooled. Not thread-safe: for one thread at a time.
 */
final class RenameTrail implements AutoCloseable {
    private final DirectoryAccess directory;

    /** The entries between the two steps of a rename. */
    private final Set<String> onTheWay = new HashSet<>();

    /** By entry: where it is, though the plan says that it is somewhere else by now. */
    private final SpooledMap stayed;

    /** The forms of DNs that were to be free by now. */
    private final SpooledMap occupied;

    /** By the form of the planned DN: the entry that stayed elsewhere. */
    private final SpooledMap instead;

    /** By entry: where it was when the plan was made. */
    private final SpooledMap began;

    /** By the form of the DN of the plan's time: where that entry is now. */
    private final SpooledMap moved;

    RenameTrail(DirectoryAccess directory, SpoolBudget memory) {
        this.directory = directory;
        this.stayed = new SpooledMap(memory);
        this.occupied = new SpooledMap(memory);
        this.instead = new SpooledMap(memory);
        this.began = new SpooledMap(memory);
        this.moved = new SpooledMap(memory);
    }

    void renamed(DirectoryChange change, DN to) {
        String entry = ChangeEntries.of(change);
        if (!began.contains(entry)) {
            began.put(entry, change.dn().toString());
        }
        moved.put(DnForm.of(dn(began, entry, change.dn())), to.toString());
        if (change.isTemporary()) {
            onTheWay.add(entry);
        }
    }

    /** A rename, a move or a delete that did not happen. */
    void stays(DirectoryChange change) {
        occupied.put(DnForm.of(change.dn()), "");
        String entry = ChangeEntries.of(change);
        if (!stayed.contains(entry)) {
            stayed.put(entry, change.dn().toString());
        }
        change.newDn().ifPresent(planned -> instead.put(DnForm.of(planned), entry));
    }

    /** A rename or a move that was made, and is taken back: what was planned for the entry leads back as well. */
    void takenBack(DirectoryChange change) {
        stays(change);
        stayed.put(ChangeEntries.of(change), change.dn().toString());
        moved.remove(DnForm.of(change.dn()));
    }

    private static @Nullable DN dn(SpooledMap map, String key) {
        return map.get(key).map(dn -> Entries.dn("the trail of renames", dn)).orElse(null);
    }

    private static DN dn(SpooledMap map, String key, DN otherwise) {
        DN dn = dn(map, key);
        return dn == null ? otherwise : dn;
    }

    /** Whether a step before this one, with the same entry, did not happen. */
    boolean hasStayed(DirectoryChange change) {
        return stayed.contains(ChangeEntries.of(change));
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
        return WireNames.of(dn(stayed, ChangeEntries.of(change), change.dn()));
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
                    : ChangeEntries.mapped(attribute.after(), this::instead);
            present.add(attribute.values(ChangeEntries.mapped(attribute.before(), form -> dn(moved, form)), after));
        }
        return present;
    }

    private @Nullable DN instead(String planned) {
        return instead.get(planned).map(entry -> dn(stayed, entry)).orElse(null);
    }

    @Override
    public void close() {
        List.of(stayed, occupied, instead, began, moved).forEach(SpooledMap::close);
    }
}
